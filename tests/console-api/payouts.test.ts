/** Reviewers see the payouts of all apps, ask the bank again and end what only a statement tells; never the amount. */
import type { Page, PayoutReview } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { EXAMPLE_COMPANY as COMPANY, clientOf } from '../identity/identity-scene.ts';
import { type ConsoleBrowser, type ConsoleScene, startConsole } from './console-client.ts';

const BANK = { bankName: '中国银行', bankBranchCode: '104100000018' };

let scene: ConsoleScene;
let reviewer: ConsoleBrowser;
let auditor: ConsoleBrowser;
beforeAll(async () => {
  scene = await startConsole({ clock: systemClock });
  reviewer = (await scene.member('reviewer', 'rita')).browser;
  auditor = (await scene.member('auditor', 'anna')).browser;
});
afterAll(() => scene.platform.close());

/** The ending of the account says how the sandbox bank behaves. */
async function payout(ending: string) {
  const { verification } = clientOf(scene.platform, scene.platform.app);
  const { flowNo } = await verification.checkCompanyRecord(COMPANY);
  const { serviceId } = await verification.startPayout({ flowNo, ...BANK, bankAccountNo: `11000000${ending}` });
  return { flowNo, serviceId, verification };
}

const list = (browser: ConsoleBrowser, query: Record<string, string> = {}) =>
  browser.get<Page<PayoutReview>>('/reviews/payouts', query);
const end = (browser: ConsoleBrowser, checkId: string, body: object) =>
  browser.post<PayoutReview>(`/reviews/payouts/${checkId}/end`, body);

describe('the list of payouts', () => {
  it('shows each with company, status, reason and tries, the newest first, narrowed by status and by what is open', async () => {
    const failed = await payout('9901');
    const pending = await payout('9904');
    const paid = await payout('0001');

    const { body } = await list(reviewer);
    const open = (await list(reviewer, { open: 'true' })).body.list;
    const lost = (await list(reviewer, { status: 'failed' })).body.list;
    const other = await list(reviewer, { appId: 'nobody' });

    expect(body.list.slice(0, 3)).toMatchObject([
      {
        ...{ checkId: paid.serviceId, verificationId: paid.flowNo, appName: 'test', status: 'paid', reason: null },
        ...{
          outcome: 'processing',
          triesLeft: 3,
          company: { name: COMPANY.corpName, idNumber: COMPANY.corpIDCardNum },
        },
        account: { number: '110*****0001', bankName: '中国银行' },
      },
      { checkId: pending.serviceId, status: 'pending', outcome: 'processing', endedAt: null },
      { checkId: failed.serviceId, status: 'failed', outcome: 'un_passed', reason: '户名不符', account: null },
    ]);
    expect(open.map(({ checkId }) => checkId)).toEqual([paid.serviceId, pending.serviceId]);
    expect(lost.map(({ checkId }) => checkId)).toEqual([failed.serviceId]);
    expect(other.body).toEqual({ list: [], total: 0 });
  });

  it('never shows the amount, and masks the company for those who may not decide', async () => {
    const { serviceId } = await payout('0002');
    const { text } = await list(reviewer);
    const seen = (await list(auditor)).body.list.find(({ checkId }) => checkId === serviceId);

    expect(text).not.toMatch(/amount|cents|0\.\d\d/i);
    expect(seen?.company).toEqual({ name: '北京******公司', idNumber: '911***********0006' });
  });
});

describe('a reviewer', () => {
  it('asks the bank again, which is in the audit log', async () => {
    const { serviceId } = await payout('9904');

    const asked = await reviewer.post<PayoutReview>(`/reviews/payouts/${serviceId}/ask`);
    const nothing = await reviewer.post('/reviews/payouts/1/ask');

    expect(asked).toMatchObject({ status: 200, body: { checkId: serviceId, status: 'pending' } });
    expect(nothing).toMatchObject({ status: 404, body: { error: 'PAYOUT_NOT_FOUND' } });
    const { body } = await scene.owner.get<Page<object>>('/audit', { action: 'payout-asked' });
    expect(body.list).toMatchObject([{ accountName: 'rita', target: `check:${serviceId}` }]);
  });

  it('ends an open payout with a reason, once; the company may begin another', async () => {
    const { serviceId, flowNo, verification } = await payout('9904');

    const bare = await end(reviewer, serviceId, { status: 'returned', reason: ' ' });
    const odd = await end(reviewer, serviceId, { status: 'paid', reason: '已到账' });
    const first = await end(reviewer, serviceId, { status: 'returned', reason: '银行流水显示已退回' });
    const second = await end(reviewer, serviceId, { status: 'failed', reason: '又一次' });

    expect([bare.status, odd.status]).toEqual([400, 400]);
    expect(first).toMatchObject({
      ...{
        status: 200,
        body: { status: 'returned', outcome: 'un_passed', reason: '银行流水显示已退回', account: null },
      },
    });
    expect(second).toMatchObject({ status: 409, body: { error: 'CHECK_ENDED' } });
    expect(await verification.getPayout({ flowNo })).toMatchObject({
      ...{ transferStatus: 'returned', failReason: '银行流水显示已退回' },
    });
    const account = { ...BANK, bankAccountNo: '110000000003' };
    expect(await verification.startPayout({ flowNo, ...account })).toMatchObject({ transferStatus: 'paid' });
    const evidence = await scene.platform.modules.evidence.entriesOf(scene.platform.app.id, `verification:${flowNo}`);
    expect(evidence.map(({ content }) => content).join('\n')).toContain('operator:rita');
    const { body } = await scene.owner.get<Page<object>>('/audit', { action: 'payout-ended' });
    expect(body.list).toMatchObject([{ accountName: 'rita', detail: { status: 'returned' } }]);
  });

  it.each(['ask', 'end'])('alone may do so: an auditor is refused %s', async (command) => {
    const answer = await auditor.post(`/reviews/payouts/1/${command}`, { status: 'failed', reason: 'x' });

    expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
  });
});
