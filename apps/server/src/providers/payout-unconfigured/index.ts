import { IdentitySourceUnavailable, type PayoutBank } from '../../modules/identity/index.ts';

/** A production installation without a bank: no payout is pretended to be made. */
export function createUnconfiguredPayoutBank(): PayoutBank {
  return {
    pay: async () => {
      throw new IdentitySourceUnavailable('no bank for payouts is configured');
    },
  };
}
