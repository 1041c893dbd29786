/** Two apps with people, a company and files, for contracts that must not come about. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call, callJson, type WireAnswer, type WireApp } from '../gateway/wire-client.ts';
import { LEASE, onePage } from './hostile-files.ts';
import { tracesOf } from './traces.ts';

export const START = '/open/contract/start';
export const FACTS = { psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' };
const PHONE = { informPhone: '13800000000' };
const COMPANY = {
  ...{ corpName: '北京示例科技有限公司', corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: '91110105MA01D00006' },
  ...{ legalRepName: '张三', legalRepIDCardType: 'CRED_PSN_CH_IDCARD', legalRepIDCardNum: '110101199003078857' },
};

/** An app with a buyer, a seller, a company, a guest who is not verified, and two files. */
export interface World {
  readonly app: WireApp;
  /** Twelve pages. */
  readonly lease: string;
  /** One page. */
  readonly single: string;
  readonly sealOf: Readonly<Record<string, string>>;
}

export type Scene = Awaited<ReturnType<typeof startScene>>;

/** A platform whose clock stands still, with means to call it and to see what a call leaves behind. */
export async function startScene() {
  const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
  const platform = await startTestPlatform({ clock });
  const timestamp = () => ({ 'X-Ca-Timestamp': `${clock.now().getTime()}` });
  const post = (app: WireApp, path: string, input: object) => callJson(app, path, input, timestamp());
  const newApp = async (settings: Parameters<TestPlatform['createApp']>[0] = {}): Promise<WireApp> => ({
    ...(await platform.createApp(settings)),
    url: platform.url,
  });
  return {
    ...{ clock, platform, post, newApp },
    ask: (app: WireApp, path: string) => call(app, { target: `/api${path}`, headers: timestamp() }),
    createWorld: async (settings: Parameters<TestPlatform['createApp']>[0] = {}) =>
      createWorld(await newApp(settings), post),

    /** What a refused call answers, when it has left no trace. */
    async withoutTrace(send: () => Promise<WireAnswer>): Promise<WireAnswer['body']> {
      const before = await tracesOf(platform);
      const { status, body } = await send();
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: false, result: null });
      expect(await tracesOf(platform)).toEqual(before);
      return body;
    },

    async grant({ app }: World, accountId: string, period: object = {}): Promise<string> {
      const given = await post(app, '/open/sandbox/grantSeal', { accountId, ...period });
      return resultOf<{ authorizeCode: string }>(given).authorizeCode;
    },
  };
}

type Post = (app: WireApp, path: string, input: object) => Promise<WireAnswer>;

async function createWorld(app: WireApp, post: Post): Promise<World> {
  const made = async (path: string, input: object) => resultOf<Record<string, string>>(await post(app, path, input));
  const person = (accountId: string) => made('/open/psnCreate', { accountId, ...PHONE, ...FACTS });
  const [buyer, seller] = [await person('buyer'), await person('seller')];
  const acme = await made('/open/corpCreate', { accountId: 'acme', ...PHONE, ...COMPANY });
  await made('/open/psnCreateUncertified', { accountId: 'guest', ...PHONE });
  const upload = (bytes: Buffer) =>
    made('/open/file/upload', { fileName: '合同.pdf', fileBase64: bytes.toString('base64') });
  return {
    app,
    lease: (await upload(readFileSync(LEASE))).fileCode ?? '',
    single: (await upload(onePage())).fileCode ?? '',
    sealOf: { buyer: buyer.sealId ?? '', seller: seller.sealId ?? '', acme: acme.sealId ?? '' },
  };
}

export function resultOf<Result>({ body }: WireAnswer): Result {
  if (body.code !== '200') throw new Error(`${body.code} ${body.msg}`);
  return body.result as Result;
}

export const at = (x = 100, page = 1) => ({ positionPage: page, positionX: x, positionY: 120 });

export const field = (fileCode: string, change: object = {}) => ({ fileCode, signFieldPosition: at(), ...change });

export const signer = (accountId: string, ...signFields: object[]) => ({ accountId, signFields });

/** One document, one signer, one place; `change` replaces whole parts. */
export function contract(fileCode: string, change: object = {}) {
  return {
    docs: [{ fileId: 'doc', fileCode }],
    signFlowInitiator: { accountId: 'buyer' },
    signers: [signer('buyer', field(fileCode))],
    ...change,
  };
}
