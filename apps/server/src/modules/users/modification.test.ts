import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../apps/index.ts';
import { LI_NA, startUsers, type UsersFixture, vouched, ZHANG_SAN } from './testing/users-fixture.ts';

let fixture: UsersFixture;
let app: App;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true });
});
afterAll(() => fixture.drop());

const kindsOf = async (userId: string) =>
  (await fixture.evidence.entriesOf(app.id, `user:${userId}`)).map((entry) => entry.kind);

describe('modifying a person', () => {
  it('changes the phone alone without a flow', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('phone'));

    await fixture.users.modifyPerson(app.id, { accountId: 'phone', phone: '13911112222' });

    const found = await fixture.users.getPerson(app.id, { accountId: 'phone' });
    expect(found).toEqual({ ...user, phone: '13911112222' });
    expect(await kindsOf(user.id)).toEqual(['user-created', 'seal-made', 'user-modified']);
  });

  it('verifies an unverified user by a flow, who then has a psnId and a seal', async () => {
    const { id } = await fixture.users.createUnverified(app.id, { accountId: 'temp', phone: '13800000000' });
    const sibling = await fixture.users.createPerson(app, vouched('temp-sibling'));
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    await fixture.users.modifyPerson(app.id, { accountId: 'temp', verificationId });

    const user = await fixture.users.findVerified(fixture.database.db, app.id, 'temp');
    expect(user).toMatchObject({ id, name: '张三', verificationId, subjectId: sibling.user.subjectId });
    expect(await fixture.seals.defaultOf(fixture.database.db, user)).toMatchObject({ ownerId: id, status: 'enabled' });
    expect(await kindsOf(id)).toEqual(['user-created', 'user-verified', 'verification-archived', 'seal-made']);
  });

  it('renames a verified user by a flow of the same number and draws the seal anew', async () => {
    const formerName = { ...vouched('renamed', { name: '张小三' }) };
    const { user } = await fixture.users.createPerson(app, formerName);
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    await fixture.users.modifyPerson(app.id, { accountId: 'renamed', verificationId });

    const renamed = await fixture.users.get(app.id, user.id);
    expect(renamed).toMatchObject({ name: '张三', subjectId: user.subjectId, verificationId });
    const { list } = await fixture.seals.list(app.id, user.id, { number: 1, size: 10 });
    expect(list.map(({ seal }) => [seal.id, seal.status])).toEqual([
      [renamed.defaultSealId, 'enabled'],
      [user.defaultSealId, 'disabled'],
    ]);
    expect(await kindsOf(user.id)).toEqual([
      ...['user-created', 'seal-made'],
      ...['user-modified', 'verification-archived', 'seal-made', 'seal-disabled'],
    ]);
  });

  it('keeps the seal when the name stays', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('same-name'));
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    await fixture.users.modifyPerson(app.id, { accountId: 'same-name', verificationId });

    expect(await fixture.users.get(app.id, user.id)).toMatchObject({ defaultSealId: user.defaultSealId });
    expect((await fixture.seals.list(app.id, user.id, { number: 1, size: 10 })).total).toBe(1);
  });

  it('refuses a flow of another person and leaves it unused', async () => {
    await fixture.users.createPerson(app, vouched('zhang'));
    const verificationId = await fixture.personFlow(app, LI_NA);

    const change = fixture.users.modifyPerson(app.id, { accountId: 'zhang', verificationId, phone: '13911112222' });

    await expect(change).rejects.toMatchObject({ error: 'FLOW_OF_ANOTHER_PERSON' });
    expect(await fixture.users.getPerson(app.id, { accountId: 'zhang' })).toMatchObject({ phone: ZHANG_SAN.mobile });
    const created = fixture.users.createPerson(app, { ...vouched('li', LI_NA), verificationId });
    await expect(created).resolves.toMatchObject({ user: { name: '李娜' } });
  });

  it('lets one of twenty parallel calls verify a user with one flow', async () => {
    const { id } = await fixture.users.createUnverified(app.id, { accountId: 'parallel', phone: '13800000000' });
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    const calls = await Promise.allSettled(
      Array.from({ length: 20 }, () => fixture.users.modifyPerson(app.id, { accountId: 'parallel', verificationId })),
    );

    expect(calls.filter((call) => call.status === 'fulfilled')).toHaveLength(1);
    expect((await fixture.seals.list(app.id, id, { number: 1, size: 10 })).total).toBe(1);
  });

  it("finds neither companies nor another app's persons", async () => {
    const other = await fixture.app({ selfCertification: true });
    await fixture.users.createPerson(other, vouched('of-other'));
    const verificationId = await fixture.companyFlow(app);
    await fixture.users.createOrganization(app, { accountId: 'corp', phone: '13800000000', verificationId, facts: {} });

    for (const accountId of ['of-other', 'corp', 'nobody']) {
      const change = fixture.users.modifyPerson(app.id, { accountId, phone: '13911112222' });
      await expect(change).rejects.toMatchObject({ error: 'ACCOUNT_NOT_FOUND' });
    }
  });
});

describe('certifying an account for which a page was opened', () => {
  const told = (accountId: string | null) =>
    fixture.published.filter(({ event }) => event.type === 'person-verified' && event.data.accountId === accountId);

  it('verifies it once and tells the app, however often it is asked', async () => {
    await fixture.users.createUnverified(app.id, { accountId: 'page-1', phone: '13800000000' });
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);
    const job = { appId: app.id, accountId: 'page-1', verificationId };

    await fixture.users.certifyAccount(job);
    await fixture.users.certifyAccount(job);

    expect(await fixture.users.findVerified(fixture.database.db, app.id, 'page-1')).toMatchObject({ verificationId });
    expect(told('page-1')).toEqual([
      {
        ...{ appId: app.id, subject: `verification:${verificationId}`, businessCode: null },
        event: {
          type: 'person-verified',
          data: { verificationId, checkId: null, outcome: 'passed', compliant: true, accountId: 'page-1' },
        },
      },
    ]);
  });

  it('tells of the flow alone when the account is somebody else by now', async () => {
    await fixture.users.createPerson(app, vouched('page-2', LI_NA));
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    await fixture.users.certifyAccount({ appId: app.id, accountId: 'page-2', verificationId });

    expect(told('page-2')).toEqual([]);
    expect(told(null).map(({ event }) => event.data)).toContainEqual({
      ...{ verificationId, checkId: null, outcome: 'passed', compliant: true, accountId: null },
    });
  });

  it('needs an unverified person', async () => {
    await fixture.users.createUnverified(app.id, { accountId: 'page-3', phone: '13800000000' });
    await fixture.users.createPerson(app, vouched('page-4'));

    await expect(fixture.users.requireUnverified(app.id, 'page-3')).resolves.toBeUndefined();
    await expect(fixture.users.requireUnverified(app.id, 'page-4')).rejects.toThrow('ACCOUNT_VERIFIED');
    await expect(fixture.users.requireUnverified(app.id, 'page-5')).rejects.toThrow('ACCOUNT_NOT_FOUND');
  });
});
