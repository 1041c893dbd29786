import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CompanyVerificationState, PageFailure } from '@signet/protocol/page-api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  LI_NA,
  openPersonPage,
  startVerificationScene,
  type VerificationScene,
  ZHANG_SAN,
} from './verification-scene.ts';

let scene: VerificationScene;
beforeAll(async () => {
  scene = await startVerificationScene();
});
afterAll(() => scene.close());

const RESULT = 'OPEN_CORP_CERT_RESULT';
const EXAMPLE = { name: '北京示例科技有限公司', creditCode: '91110105MA01D00006', representativeName: '张三' };
const BANK = { bankName: '招商银行', branchCode: '308100005019' };

type Answer = CompanyVerificationState & PageFailure;

async function companyPage(input: Parameters<VerificationScene['companyLink']>[0] = {}) {
  const { url, flowNo } = await scene.companyLink(input);
  const agent = await openPersonPage(url, '/verify-company/agent');
  const { page } = agent;
  const post = (path: string, body: object = {}) => page.post<Answer>(`/verify-company${path}`, body);
  return {
    ...{ url, flowNo, agent, page, post },
    look: async () => (await page.get<Answer>('/verify-company')).body,
    company: (facts: object) => post('/company', { facts }),
    way: (mode: string) => post('/way', { mode }),
    transfer: (accountNumber: string) => post('/transfer', { ...BANK, accountNumber }),
    certifyAgent: async (person: typeof LI_NA) => {
      await agent.consent();
      await agent.facts('mobile', person);
      return (await agent.passCode()).body as unknown as Answer;
    },
  };
}

/** An agent who is not the representative, at the choice of a way. */
async function atTheWay(input: Parameters<VerificationScene['companyLink']>[0] = {}) {
  const page = await companyPage(input);
  await page.certifyAgent(LI_NA);
  await page.company(EXAMPLE);
  return page;
}

const amountIn = (message = '') => /(\d\.\d{2})元/.exec(message)?.[1] ?? '';
const otherAmount = (amount: string) => (amount === '0.50' ? '0.51' : '0.50');

describe('a company is verified on the page', () => {
  it('at once by its legal representative, and the app is told once', async () => {
    const page = await companyPage({ businessCode: 'corp-1' });

    const before = await page.look();
    const agentDone = await page.certifyAgent(ZHANG_SAN);
    const done = await page.company({ ...EXAMPLE, representativeIdNumber: ZHANG_SAN.idNumber });

    expect(before).toMatchObject({ kind: 'company', step: 'agent', person: { step: 'consent' }, payout: null });
    expect(agentDone).toMatchObject({ step: 'company', person: { step: 'done' }, result: null });
    expect(done.body.result).toEqual({ status: 'passed', reason: null, verificationId: page.flowNo });
    const told = await scene.callback(page.flowNo, RESULT);
    expect(told).toMatchObject({ verifyStatus: 'passed', compliant: true, businessCode: 'corp-1' });
    expect(scene.told(page.flowNo, RESULT)).toHaveLength(1);
    expect(JSON.stringify(await scene.evidenceOf(page.flowNo))).not.toContain(ZHANG_SAN.idNumber);
  });

  it('by a payout whose amount the agent tells, also after leaving and a wrong amount', async () => {
    const page = await atTheWay();
    const refused = await page.way('legalRep');
    const chosen = await page.way('transfer');
    const banks = await page.page.post<{ branchCode: string }[]>('/verify-company/banks', { keyword: '招商' });
    const ordered = await page.transfer('6225 8801 2345 6789');
    const twice = await page.transfer('6225880123456789');

    const later = await openPersonPage(page.url, '/verify-company/agent');
    const waiting = (await later.page.get<Answer>('/verify-company')).body;
    const amount = amountIn(waiting.payout?.sandboxMessage);
    const wrong = await page.post('/amount', { amount: otherAmount(amount) });
    const done = await page.post('/amount', { amount });

    expect(refused).toMatchObject({ status: 409, body: { error: 'AGENT_NOT_REPRESENTATIVE' } });
    expect(chosen.body).toMatchObject({ step: 'transfer', mode: 'transfer' });
    expect(banks.body.length).toBeGreaterThan(0);
    expect(ordered.body).toMatchObject({
      ...{ step: 'amount', payout: { status: 'paid', triesLeft: 3, bankName: '招商银行', failReason: null } },
    });
    expect(ordered.body.payout?.account).toBe('622*********6789');
    expect(twice).toMatchObject({ status: 409 });
    expect(waiting.step).toBe('amount');
    expect(wrong).toMatchObject({ status: 422, body: { error: 'FACTS_DIFFER', remainingAttempts: 2 } });
    expect(done.body.result?.status).toBe('passed');
    await scene.callback(page.flowNo, RESULT);
    expect(scene.told(page.flowNo, RESULT)).toMatchObject([{ verifyStatus: 'passed' }]);
  });

  it('by a letter that a reviewer approves, after one that was refused', async () => {
    const page = await atTheWay();
    await page.way('letter');
    const blank = sharp({ create: { width: 900, height: 1200, channels: 3, background: '#eee' } });
    const file = { fileName: '授权书.jpg', fileBase64: (await blank.jpeg().toBuffer()).toString('base64') };

    const uploaded = await page.post('/letter/upload', file);
    const early = await page.post('/letter/upload', file);
    const refusedId = await newestLetter(page.flowNo);
    await scene.client.sandbox.complete({ serviceId: refusedId, verifyStatus: 'un_passed', reason: '未见公章' });
    const refused = await page.look();
    await page.post('/letter/upload', file);
    await scene.client.sandbox.complete({ serviceId: await newestLetter(page.flowNo), verifyStatus: 'passed' });

    expect(uploaded.body).toMatchObject({ step: 'auditing', letter: { status: 'auditing', remark: null } });
    expect(early).toMatchObject({ status: 409 });
    expect(refused).toMatchObject({
      ...{ step: 'letter', letter: { status: 'un_passed', remark: '未见公章' }, result: null },
    });
    expect((await page.look()).result?.status).toBe('passed');
    await scene.callback(page.flowNo, RESULT);
    expect(scene.told(page.flowNo, RESULT)).toMatchObject([{ verifyStatus: 'passed' }]);
  });

  async function newestLetter(flowNo: string): Promise<string> {
    return (await scene.client.verification.getAuthorization({ flowNo })).serviceId;
  }
});

/** What poppler reads. */
async function textOf(pdf: Buffer): Promise<string> {
  const reading = promisify(execFile)('pdftotext', ['-layout', '-', '-']);
  reading.child.stdin?.end(pdf);
  return (await reading).stdout;
}

describe('the letter to print', () => {
  it('is a PDF of one page with every fact, given only where a letter was chosen', async () => {
    const page = await atTheWay();
    const get = () =>
      fetch(`${scene.platform.url}/page-api/verify-company/letter`, {
        headers: { Authorization: `Bearer ${page.page.session}` },
      });

    expect((await get()).status).toBe(409);
    await page.way('letter');
    const answer = await get();
    const bytes = Buffer.from(await answer.arrayBuffer());

    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const text = (await textOf(bytes)).replaceAll(/\s/g, '');
    for (const fact of [EXAMPLE.name, EXAMPLE.creditCode, '法定代表人张三', LI_NA.name, LI_NA.idNumber, page.flowNo]) {
      expect(text).toContain(fact);
    }
    for (const words of ['致：“小区租房”', '（三）', '授权期限：', '企业（加盖公章）', '年月日', '第1页，共1页']) {
      expect(text).toContain(words);
    }
    const uploaded = await page.post('/letter/upload', {
      ...{ fileName: 'letter.pdf', fileBase64: bytes.toString('base64') },
    });
    expect(uploaded.body.step).toBe('auditing');
  });
});

describe('the page of a company refuses', () => {
  it('the company before its agent is verified, and a way before the company', async () => {
    const page = await companyPage();
    const conflict = { status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } };
    expect(await page.company(EXAMPLE)).toMatchObject(conflict);
    await page.certifyAgent(LI_NA);
    expect(await page.way('transfer')).toMatchObject(conflict);
  });

  it('facts that do not fit, and ends with the fifth', async () => {
    const page = await companyPage();
    await page.certifyAgent(LI_NA);
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await page.company({ ...EXAMPLE, representativeName: '李四' }));

    expect(answers.map(({ status, body }) => [status, body.remainingAttempts])).toEqual(
      [4, 3, 2, 1, 0].map((left) => [422, left]),
    );
    expect((await page.look()).result).toMatchObject({ status: 'un_passed', reason: '法定代表人姓名不一致' });
    expect(await scene.callback(page.flowNo, RESULT)).toMatchObject({ verifyStatus: 'un_passed', compliant: false });
    expect(scene.told(page.flowNo, RESULT)).toHaveLength(1);
  });

  it('a namesake of the representative the way of the representative', async () => {
    const page = await companyPage();
    await page.certifyAgent({ name: '张三', idNumber: '110108198604120037', mobile: '13800000016' });
    const given = await page.company(EXAMPLE);
    expect(given.body).toMatchObject({ step: 'way', result: null });
    expect(await page.way('legalRep')).toMatchObject({ status: 409, body: { error: 'AGENT_NOT_REPRESENTATIVE' } });
  });

  it('a way that the app has not offered', async () => {
    const page = await atTheWay({ pageConfig: { corpAvailableAuthModes: ['letter'] } });
    expect(await page.way('transfer')).toMatchObject({ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } });
  });

  it('to go on with a payout that failed, and takes another account', async () => {
    const page = await atTheWay();
    await page.way('transfer');
    const failed = await page.transfer('6225880123459901');
    expect(failed.body).toMatchObject({
      ...{ step: 'transfer', result: null, payout: { status: 'failed', failReason: '户名不符' } },
    });
    expect((await page.transfer('6225880123456789')).body.step).toBe('amount');
    expect(scene.told(page.flowNo, RESULT)).toEqual([]);
  });
});
