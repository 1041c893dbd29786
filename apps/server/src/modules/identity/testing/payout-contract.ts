/** What every bank for payouts must do, whoever it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayoutBank, PayoutOrder } from '../ports.ts';

export interface PayoutBankUnderTest {
  readonly bank: PayoutBank;
  /** Accounts by how a payout to them goes. */
  readonly accounts: Readonly<Record<'paid' | 'failed' | 'returned' | 'pending', string>>;
  /** How often money has moved for a reference. */
  readonly timesPaid: (reference: string) => number;
  close(): Promise<void>;
}

export function orderTo(accountNumber: string, reference: string): PayoutOrder {
  return {
    ...{ reference, accountNumber, companyName: '北京示例科技有限公司', bankName: '招商银行' },
    ...{ branchCode: '308100000018', amountCents: 37 },
  };
}

export function describePayoutBank(name: string, setup: () => Promise<PayoutBankUnderTest>): void {
  describe(`the bank ${name}`, () => {
    let given: PayoutBankUnderTest;
    beforeAll(async () => {
      given = await setup();
    });
    afterAll(() => given.close());

    it.each(['paid', 'pending', 'failed', 'returned'] as const)(
      'says that a payout is %s, with its origin',
      async (status) => {
        const state = await given.bank.pay(orderTo(given.accounts[status], `7000000000000001${status.length}`));

        expect(state).toMatchObject({
          status,
          source: expect.stringMatching(/^[\w.:-]+$/),
          requestId: expect.stringMatching(/^\S+$/),
        });
      },
    );

    it.each(['failed', 'returned'] as const)('says in Chinese why a payout has %s', async (status) => {
      const state = await given.bank.pay(orderTo(given.accounts[status], `7000000000000002${status.length}`));

      expect(state.reason).toMatch(/\p{Script=Han}/u);
    });

    it('pays once for one reference, however often and however many ask', async () => {
      const order = orderTo(given.accounts.paid, '70000000000000030');

      const states = [await given.bank.pay(order), ...(await Promise.all([1, 2, 3].map(() => given.bank.pay(order))))];

      expect(new Set(states.map(({ status }) => status))).toEqual(new Set(['paid']));
      expect(new Set(states.map(({ requestId }) => requestId)).size).toBe(1);
      expect(given.timesPaid(order.reference)).toBeLessThanOrEqual(1);
    });

    it('pays amounts of less than one yuan', () => {
      expect(given.bank.smallestCents ?? 1).toBeLessThanOrEqual(10);
    });
  });
}
