/** The documented example of 创建已认证个人用户, as printed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type RawApp, rawCall } from './raw-client.ts';

const EXAMPLE = {
  accountId: '540100195512100894',
  flowNo: 'OPFN103125CFgAsPxjAEGT',
  psnName: '潜治文',
  psnIDCardType: 'CRED_PSN_CH_IDCARD',
  psnIDCardNum: '430100201510111541',
  informPhone: '16049793435',
};
const { flowNo: UNKNOWN_FLOW, ...WITHOUT_FLOW } = EXAMPLE;

let platform: TestPlatform;
const appOf = async (selfCertification: boolean): Promise<RawApp> => ({
  ...(await platform.createApp({ selfCertification })),
  url: platform.url,
});

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

/** 三要素 and SMS of the example's person: its compliant flow. */
async function compliantFlow(app: RawApp): Promise<string> {
  const { psnName, psnIDCardType, psnIDCardNum, informPhone: psnMobile } = EXAMPLE;
  const facts = { psnName, psnIDCardType, psnIDCardNum, psnMobile };
  const check = await rawCall(app, { path: '/open/psnCert/3element', json: facts });
  const { flowNo } = check.body.result as { flowNo: string };
  await rawCall(app, { path: '/open/psnCert/sendSms', json: { flowNo } });
  const sent = await rawCall(app, { path: '/open/sandbox/messages', query: { phone: psnMobile } });
  const { list } = sent.body.result as { list: { code: string }[] };
  await rawCall(app, { path: '/open/psnCert/verifySms', json: { flowNo, code: list[0]?.code } });
  return flowNo;
}

describe('the documented example of psnCreate', () => {
  it('succeeds without a flow in a self-certifying app', async () => {
    const answer = await rawCall(await appOf(true), { path: '/open/psnCreate', json: WITHOUT_FLOW });

    expect(answer.text).toMatch(
      /^\{"result":\{"sealId":"\d{9,}","accountId":"540100195512100894"\},"code":"200","msg":"成功","logKey":"[0-9a-f]{8}","ts":"\d{13}","success":true\}$/,
    );
  });

  it('is refused without a flow in any other app', async () => {
    const answer = await rawCall(await appOf(false), { path: '/open/psnCreate', json: WITHOUT_FLOW });

    expect(answer.body).toMatchObject({ code: 'oc_10041', success: false, result: null });
  });

  it('succeeds with a compliant flow of that person in any app', async () => {
    const app = await appOf(false);

    const answer = await rawCall(app, {
      path: '/open/psnCreate',
      json: { ...EXAMPLE, flowNo: await compliantFlow(app) },
    });

    expect(answer.body).toMatchObject({ code: '200', result: { accountId: EXAMPLE.accountId } });
  });

  it('is refused by a code that says so with that unknown flow', async () => {
    const answer = await rawCall(await appOf(true), { path: '/open/psnCreate', json: EXAMPLE });

    expect(UNKNOWN_FLOW).toBe('OPFN103125CFgAsPxjAEGT');
    expect(answer.body).toMatchObject({ code: 'oc_10503', msg: expect.stringContaining('认证流水号不存在') });
  });

  it('takes numbers where it wants text, and ignores what it does not know', async () => {
    const liberal = { ...WITHOUT_FLOW, accountId: 3321, informPhone: 16049793435, flowNo: null, colour: 'red' };

    const answer = await rawCall(await appOf(true), { path: '/open/psnCreate', json: liberal });

    expect(answer.body).toMatchObject({ code: '200', result: { accountId: '3321' } });
  });
});
