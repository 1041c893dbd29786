import { IdentitySourceUnavailable, type PayoutBank } from '../../modules/identity/index.ts';

/** A production installation without a bank: none is begun. */
export function createUnconfiguredPayoutBank(): PayoutBank {
  return {
    isConfigured: false,
    pay: async () => {
      throw new IdentitySourceUnavailable('no bank for payouts is configured');
    },
  };
}
