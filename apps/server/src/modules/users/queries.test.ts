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

describe('finding users', () => {
  it('answers what was created', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('zhang'));

    expect(await fixture.users.getPerson(app.id, { accountId: 'zhang' })).toEqual(user);
    expect(await fixture.users.get(app.id, user.id)).toEqual(user);
    expect(await fixture.users.getByAccount(app.id, 'zhang')).toEqual(user);
  });

  it('answers the newest account of an id number, in either spelling of its last letter', async () => {
    const abdulla = { name: '阿卜杜拉·买买提', idNumber: '65010219951203001X', mobile: '13800000003' };
    await fixture.users.createPerson(app, vouched('first', abdulla));
    await fixture.users.createPerson(app, vouched('second', abdulla));
    fixture.clock.advance({ seconds: 1 });
    await fixture.users.createPerson(app, vouched('third', abdulla));

    const found = await fixture.users.getPerson(app.id, { idNumber: '65010219951203001x' });

    expect(found).toMatchObject({ accountId: 'third' });
  });

  it("does not find another app's users, other kinds and unknown ones", async () => {
    const other = await fixture.app({ selfCertification: true });
    const { user } = await fixture.users.createPerson(other, vouched('hidden', LI_NA));

    const queries = [
      fixture.users.getPerson(app.id, { accountId: 'hidden' }),
      fixture.users.getPerson(app.id, { idNumber: LI_NA.idNumber }),
      fixture.users.getOrganization(other.id, { accountId: 'hidden' }),
      fixture.users.get(app.id, user.id),
      fixture.users.findVerified(fixture.database.db, app.id, 'hidden'),
      fixture.users.findVerifiedMany(fixture.database.db, app.id, ['hidden']),
    ];

    for (const query of await Promise.allSettled(queries)) {
      expect(query).toMatchObject({ status: 'rejected', reason: { error: 'ACCOUNT_NOT_FOUND' } });
    }
  });

  it('names an unverified user nowhere as a signer', async () => {
    const request = { accountId: 'temp', phone: ZHANG_SAN.mobile, name: '张三' };
    const created = await fixture.users.createUnverified(app.id, request);

    expect(await fixture.users.getPerson(app.id, { accountId: 'temp' })).toEqual(created);
    const { db } = fixture.database;
    const refusal = { error: 'USER_NOT_VERIFIED', code: 'oc_10011' };
    await expect(fixture.users.findVerified(db, app.id, 'temp')).rejects.toMatchObject(refusal);
    await expect(fixture.users.findVerifiedMany(db, app.id, ['temp'])).rejects.toMatchObject(refusal);
  });

  it('finds five hundred verified users in one query', async () => {
    const accountIds = Array.from({ length: 500 }, (_, i) => `signer-${i}`);
    // Not all at once: a busy machine gives no connection to the last ones in time.
    for (let i = 0; i < accountIds.length; i += 50) {
      const some = accountIds.slice(i, i + 50);
      await Promise.all(some.map((accountId) => fixture.users.createPerson(app, vouched(accountId))));
    }

    const found = await fixture.database.transaction((tx) => fixture.users.findVerifiedMany(tx, app.id, accountIds));

    expect(found.size).toBe(500);
    expect(found.get('signer-499')).toMatchObject({ accountId: 'signer-499', name: '张三' });
  });

  it('does not open personal data that was moved to another row', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('victim'));
    const { user: other } = await fixture.users.createPerson(app, vouched('source', LI_NA));
    await fixture.database.pool.query(
      'update users set personal_data = (select personal_data from users where id = $1) where id = $2',
      [other.id, user.id],
    );

    await expect(fixture.users.get(app.id, user.id)).rejects.toThrow('does not open');
  });
});
