/** A platform with an app, its people, a company with an agent, and contracts that wait for their signatures. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import { startTestPlatform, type TestApp, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { onePage } from '../hostile/hostile-files.ts';
import { clientOf, placeOf, uploadLease } from '../journeys/people.ts';
import { openPage, type SigningPage } from './page.ts';

const RESIDENT_ID = 'CRED_PSN_CH_IDCARD';

export const BUYER = { psnName: '张三', psnIDCardNum: '110101199003078857', informPhone: '13800000000' };
export const SELLER = { psnName: '林知遥', psnIDCardNum: '330100199203155129', informPhone: '19055500121' };
export const AGENT = { psnName: '沈岱青', psnIDCardNum: '330100197905125021', informPhone: '19055500120' };
export const ACME = { corpName: '北京示例科技有限公司', informPhone: '13800000009' };

type AppSettings = NonNullable<Parameters<TestPlatform['createApp']>[0]>;
export type StartInput = Parameters<ReturnType<typeof clientOf>['contracts']['start']>[0];
export type Cast = Awaited<ReturnType<typeof createCast>>;

/** One signer with one place on the last page, changed as a test wants it. */
export function signer(accountId: string, change: Partial<StartInput['signers'][number]> = {}) {
  return { accountId, ...change };
}

/** Buyer, seller and the company `acme`, which `agent` acts for, in an app of their own. */
export async function createCast(platform: TestPlatform, app: TestApp) {
  const client = clientOf(platform, app);
  const person = ({ informPhone, ...facts }: typeof BUYER, accountId: string) =>
    client.persons.create({ accountId, informPhone, psnIDCardType: RESIDENT_ID, ...facts });
  await Promise.all([person(BUYER, 'buyer'), person(SELLER, 'seller'), person(AGENT, 'agent')]);
  await client.companies.create({
    ...{ ...ACME, accountId: 'acme', agentAccountId: 'agent' },
    ...{ corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: '91110105MA01D00006' },
    ...{ legalRepName: '张三', legalRepIDCardType: RESIDENT_ID, legalRepIDCardNum: BUYER.psnIDCardNum },
  });
  const fileCode = await uploadLease(client);
  const attachment = (await client.files.upload({ file: onePage(), fileName: '附件.pdf' })).fileCode;

  const start = async (
    signers: readonly ReturnType<typeof signer>[],
    change: Partial<StartInput> = {},
  ): Promise<string> => {
    const started = await client.contracts.start({
      docs: [{ fileId: 'doc', fileCode }],
      signFlowInitiator: { accountId: 'buyer' },
      signers: signers.map((each, i) => ({ signFields: [{ fileCode, signFieldPosition: placeOf(i) }], ...each })),
      ...change,
    });
    return started.contractId;
  };
  const linkOf = async (contractId: string, accountId: string): Promise<string> =>
    (await client.contracts.getSignUrl({ contractId, accountId })).signUrl;
  return {
    ...{ app, client, fileCode, attachment, start, linkOf },
    open: async (contractId: string, accountId: string): Promise<SigningPage> =>
      openPage(await linkOf(contractId, accountId)),

    /** The contract's evidence, its first entry left out, as kind and content. */
    evidenceOf: async (contractId: string) => {
      const entries = await platform.modules.evidence.entriesOf(app.id, `contract:${contractId}`);
      return entries.slice(1).map(({ kind, content }) => ({ kind, ...(JSON.parse(content) as object) }));
    },
  };
}

/** For a whole test file: a platform whose clock a test may move; afterwards it shows the present again. */
export function useScene(settings: AppSettings = {}) {
  const scene = {} as { clock: ManualClock; platform: TestPlatform } & Cast;
  beforeAll(async () => {
    const clock = new ManualClock(new Date());
    const platform = await startTestPlatform({ clock, app: settings });
    Object.assign(scene, { clock, platform }, await createCast(platform, platform.app));
  });
  afterEach(() => scene.clock.set(new Date()));
  afterAll(() => scene.platform.close());
  return scene;
}
