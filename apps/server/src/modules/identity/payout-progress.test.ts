import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentitySourceUnavailable, type PayoutOrder, type PayoutState } from './index.ts';
import { PAYOUT_TASK } from './payout-progress.ts';
import { APP, EXAMPLE_COMPANY, type IdentityFixture, LI_NA, startIdentity } from './testing/identity-fixture.ts';

type Answer = PayoutState['status'] | 'down';

/** A bank that says one thing after the other, the last one for ever. */
let answers: Answer[];
let orders: PayoutOrder[];
let given: IdentityFixture;

const bank = {
  pay: async (order: PayoutOrder): Promise<PayoutState> => {
    orders.push(order);
    const [status = 'pending'] = answers.length > 1 ? answers.splice(0, 1) : answers;
    if (status === 'down') throw new IdentitySourceUnavailable('down');
    return { status, reason: status === 'returned' ? '收款行退汇' : '', source: 'test-bank', requestId: 'R-1' };
  },
};

beforeEach(async () => {
  orders = [];
  given = await startIdentity({ payoutBank: bank });
});

afterEach(() => given.drop());

async function start(...wanted: Answer[]) {
  answers = wanted;
  const agentFlow = await given.certify(LI_NA);
  const checked = await given.identity.checkCompanyRecord(APP, { facts: EXAMPLE_COMPANY, verificationId: agentFlow });
  const account = { accountNumber: '110000000001', bankName: '中国银行', branchCode: '104100000018' };
  return given.identity.startPayout(APP, { verificationId: checked.verificationId, ...account });
}

const takeTurn = async (checkId: string): Promise<void> => {
  await given.identity.tasks[PAYOUT_TASK]?.({ checkId }, {} as never);
};

const waitingJobs = async (): Promise<number> => {
  const { rows } = await given.database.db.execute<{ count: string }>(
    sql`select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${PAYOUT_TASK}`,
  );
  return Number(rows[0]?.count);
};

describe('a payout on its way', () => {
  it('is carried on by the job when the bank was down at first, always under one reference', async () => {
    const { checkId, verificationId, status } = await start('down', 'down', 'pending', 'paid');
    expect(status).toBe('pending');
    expect(await waitingJobs()).toBe(1);

    await takeTurn(checkId);
    await takeTurn(checkId);

    expect(await given.identity.payoutProgress(APP, { checkId })).toMatchObject({ status: 'paid' });
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
    expect(orders[0]).toMatchObject({ reference: checkId, companyName: EXAMPLE_COMPANY.name });
    const advanced = (await given.evidenceOf({ verificationId })).filter(({ kind }) => kind === 'payout-advanced');
    expect(advanced).toMatchObject([{ content: { checkId, status: 'paid', source: 'test-bank', requestId: 'R-1' } }]);
  });

  it('fails when the money comes back after it had arrived', async () => {
    const { checkId, verificationId } = await start('paid', 'paid', 'returned');

    await takeTurn(checkId);

    expect(await given.identity.payoutProgress(APP, { verificationId })).toMatchObject({
      ...{ status: 'returned', failReason: '收款行退汇' },
    });
    expect(given.published.map(({ event }) => event)).toContainEqual({
      type: 'company-verified',
      data: { verificationId, checkId, outcome: 'un_passed', compliant: false, accountId: null },
    });
    const asked = orders.length;
    await takeTurn(checkId);
    expect(orders).toHaveLength(asked);
  });

  it('applies one answer once when many ask at the same time', async () => {
    const { checkId, verificationId } = await start('pending', 'pending', 'paid');

    await Promise.all(Array.from({ length: 20 }, () => given.identity.payoutProgress(APP, { checkId })));

    const advanced = (await given.evidenceOf({ verificationId })).filter(({ kind }) => kind === 'payout-advanced');
    expect(advanced).toHaveLength(1);
  });
});
