import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../apps/index.ts';
import { startUsers, type UsersFixture, vouched, ZHANG_SAN } from '../users/testing/users-fixture.ts';

let fixture: UsersFixture;
let app: App;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true });
});
afterAll(() => fixture.drop());

const newPerson = async (accountId: string, name = ZHANG_SAN.name) =>
  fixture.users.createPerson(app, vouched(accountId, { name }));

const newCompany = async (accountId: string, name: string) =>
  fixture.users.createOrganization(app, {
    accountId,
    phone: ZHANG_SAN.mobile,
    facts: {
      ...{ name, idDocumentType: 'CRED_ORG_USCC', idNumber: '91110105MA01D00006' },
      representativeName: ZHANG_SAN.name,
      representativeIdDocumentType: 'CRED_PSN_CH_IDCARD',
      representativeIdNumber: ZHANG_SAN.idNumber,
    },
  });

describe('the default seal', () => {
  it("is a person's name seal of 20 mm", async () => {
    const { user } = await newPerson('person');

    const seal = await fixture.seals.defaultOf(fixture.database.db, user);

    expect(seal).toMatchObject({ ownerId: user.id, name: '姓名印章', kind: 'name', status: 'enabled' });
    expect(seal.artwork).toMatchObject({ widthMm: 20, heightMm: 20 });
  });

  it("is a company's official seal of 42 mm", async () => {
    const { user, sealNotice } = await newCompany(
      'company',
      '新疆维吾尔自治区乌鲁木齐市高新技术产业开发区丝绸路国际物流供应链管理股份有限公司',
    );

    const seal = await fixture.seals.defaultOf(fixture.database.db, user);

    expect(sealNotice).toBeUndefined();
    expect(seal).toMatchObject({ name: '企业公章', kind: 'official' });
    expect(seal.artwork).toMatchObject({ widthMm: 42, heightMm: 42 });
  });

  it.each([
    ['a character that no font has', '赵\u{3134A}', '编码'],
    ['no character at all that a font has', '\u{E000}\u{E001}', '编码'],
    ['emoji and signs', '张😀三', undefined],
    ['a very long name', '买'.repeat(50), undefined],
    ['a Latin name', 'Alexandra Konstantinopolitanskaya', undefined],
    ['a right-to-left name', 'محمد', undefined],
  ])('is made for %s all the same', async (title, name, notice) => {
    const { user, sealNotice } = await newPerson(`rare-${title}`, name);

    expect(sealNotice ?? '').toContain(notice ?? '');
    const { seal } = await fixture.seals.getDetails(app.id, user.defaultSealId);
    const svg = await fixture.seals.findImage(fixture.seals.imageNameOf(seal.id));
    expect(svg).toMatch(/^<svg .*<path/);
  });

  it('is made for company names of one and of a hundred characters', async () => {
    const created = await Promise.all([newCompany('one', '云'), newCompany('hundred', '云'.repeat(100))]);

    expect(new Set(created.map(({ user }) => user.defaultSealId)).size).toBe(2);
  });
});

describe('the picture of a seal', () => {
  it('is found by its unguessable name only', async () => {
    const { user } = await newPerson('picture');
    const name = fixture.seals.imageNameOf(user.defaultSealId);
    const other = fixture.seals.imageNameOf(user.defaultSealId + 1);

    expect(await fixture.seals.findImage(name)).toContain('#C8102E');
    const guesses = [
      `${user.defaultSealId}`,
      `${user.defaultSealId}-${other.split('-')[1]}`,
      `${name}x`,
      '',
      '../x',
      other,
    ];
    for (const guess of guesses) {
      expect(await fixture.seals.findImage(guess)).toBeUndefined();
    }
  });
});

describe('a grant for silent signing', () => {
  const give = (ownerId: string, change: object = {}) =>
    fixture.seals.grantSilentSigning({ app, ownerId, simulated: true, ...change });
  const use = (change: { ownerId: string; authorizeCode?: string; sealId?: number; at?: Date; appId?: string }) =>
    fixture.database.transaction((tx) =>
      fixture.seals.grantFor(tx, { appId: app.id, at: fixture.clock.now(), ...change }),
    );

  it('is about the default seal and twelve months unless told otherwise', async () => {
    const { user } = await newPerson('grant-default');

    const grant = await give(user.id);

    expect(grant).toMatchObject({ sealId: user.defaultSealId, state: 'authorized', beginAt: fixture.clock.now() });
    expect(grant.authorizeCode).toMatch(/^[\w-]{24}$/);
    const [entry] = await fixture.evidence.entriesOf(app.id, `seal-grant:${grant.authorizeCode}`);
    expect(entry).toMatchObject({ kind: 'seal-grant-given' });
    expect(JSON.parse(entry!.content)).toMatchObject({ simulated: true, sealId: user.defaultSealId });
  });

  it('is told to the app, with all that it needs to know', async () => {
    const { user } = await newPerson('grant-told');

    const { authorizeCode, beginAt, endAt } = await give(user.id);

    expect(fixture.published.at(-1)).toEqual({
      ...{ appId: app.id, subject: `seal-grant:${authorizeCode}`, businessCode: null },
      event: {
        type: 'seal-grant-changed',
        data: {
          ...{ accountId: 'grant-told', sealId: user.defaultSealId, authorizeCode, status: 'authorized' },
          ...{ beginAt: beginAt.toISOString(), endAt: endAt.toISOString() },
        },
      },
    });
  });

  it('gives the seal with its artwork, by its code or by its owner', async () => {
    const { user } = await newPerson('grant-use');
    const { authorizeCode } = await give(user.id);

    const byCode = await use({ ownerId: user.id, authorizeCode });
    const byOwner = await use({ ownerId: user.id });

    expect(byCode).toMatchObject({ authorizeCode, seal: { id: user.defaultSealId, artwork: { widthMm: 20 } } });
    expect(byOwner).toEqual(byCode);
  });

  it('is of no use to other accounts, other apps, or outside its time', async () => {
    const { user } = await newPerson('grant-own');
    const { user: stranger } = await newPerson('grant-stranger');
    const other = await fixture.app({ selfCertification: true });
    const beginAt = new Date(fixture.clock.now().getTime() + 3_600_000);
    const endAt = new Date(beginAt.getTime() + 3_600_000);
    const { authorizeCode } = await give(user.id, { beginAt, endAt });
    const own = { ownerId: user.id, authorizeCode };

    await expect(use({ ...own, at: beginAt })).resolves.toMatchObject({ authorizeCode });
    const calls = await Promise.allSettled([
      use({ ...own, ownerId: stranger.id, at: beginAt }),
      use({ ...own, appId: other.id, at: beginAt }),
      use({ ...own, authorizeCode: 'unknown', at: beginAt }),
      use({ ...own, sealId: stranger.defaultSealId, at: beginAt }),
      use({ ownerId: stranger.id, at: beginAt }),
      use(own),
      use({ ...own, at: new Date(endAt.getTime() + 1) }),
    ]);
    expect(calls.map((call) => (call.status === 'rejected' ? call.reason.error : 'granted'))).toEqual([
      'SEAL_GRANT_OF_ANOTHER_ACCOUNT',
      'SEAL_GRANT_NOT_FOUND',
      'SEAL_GRANT_NOT_FOUND',
      'SEAL_GRANT_NOT_FOUND',
      'SEAL_GRANT_NOT_FOUND',
      'SEAL_GRANT_NOT_STARTED',
      'SEAL_GRANT_EXPIRED',
    ]);
  });

  it('ends when it is cancelled, once and for all', async () => {
    const { user } = await newPerson('grant-cancel');
    const { authorizeCode } = await give(user.id);

    await Promise.all(Array.from({ length: 20 }, () => fixture.seals.cancelGrant(app.id, authorizeCode)));

    await expect(use({ ownerId: user.id, authorizeCode })).rejects.toMatchObject({ error: 'SEAL_GRANT_CANCELLED' });
    const chain = await fixture.evidence.entriesOf(app.id, `seal-grant:${authorizeCode}`);
    expect(chain.map((entry) => entry.kind)).toEqual(['seal-grant-given', 'seal-grant-cancelled']);
    const told = fixture.published.filter(({ subject }) => subject === `seal-grant:${authorizeCode}`);
    expect(told.map(({ event }) => event)).toMatchObject([
      { type: 'seal-grant-changed', data: { authorizeCode, status: 'authorized' } },
      { type: 'seal-grant-changed', data: { authorizeCode, status: 'cancelled' } },
    ]);
    await expect(fixture.seals.cancelGrant(app.id, 'unknown')).rejects.toMatchObject({ error: 'SEAL_GRANT_NOT_FOUND' });
  });

  it('ends with the seal, when its owner is renamed', async () => {
    const { user } = await newPerson('grant-renamed', '张小三');
    const { authorizeCode } = await give(user.id);
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);

    await fixture.users.modifyPerson(app.id, { accountId: 'grant-renamed', verificationId });

    await expect(use({ ownerId: user.id, authorizeCode })).rejects.toMatchObject({ error: 'SEAL_NOT_USABLE' });
    await expect(give(user.id, { sealId: user.defaultSealId })).rejects.toMatchObject({ error: 'SEAL_NOT_USABLE' });
  });

  it("is given for the owner's own seals only", async () => {
    const { user } = await newPerson('grant-mine');
    const { user: stranger } = await newPerson('grant-theirs');
    const { id } = await fixture.users.createUnverified(app.id, { accountId: 'grant-temp', phone: ZHANG_SAN.mobile });

    await expect(give(user.id, { sealId: stranger.defaultSealId })).rejects.toMatchObject({ error: 'SEAL_NOT_FOUND' });
    await expect(give(user.id, { sealId: 1 })).rejects.toMatchObject({ error: 'SEAL_NOT_FOUND' });
    await expect(give(id)).rejects.toMatchObject({ error: 'USER_NOT_VERIFIED' });
  });

  it('is listed with its seal, expired ones as such', async () => {
    const { user } = await newPerson('grant-listed');
    const ended = new Date(fixture.clock.now().getTime() + 1000);
    const first = await give(user.id, { endAt: ended });
    fixture.clock.advance({ seconds: 2 });
    const second = await give(user.id);

    const { grants } = await fixture.seals.getDetails(app.id, user.defaultSealId);

    expect(grants.map(({ authorizeCode, status }) => [authorizeCode, status])).toEqual([
      [second.authorizeCode, 'authorized'],
      [first.authorizeCode, 'expired'],
    ]);
  });
});

describe('the list of seals', () => {
  it('is paged, newest first, and of one app only', async () => {
    const { user } = await newPerson('listed');
    const other = await fixture.app();

    const { list, total } = await fixture.seals.list(app.id, user.id, { number: 1, size: 1 });

    expect(total).toBe(1);
    expect(list).toMatchObject([{ seal: { id: user.defaultSealId }, grants: [] }]);
    expect(await fixture.seals.list(app.id, user.id, { number: 2, size: 1 })).toEqual({ list: [], total: 1 });
    expect((await fixture.seals.list(other.id, user.id, { number: 1, size: 1 })).total).toBe(0);
    await expect(fixture.seals.getDetails(other.id, user.defaultSealId)).rejects.toMatchObject({ code: 'oc_20001' });
  });
});
