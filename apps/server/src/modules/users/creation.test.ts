import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../apps/index.ts';
import { InvalidFacts } from './index.ts';
import {
  EXAMPLE_COMPANY,
  LI_NA,
  personFacts,
  QIAN,
  startUsers,
  type UsersFixture,
  vouched,
  ZHANG_SAN,
} from './testing/users-fixture.ts';

let fixture: UsersFixture;
let selfCertifying: App;
let strictApp: App;

beforeAll(async () => {
  fixture = await startUsers();
  selfCertifying = await fixture.app({ selfCertification: true });
  strictApp = await fixture.app();
});
afterAll(() => fixture.drop());

const example = {
  accountId: '540100195512100894',
  phone: QIAN.mobile,
  verificationId: 'OPFN103125CFgAsPxjAEGT',
  facts: personFacts(QIAN),
};

describe('the documented example of psnCreate', () => {
  it('succeeds in a self-certifying app without the flow', async () => {
    const { verificationId: _, ...request } = example;

    const { user, sealNotice } = await fixture.users.createPerson(selfCertifying, request);

    expect(user).toMatchObject({ accountId: example.accountId, name: '潜治文', phone: '16049793435' });
    expect(String(user.defaultSealId)).toMatch(/^\d{9,}$/);
    expect(sealNotice).toBeUndefined();
  });

  it('succeeds in any app with a compliant flow of that person', async () => {
    const verificationId = await fixture.personFlow(strictApp, QIAN);

    const { user } = await fixture.users.createPerson(strictApp, { ...example, verificationId });

    expect(user).toMatchObject({ accountId: example.accountId, verificationId });
  });

  it('is refused by name with the unknown flow', async () => {
    const app = await fixture.app({ selfCertification: true });

    await expect(fixture.users.createPerson(app, example)).rejects.toMatchObject({ error: 'FLOW_NOT_FOUND' });
  });
});

describe('creating a person', () => {
  it('needs a flow when the app may not certify by itself', async () => {
    const creation = fixture.users.createPerson(strictApp, vouched('no-flow'));

    await expect(creation).rejects.toMatchObject({ error: 'FLOW_NOT_COMPLIANT', code: 'oc_10041' });
  });

  it('refuses a flow that has not become compliant, also in a self-certifying app', async () => {
    const { verificationId } = await fixture.identity.checkCarrier(selfCertifying, {
      facts: personFacts(ZHANG_SAN),
      mobile: ZHANG_SAN.mobile,
    });

    const creation = fixture.users.createPerson(selfCertifying, { ...vouched('half-flow'), verificationId });

    await expect(creation).rejects.toMatchObject({ error: 'FLOW_NOT_COMPLIANT' });
  });

  it('names facts that differ from the flow', async () => {
    const verificationId = await fixture.personFlow(strictApp, ZHANG_SAN);
    const request = { ...vouched('differs'), verificationId, facts: personFacts(LI_NA) };

    const creation = fixture.users.createPerson(strictApp, request);

    await expect(creation).rejects.toSatisfy(
      (error) => error instanceof InvalidFacts && Object.keys(error.problems).join() === 'name,idNumber',
    );
  });

  it('takes a flow of its own app only', async () => {
    const verificationId = await fixture.personFlow(strictApp, ZHANG_SAN);

    const creation = fixture.users.createPerson(selfCertifying, { ...vouched('foreign'), verificationId });

    await expect(creation).rejects.toMatchObject({ error: 'FLOW_OF_ANOTHER_APP' });
  });

  it('uses a flow up once, whoever of a hundred calls comes first', async () => {
    const verificationId = await fixture.personFlow(strictApp, LI_NA);
    const before = await fixture.countRows('seals');

    const calls = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        fixture.users.createPerson(strictApp, { ...vouched(`once-${i}`, LI_NA), verificationId }),
      ),
    );

    const refused = calls.filter((call) => call.status === 'rejected');
    expect(refused).toHaveLength(99);
    expect(new Set(refused.map((call) => call.reason.error))).toEqual(new Set(['FLOW_USED']));
    expect(await fixture.countRows('seals')).toBe(before + 1);
  });

  it('refuses an expired flow', async () => {
    const verificationId = await fixture.personFlow(strictApp, ZHANG_SAN);
    fixture.clock.advance({ hours: 25 });

    const creation = fixture.users.createPerson(strictApp, { ...vouched('late'), verificationId });

    await expect(creation).rejects.toMatchObject({ error: 'FLOW_EXPIRED' });
  });

  it('gives an account id to one of a hundred parallel calls and leaves nothing of the others', async () => {
    const app = await fixture.app({ selfCertification: true });
    const [users, seals, entries] = await Promise.all(['users', 'seals', 'evidence_entries'].map(fixture.countRows));

    const calls = await Promise.allSettled(
      Array.from({ length: 100 }, () => fixture.users.createPerson(app, vouched('same-account'))),
    );

    const refused = calls.filter((call) => call.status === 'rejected');
    expect(refused).toHaveLength(99);
    expect(new Set(refused.map((call) => call.reason.code))).toEqual(new Set(['oc_10501']));
    expect(await fixture.countRows('users')).toBe(users! + 1);
    expect(await fixture.countRows('seals')).toBe(seals! + 1);
    expect(await fixture.countRows('evidence_entries')).toBe(entries! + 2);
  });

  it('refuses the account id of another kind of user too', async () => {
    const app = await fixture.app({ selfCertification: true });
    await fixture.users.createUnverified(app.id, { accountId: 'taken', phone: '13800000000' });
    const facts = { ...personFacts(EXAMPLE_COMPANY), ...representativeFacts };

    const calls = [
      fixture.users.createOrganization(app, { accountId: 'taken', phone: '13800000000', facts }),
      fixture.users.createPerson(app, vouched('taken')),
      fixture.users.createUnverified(app.id, { accountId: 'taken', phone: '13800000000' }),
    ];

    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { error: 'ACCOUNT_EXISTS' } });
    }
  });

  it('gives one psnId to all accounts of an id number, also when a hundred are made at once', async () => {
    const app = await fixture.app({ selfCertification: true });

    const created = await Promise.all(
      Array.from({ length: 100 }, (_, i) => fixture.users.createPerson(app, vouched(`shared-${i}`))),
    );
    const elsewhere = await fixture.users.createPerson(selfCertifying, vouched('elsewhere'));

    const psnIds = new Set(created.map(({ user }) => user.subjectId));
    expect([...psnIds]).toEqual([expect.stringMatching(/^\d{19}$/)]);
    expect(psnIds).not.toContain(elsewhere.user.subjectId);
  });

  it('archives the chain of the flow with the user', async () => {
    const verificationId = await fixture.personFlow(strictApp, ZHANG_SAN);
    const { user } = await fixture.users.createPerson(strictApp, { ...vouched('archived'), verificationId });

    const chain = await fixture.evidence.entriesOf(strictApp.id, `user:${user.id}`);
    const flowChain = await fixture.evidence.entriesOf(strictApp.id, `verification:${verificationId}`);

    expect(chain.map((entry) => entry.kind)).toEqual(['user-created', 'verification-archived', 'seal-made']);
    expect(JSON.parse(chain[1]!.content)).toEqual({
      verificationId,
      chainLength: flowChain.length,
      chainHead: Buffer.from(flowChain.at(-1)!.hash).toString('hex'),
    });
  });

  it('leaves no personal data in clear', async () => {
    const app = await fixture.app({ selfCertification: true });
    const { user } = await fixture.users.createPerson(app, vouched('private'));

    const chain = JSON.stringify(await fixture.evidence.entriesOf(app.id, `user:${user.id}`));
    const { rows } = await fixture.database.pool.query('select users::text as row from users where id = $1', [user.id]);

    for (const text of [chain, rows[0].row as string]) {
      expect(text).not.toContain(ZHANG_SAN.name);
      expect(text).not.toContain(ZHANG_SAN.idNumber);
      expect(text).not.toContain(ZHANG_SAN.mobile);
    }
  });
});

const representativeFacts = {
  representativeName: ZHANG_SAN.name,
  representativeIdDocumentType: 'CRED_PSN_CH_IDCARD',
  representativeIdNumber: ZHANG_SAN.idNumber,
};
const companyRequest = (accountId: string) => ({ accountId, phone: ZHANG_SAN.mobile, facts: {} });

describe('creating a company', () => {
  it('takes facts and representative from its flow', async () => {
    const verificationId = await fixture.companyFlow(strictApp);

    const { user } = await fixture.users.createOrganization(strictApp, { ...companyRequest('corp-1'), verificationId });

    expect(user).toMatchObject({ ...EXAMPLE_COMPANY, kind: 'organization', verificationId });
    expect(user.legalRepresentative).toEqual(personFacts(ZHANG_SAN));
  });

  it("refuses a person's flow", async () => {
    const verificationId = await fixture.personFlow(strictApp, ZHANG_SAN);

    const creation = fixture.users.createOrganization(strictApp, { ...companyRequest('corp-2'), verificationId });

    await expect(creation).rejects.toMatchObject({ error: 'FLOW_OF_ANOTHER_KIND' });
  });

  it('takes a verified person of the same app as its agent, nobody else', async () => {
    const app = await fixture.app({ selfCertification: true });
    const facts = { ...EXAMPLE_COMPANY, idDocumentType: 'CRED_ORG_USCC', ...representativeFacts };
    const create = (accountId: string, agentAccountId: string) =>
      fixture.users.createOrganization(app, { ...companyRequest(accountId), facts, agentAccountId });
    await fixture.users.createPerson(app, vouched('agent'));
    await fixture.users.createUnverified(app.id, { accountId: 'unverified', phone: '13800000000' });
    await fixture.users.createPerson(selfCertifying, vouched('agent-elsewhere'));

    await create('corp-with-agent', 'agent');
    const others = await Promise.allSettled(
      ['unverified', 'agent-elsewhere', 'corp-with-agent', 'nobody'].map((agent, i) =>
        create(`corp-refused-${i}`, agent),
      ),
    );

    const { agentAccountId } = await fixture.users.getOrganization(app.id, { accountId: 'corp-with-agent' });
    expect(agentAccountId).toBe('agent');
    for (const call of others) {
      expect(call).toMatchObject({ status: 'rejected', reason: { error: 'AGENT_NOT_FOUND' } });
    }
  });
});
