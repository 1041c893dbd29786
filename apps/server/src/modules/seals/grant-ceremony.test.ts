import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../apps/index.ts';
import { startUsers, type UsersFixture, vouched, ZHANG_SAN } from '../users/testing/users-fixture.ts';
import type { GrantVisit } from './index.ts';

let fixture: UsersFixture;
let app: App;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true, silentSigning: true });
});
afterAll(() => fixture.drop());

/** A person is asked for a grant of their seal. */
async function asked(accountId: string, name = ZHANG_SAN.name): Promise<GrantVisit> {
  const { user } = await fixture.users.createPerson(app, vouched(accountId, { name }));
  const link = { clientType: 'h5', redirect: null, expiresAt: null } as const;
  const wanted = { ownerId: user.id, sealId: user.defaultSealId, businessCode: null, link };
  const { grant } = await fixture.grantCeremony.request(app, wanted);
  return { app, authorizeCode: grant.authorizeCode, isExpired: false };
}

const codeFor = async (visit: GrantVisit): Promise<string> =>
  (await fixture.grantCeremony.sendCode(visit)).issued.sandboxCode ?? '';

const kindsOf = async ({ authorizeCode }: GrantVisit) =>
  (await fixture.evidence.entriesOf(app.id, `seal-grant:${authorizeCode}`)).map(({ kind }) => kind);

const toldOf = ({ authorizeCode }: GrantVisit) =>
  fixture.published
    .filter(({ subject }) => subject === `seal-grant:${authorizeCode}`)
    .map(({ event }) => 'status' in event.data && event.data.status);

describe('the ceremony of a grant', () => {
  it('ends when the seal goes out of use before the owner has answered', async () => {
    const visit = await asked('renamed', '张小三');
    const code = await codeFor(visit);
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);
    await fixture.users.modifyPerson(app.id, { accountId: 'renamed', verificationId });

    await expect(fixture.grantCeremony.confirm(visit, code)).rejects.toMatchObject({ error: 'SEAL_NOT_USABLE' });
    await expect(fixture.grantCeremony.sendCode(visit)).rejects.toMatchObject({ error: 'SEAL_NOT_USABLE' });
    expect(toldOf(visit)).toEqual([]);
  });

  it('does not count a code that went to a phone the owner no longer has', async () => {
    const visit = await asked('moved');
    const code = await codeFor(visit);
    await fixture.users.modifyPerson(app.id, { accountId: 'moved', phone: '13900000001' });

    await expect(fixture.grantCeremony.confirm(visit, code)).rejects.toMatchObject({ error: 'SMS_CODE_NOT_SENT' });

    expect((await fixture.grantCeremony.view(visit)).phone).toBe('13900000001');
  });

  it('ends in no when yes and no arrive at once, and tells both in their order', async () => {
    const visit = await asked('torn');
    const code = await codeFor(visit);

    const { confirm, cancel, view } = fixture.grantCeremony;
    await Promise.allSettled([confirm(visit, code), cancel(visit)]);

    expect((await view(visit)).status).toBe('cancelled');
    const told = toldOf(visit);
    expect([['authorized', 'cancelled'], ['cancelled']]).toContainEqual(told);
    const given = (await kindsOf(visit)).filter((kind) => kind === 'seal-grant-given');
    expect(given).toHaveLength(told.length - 1);
  });

  it('is nothing that another app can see or decide', async () => {
    const visit = { ...(await asked('guarded')), app: await fixture.app({ silentSigning: true }) };
    const { grantCeremony } = fixture;

    const calls = await Promise.allSettled([
      grantCeremony.view(visit),
      grantCeremony.sendCode(visit),
      grantCeremony.confirm(visit, '000000'),
      grantCeremony.cancel(visit),
    ]);

    const refusals = calls.map((call) => call.status === 'rejected' && call.reason.error);
    expect(refusals).toEqual(Array(4).fill('SEAL_GRANT_NOT_FOUND'));
  });

  it('writes nothing when an expired link is looked at', async () => {
    const visit = await asked('late');

    await fixture.grantCeremony.view({ ...visit, isExpired: true });

    expect(await kindsOf(visit)).toEqual(['seal-grant-requested']);
  });
});
