import { type IdentityRegistry, IdentitySourceUnavailable } from '../../modules/identity/index.ts';

/** A production installation without an identity source: every check says that no answer can be had. */
export function createUnconfiguredRegistry(): IdentityRegistry {
  const unavailable = async (): Promise<never> => {
    throw new IdentitySourceUnavailable('no identity source is configured');
  };
  return {
    checkNameAndId: unavailable,
    checkCarrier: unavailable,
    checkBankCard: unavailable,
    checkCompanyRecord: unavailable,
    checkCompanyRepresentative: unavailable,
  };
}
