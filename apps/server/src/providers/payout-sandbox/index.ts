import type { PayoutBank, PayoutOrder, PayoutState } from '../../modules/identity/index.ts';

import { SANDBOX_BRANCHES } from './branches.ts';

const SOURCE = 'sandbox-bank';

/** How a payout goes, by the last four digits of the account; every other account is paid at once. */
export const ACCOUNT_ENDINGS = {
  9901: { status: 'failed', reason: '户名不符' },
  9902: { status: 'failed', reason: '账户不存在' },
  9903: { status: 'returned', reason: '收款行退汇' },
  9904: { status: 'pending', reason: '' },
} as const satisfies Record<string, Pick<PayoutState, 'status' | 'reason'>>;

/** A bank that moves no money. It keeps nothing, so asking again with the same reference pays nothing twice. */
export function createSandboxPayoutBank(): PayoutBank {
  return {
    pay: async ({ accountNumber, reference }) => {
      const special: Readonly<Record<string, Pick<PayoutState, 'status' | 'reason'>>> = ACCOUNT_ENDINGS;
      const { status, reason } = special[accountNumber.slice(-4)] ?? { status: 'paid', reason: '' };
      return { status, reason, source: SOURCE, requestId: reference };
    },
    customerMessage,
    branches: SANDBOX_BRANCHES,
  };
}

function customerMessage({ accountNumber, amountCents }: PayoutOrder): string {
  return `【沙箱银行】贵司尾号${accountNumber.slice(-4)}的账户收到打款认证款${(amountCents / 100).toFixed(2)}元。`;
}
