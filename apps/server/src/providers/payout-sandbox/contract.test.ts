import { describePayoutBank } from '../../modules/identity/testing/payout-contract.ts';
import { createSandboxPayoutBank } from './index.ts';

describePayoutBank('of the sandbox', async () => ({
  bank: createSandboxPayoutBank(),
  accounts: {
    ...{ paid: '110900000000001', failed: '110900000009901', returned: '110900000009903' },
    pending: '110900000009904',
  },
  timesPaid: () => 0,
  close: async () => undefined,
}));
