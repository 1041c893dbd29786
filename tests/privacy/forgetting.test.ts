/** A person is forgotten: what may go is gone from every column, what must stay is still whole. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskIdNumber, maskPhone } from '../../apps/server/src/kernel/mask.ts';
import { verifyEvidence } from '../../apps/server/src/modules/evidence/index.ts';
import { ON_THE_SERVER } from '../../apps/server/src/modules/operators/index.ts';
import {
  EXAMPLE_COMPANY,
  HE_JING,
  type IdentityScene,
  LI_NA,
  startIdentityScene,
  TANG_MIN,
} from '../identity/identity-scene.ts';
import { judgeByPdfsig } from '../journeys/outside-judges.ts';
import { downloadAll, outcomeOf, startContract, uploadLease } from '../journeys/people.ts';
import { dumpDatabase, placesOf } from './database-dump.ts';

const LETTER = readFileSync(join(import.meta.dirname, '../../examples/lease-contract.zh.pdf'));
const PERSON = [HE_JING.facts.psnName, HE_JING.facts.psnIDCardNum, HE_JING.psnMobile];
const ID_NUMBER = HE_JING.facts.psnIDCardNum;

/** Certificates name their holder and stand in the signed files. */
const MUST_STAY = ['certificates.certificate'];

let scene: IdentityScene;
let appId: string;
let finished: string;
let open: string;
let signUrl: string;
let silentCode: string;
let letterFile: string;

beforeAll(async () => {
  scene = await startIdentityScene();
  appId = scene.platform.app.id;
  const { client } = scene;
  await person('li-na', LI_NA);
  await client.persons.create({
    accountId: 'he-jing',
    informPhone: HE_JING.psnMobile,
    flowNo: await scene.certify(HE_JING),
  });
  await client.persons.create({
    accountId: 'he-jing-2',
    informPhone: HE_JING.psnMobile,
    flowNo: await scene.certify(HE_JING),
  });
  await client.companies.create({
    ...{ ...EXAMPLE_COMPANY, legalRepName: HE_JING.facts.psnName, legalRepIDCardType: 'CRED_PSN_CH_IDCARD' },
    ...{ legalRepIDCardNum: ID_NUMBER, accountId: 'acme', informPhone: HE_JING.psnMobile, agentAccountId: 'he-jing' },
  });

  const fileCode = await uploadLease(client);
  finished = await startContract(client, [fileCode], [{ accountId: 'he-jing' }, { accountId: 'li-na' }]);
  for (const accountId of ['he-jing', 'li-na']) await client.sandbox.sign({ contractId: finished, accountId });
  expect(await outcomeOf(client, finished)).toBe('finished');
  silentCode = (await client.sandbox.grantSeal({ accountId: 'he-jing' })).authorizeCode;

  // Flows that became nobody, a company flow with her letter, a page that waits for her, notices, a repeated request.
  await client.verification.checkPersonNameAndId({ ...HE_JING.facts });
  const companyFlow = await scene.companyOfAgent(HE_JING);
  await client.verification.uploadAuthorization({
    ...{ flowNo: companyFlow, psnName: HE_JING.facts.psnName, psnIDCardNum: ID_NUMBER },
    ...{ file: LETTER, fileName: '授权书.pdf' },
  });
  const [letter] = (await rows(sql`select file_code from authorization_letters`)) as { file_code: string }[];
  letterFile = letter?.file_code ?? '';
  await client.verification.getPersonPage({
    psnAuthConfig: { ...HE_JING.facts, psnMobile: HE_JING.psnMobile },
    integrationConfig: { clientType: 'h5' },
  });
  await client.sms.sendCode({ phone: HE_JING.psnMobile });
  const { idempotency } = scene.platform.modules;
  await idempotency.start(appId, 'a-read', new Uint8Array(32));
  await idempotency.finish(appId, 'a-read', JSON.stringify({ psnName: HE_JING.facts.psnName }));
  open = await startContract(client, [fileCode], [{ accountId: 'he-jing-2' }, { accountId: 'li-na' }]);
  signUrl = (await client.contracts.getSignUrl({ contractId: finished, accountId: 'he-jing' })).url;
});
afterAll(() => scene.close());

const rows = async (statement: ReturnType<typeof sql>) => (await scene.platform.database.db.execute(statement)).rows;
const privacy = () => scene.platform.modules.privacy;
const byAccount = () => ({ appId, who: { accountId: 'he-jing' } });
const dump = () => dumpDatabase(scene.platform.database, scene.platform.foundation.secretBox);

async function person(accountId: string, who: typeof LI_NA): Promise<void> {
  await scene.client.persons.create({ accountId, informPhone: who.psnMobile, flowNo: await scene.certify(who) });
}

describe('a person for whom a contract waits', () => {
  it('is not forgotten: the contract is named, and nothing has changed', async () => {
    await expect(privacy().forget(byAccount(), ON_THE_SERVER)).rejects.toMatchObject({
      name: 'ForgetRefused',
      openRoles: [{ contractId: open, accountId: 'he-jing-2', asAgent: false }],
    });

    expect(await scene.client.persons.get({ accountId: 'he-jing' })).toMatchObject({ psnName: '何静' });
    await scene.client.contracts.revoke({ contractId: open, reason: '不再需要' });
  });
});

describe('before anything is erased', () => {
  it('an operator sees what would go and what stays', async () => {
    const look = await privacy().look(byAccount());

    expect(look?.accounts.map(({ accountId }) => accountId)).toEqual(['he-jing', 'he-jing-2']);
    expect(look).toMatchObject({
      ...{ openRoles: [], grants: [silentCode], organizations: [{ accountId: 'acme' }] },
      footprint: { contracts: 2, signed: 1, usesDefaultSeal: true },
      traces: { letterFiles: [letterFile], pageIds: [expect.any(String)], phones: [HE_JING.psnMobile] },
    });
    expect(look?.traces.flowIds).toHaveLength(4);
    expect(await privacy().look({ appId, who: { idNumber: ID_NUMBER } })).toMatchObject({
      accounts: look?.accounts.map(({ id }) => ({ id })),
    });
    expect(placesOf(await dump(), PERSON)).toEqual(
      expect.arrayContaining([
        ...['authorization_letters.agent', 'certificates.certificate', 'idempotent_answers.answer'],
        ...['identity_checks.mobile', 'sms_messages.sealed', 'users.personal_data'],
        ...['verification_pages.prefilled', 'verifications.facts'],
      ]),
    );
  });

  it('nobody else is found by a name alone, and nobody at all by a number that is unknown', async () => {
    const look = await privacy().look({ appId, who: { accountId: 'li-na' } });

    expect(look?.organizations).toEqual([]);
    expect(await privacy().look({ appId, who: { idNumber: TANG_MIN.facts.psnIDCardNum } })).toBeUndefined();
    expect(await privacy().look({ appId: 'another-app', who: { idNumber: ID_NUMBER } })).toBeUndefined();
  });
});

describe('a person who was forgotten', () => {
  let told: number;
  let psnIdBefore: string | null;
  beforeAll(async () => {
    psnIdBefore = (await scene.client.persons.get({ accountId: 'he-jing' })).psnId;
    told = scene.inbox.received.length;
    await privacy().forget(byAccount(), ON_THE_SERVER);
  });

  it('stands in no column of the database any more but where it must', async () => {
    const cells = await dump();
    expect(placesOf(cells, PERSON)).toEqual(MUST_STAY);
    // Nor masked: what the evidence said of the person is under keys that are gone.
    expect(placesOf(cells, ['何*', maskIdNumber(ID_NUMBER), maskPhone(HE_JING.psnMobile)])).toEqual([]);
  });

  it('is unknown by account and by number, and the account can never be made again', async () => {
    const { persons } = scene.client;
    const again = { accountId: 'he-jing', informPhone: HE_JING.psnMobile };

    await expect(persons.get({ accountId: 'he-jing' })).rejects.toMatchObject({ code: 'oc_10502' });
    await expect(persons.get({ psnIDCardNum: ID_NUMBER })).rejects.toMatchObject({ code: 'oc_10502' });
    await expect(persons.createUnverified(again)).rejects.toMatchObject({ code: 'oc_10540' });
    expect(await rows(sql`select 1 from users where account_id like 'he-jing%'`)).toEqual([]);
  });

  it('may come back under another account, as somebody new with another psnId, and be forgotten again', async () => {
    const flowNo = await scene.certify(HE_JING);
    await scene.client.persons.create({ accountId: 'he-jing-3', informPhone: HE_JING.psnMobile, flowNo });
    const { psnId } = await scene.client.persons.get({ accountId: 'he-jing-3' });
    expect([typeof psnId, psnId === psnIdBefore]).toEqual(['string', false]);

    await privacy().forget({ appId, who: { idNumber: ID_NUMBER } }, ON_THE_SERVER);
    expect(placesOf(await dump(), PERSON)).toEqual(MUST_STAY);
  });

  it('leaves the finished contract valid and readable for the other party', async () => {
    const [pdf] = await downloadAll(scene.client, finished);

    expect(judgeByPdfsig(pdf!)).toMatchObject({ allValid: true, lastCoversTotal: true });
    expect(await scene.client.contracts.get({ contractId: finished })).toMatchObject({ contractStatus: 'finished' });
    const inspection = await scene.platform.modules.contracts.console.inspect(finished);
    expect(inspection.partyList.map(({ name }) => name).toSorted()).toEqual(['已注销用户', '李娜']);
    expect(inspection.evidence.isIntact).toBe(true);
    const other = await scene.client.contracts.getSignUrl({ contractId: finished, accountId: 'li-na' });
    expect(await sessionOf(other.url)).toBe(200);
  });

  it('leaves the evidence complete, with an entry that says so and nothing about the person', async () => {
    const { modules, database } = scene.platform;
    const signer = modules.certificates.checkpointSigner;
    const subjectTables = [
      { kind: 'contract', table: 'contracts', column: 'id' },
      { kind: 'user', table: 'users', column: 'id' },
      { kind: 'verification', table: 'verifications', column: 'id' },
      { kind: 'seal-grant', table: 'seal_grants', column: 'authorize_code' },
    ];
    const verdict = await verifyEvidence({ database, evidence: modules.evidence, signer, subjectTables });

    expect(verdict.problems).toEqual([]);
    const entries = await rows(sql`select subject, content from evidence_entries where kind = 'person-forgotten'`);
    expect(entries).toHaveLength(3);
    expect(entries.map(({ content }) => content)).toEqual(['{}', '{}', '{}']);
  });

  it('has no grant, no link and no key any more, and no app was called back', async () => {
    expect(await sessionOf(signUrl)).toBe(410);
    const anotherLink = scene.client.contracts.getSignUrl({ contractId: finished, accountId: 'he-jing' });
    await expect(anotherLink).rejects.toMatchObject({ code: 'oc_10502' });
    expect(await rows(sql`select state from seal_grants where authorize_code = ${silentCode}`)).toEqual([
      { state: 'cancelled' },
    ]);
    expect(await rows(sql`select 1 from certificates where private_key is null`)).toHaveLength(1);
    expect(scene.inbox.received.slice(told).filter(({ json }) => json.accountId === 'he-jing')).toEqual([]);
  });

  it('is no longer named by the company, which stays; her letter is gone', async () => {
    const company = await scene.client.companies.get({ accountId: 'acme' });

    expect(company).toMatchObject({ corpName: EXAMPLE_COMPANY.corpName, agentAccountId: null });
    expect(await rows(sql`select 1 from files where file_code = ${letterFile}`)).toEqual([]);
  });

  it('stands in the audit log as a fact without a name', async () => {
    const [entry] = await rows(sql`select action, target, detail from console_audit where action = 'person-forgotten'`);

    expect(entry).toMatchObject({ target: expect.stringMatching(/^user:\d{19}$/), detail: { accounts: 2 } });
  });
});

describe('the persons that a company names', () => {
  it('are forgotten on request, and the company stays', async () => {
    const { client } = scene;
    await client.companies.create({
      ...{ ...EXAMPLE_COMPANY, legalRepName: '唐敏', legalRepIDCardType: 'CRED_PSN_CH_IDCARD', accountId: 'acme-2' },
      ...{ legalRepIDCardNum: TANG_MIN.facts.psnIDCardNum, informPhone: TANG_MIN.psnMobile },
    });

    await privacy().forget({ appId, who: { accountId: 'acme-2' } }, ON_THE_SERVER);

    expect(await client.companies.get({ accountId: 'acme-2' })).toMatchObject({ corpName: EXAMPLE_COMPANY.corpName });
    const cells = await dump();
    expect(placesOf(cells, [TANG_MIN.facts.psnName, TANG_MIN.facts.psnIDCardNum, TANG_MIN.psnMobile])).toEqual([]);
  });
});

/** The status with which the link opens its page's session. */
async function sessionOf(url: string): Promise<number> {
  const ticket = new URL(url).pathname.split('/').at(-1);
  const response = await fetch(`${scene.platform.url}/page-api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
  return response.status;
}
