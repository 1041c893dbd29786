/** A platform with one app that has a callback receiver, and the people and companies of the sandbox registry. */
import { createSignetClient, type SignetClient } from '@signet/sdk';
import { openCallbackInbox, type ReceivedCallback } from '../../apps/server/src/testing/callback-inbox.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type RawAnswer, type RawApp, rawCall } from '../wire/raw-client.ts';

const ALL_TYPES = [
  'OPEN_PSN_CERT_RESULT',
  'OPEN_PSN_FACE_RECOGNITION_RESULT',
  'OPEN_CORP_CERT_RESULT',
  'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
];

export const ZHANG_SAN = personOf('张三', '110101199003078857', '13800000000', '6222020200000000014');
export const LI_NA = personOf('李娜', '310101198804120026', '13800000001', '6222020200000000022');
export const HE_JING = personOf('何静', '440106199105120014', '13800000017', '6222020200000000220');
export const LUO_GANG = personOf('罗刚', '510104198609230023', '13800000018', '6222020200000000238');
export const TANG_MIN = personOf('唐敏', '320102199507040030', '13800000019', '6222020200000000246');

export const EXAMPLE_COMPANY = {
  corpName: '北京示例科技有限公司',
  corpIDCardType: 'CRED_ORG_USCC',
  corpIDCardNum: '91110105MA01D00006',
  legalRepName: '张三',
} as const;

export type RegisteredPerson = ReturnType<typeof personOf>;
export type IdentityScene = Awaited<ReturnType<typeof startIdentityScene>>;

/** @param environment settings of the operator. */
export async function startIdentityScene(environment: Readonly<Record<string, string>> = {}) {
  const inbox = await openCallbackInbox();
  const platform = await startTestPlatform({ environment, app: { callbackUrl: inbox.url, callbackTypes: ALL_TYPES } });
  const app: RawApp = { ...platform.app, url: platform.url };
  const client = clientOf(platform, platform.app);
  const call = async (path: string, json: Record<string, unknown>) => (await rawCall(app, { path, json })).body;
  const result = async (path: string, json: Record<string, unknown>) => expectResult(await call(path, json));
  const newestText = async (phone: string) => (await client.sandbox.messages({ phone, pageSize: 1 })).list[0];

  /** 三要素, code sent, code given back. */
  async function certify({ facts, psnMobile }: RegisteredPerson, more: { businessCode?: string } = {}) {
    const { flowNo } = await client.verification.checkPersonCarrier({ ...facts, psnMobile, ...more });
    await client.verification.sendSmsCode({ flowNo });
    await client.verification.verifySmsCode({ flowNo, code: (await newestText(psnMobile))?.code ?? '' });
    return flowNo;
  }

  return {
    ...{ platform, app, client, inbox, call, result, newestText, certify },

    get: async (path: string, query: Record<string, string>) => (await rawCall(app, { path, query })).body,

    /** A company flow whose agent, compliant but not the legal representative, still needs a mandate. */
    async companyOfAgent(agent: RegisteredPerson = LI_NA, more: { businessCode?: string } = {}): Promise<string> {
      const flowNo = await certify(agent);
      const checked = await client.verification.checkCompanyRecord({ ...EXAMPLE_COMPANY, flowNo, ...more });
      return checked.flowNo;
    },

    /** Waits for the callback of this flow that fits. */
    callback: (flowNo: string, businessType: string): Promise<ReceivedCallback['json']> =>
      inbox.find(({ json }) => json.flowNo === flowNo && json.businessType === businessType).then(({ json }) => json),

    close: async () => {
      await platform.close();
      await inbox.close();
    },
  };
}

export function clientOf(platform: TestPlatform, app: { appKey: string; appSecret: string }): SignetClient {
  return createSignetClient({ baseUrl: platform.url, appKey: app.appKey, appSecret: app.appSecret });
}

function expectResult(body: RawAnswer['body']): Record<string, unknown> {
  if (!body.success) throw new Error(`${body.code} ${body.msg}`);
  return body.result as Record<string, unknown>;
}

function personOf(psnName: string, psnIDCardNum: string, psnMobile: string, psnBankCardNo: string) {
  return { facts: { psnName, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum }, psnMobile, psnBankCardNo } as const;
}
