import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../apps/index.ts';
import { startUsers, type UsersFixture, vouched, ZHANG_SAN } from '../users/testing/users-fixture.ts';
import type { Handwriting } from './index.ts';

const DRAWING: Handwriting = {
  by: 'drawing',
  drawing: {
    strokes: [
      [
        [10, 60, 0.5],
        [90, 20, 0.5],
        [160, 70, 0.5],
        [300, 40, 0.5],
      ],
    ],
    brush: 5,
  },
};
const TYPING: Handwriting = { by: 'typing', name: '张三' };

let fixture: UsersFixture;
let app: App;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true });
});
afterAll(() => fixture.drop());

const person = async (accountId: string) => (await fixture.users.createPerson(app, vouched(accountId))).user;

const add = (ownerId: string, handwriting: Handwriting, keep: boolean) =>
  fixture.database.transaction((tx) =>
    fixture.seals.addHandwriting(tx, { appId: app.id, ownerId, ...handwriting }, { keep }),
  );

const choicesOf = (ownerId: string, appId = app.id) => fixture.seals.choicesFor(fixture.database.db, appId, ownerId);

describe('a handwritten signature', () => {
  it.each([
    ['drawn', DRAWING],
    ['typed', TYPING],
  ])('that was %s becomes a seal of its owner, 40 × 15 mm', async (how, handwriting) => {
    const { id: ownerId } = await person(`makes-${how}`);

    const seal = await add(ownerId, handwriting, true);

    expect(seal).toMatchObject({ ownerId, name: '手写签名', kind: 'handwritten', status: 'enabled', listed: true });
    expect(await fixture.seals.get(fixture.database.db, app.id, seal.id)).toEqual(seal);
    expect(seal.artwork).toMatchObject({ widthMm: 40, heightMm: 15 });
    expect(await fixture.seals.findImage(fixture.seals.imageNameOf(seal.id))).toMatch(/^<svg .*fill="#16202E"/);
  });

  it('leaves evidence with its owner: how it was made and the digest of its picture', async () => {
    const { id: ownerId } = await person('leaves-evidence');

    const { id: sealId } = await add(ownerId, DRAWING, false);

    const entry = (await fixture.evidence.entriesOf(app.id, `user:${ownerId}`)).at(-1)!;
    expect(entry.kind).toBe('seal-made');
    expect(JSON.parse(entry.content)).toEqual({
      ...{ sealId, sealKind: 'handwritten', by: 'drawing', listed: false },
      pictureSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('that is kept stands first in the list and among the choices', async () => {
    const { id: ownerId, defaultSealId } = await person('keeps');

    const { id } = await add(ownerId, DRAWING, true);

    const { list, total } = await fixture.seals.list(app.id, ownerId, { number: 1, size: 9 });
    expect([total, list.map(({ seal }) => seal.id)]).toEqual([2, [id, defaultSealId]]);
    expect((await choicesOf(ownerId)).map((choice) => choice.id)).toEqual([id, defaultSealId]);
  });

  it('that is not kept stands in no list and no choice, and is found by its number', async () => {
    const { id: ownerId, defaultSealId } = await person('keeps-not');

    const { id } = await add(ownerId, TYPING, false);

    expect(await fixture.seals.list(app.id, ownerId, { number: 1, size: 9 })).toMatchObject({ total: 1 });
    expect((await choicesOf(ownerId)).map((choice) => choice.id)).toEqual([defaultSealId]);
    expect((await fixture.seals.getDetails(app.id, id)).seal).toMatchObject({ id, listed: false });
  });

  it('that is not kept cannot be granted', async () => {
    const { id: ownerId } = await person('grants-not');
    const { id: sealId } = await add(ownerId, DRAWING, false);

    const grant = fixture.seals.grantSilentSigning({ app, ownerId, sealId, simulated: true });

    await expect(grant).rejects.toMatchObject({ error: 'SEAL_NOT_FOUND' });
  });

  it('that cannot be drawn leaves nothing', async () => {
    const { id: ownerId } = await person('leaves-nothing');
    const empty: Handwriting = { by: 'drawing', drawing: { strokes: [], brush: 5 } };

    await expect(add(ownerId, empty, true)).rejects.toMatchObject({ error: 'HANDWRITING_UNUSABLE' });

    expect(await choicesOf(ownerId)).toHaveLength(1);
  });
});

describe('what an owner may choose', () => {
  it('is shown with size and picture', async () => {
    const { id: ownerId, defaultSealId } = await person('chooses');

    expect(await choicesOf(ownerId)).toEqual([
      {
        ...{ id: defaultSealId, name: '姓名印章', kind: 'name', widthMm: 20, heightMm: 20 },
        imagePath: `/seal-images/${fixture.seals.imageNameOf(defaultSealId)}.svg`,
      },
    ]);
  });

  it('is their own, and in this app only', async () => {
    const { id: ownerId, defaultSealId } = await person('chooses-own');
    const { id: strangerId } = await person('chooses-stranger');
    const other = await fixture.app();
    await add(strangerId, DRAWING, true);

    expect((await choicesOf(ownerId)).map((choice) => choice.id)).toEqual([defaultSealId]);
    expect(await choicesOf(ownerId, other.id)).toEqual([]);
  });

  it('is no seal that has gone out of use', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('renamed', { name: '张小三' }));
    const verificationId = await fixture.personFlow(app, ZHANG_SAN);
    await fixture.users.modifyPerson(app.id, { accountId: 'renamed', verificationId });

    const [choice, ...others] = await choicesOf(user.id);

    expect(choice!.id).not.toBe(user.defaultSealId);
    expect(others).toEqual([]);
  });

  it('goes back fifty seals at most', async () => {
    const { id: ownerId } = await person('chooses-many');
    const made = [];
    for (let i = 0; i < 52; i++) made.push((await add(ownerId, DRAWING, true)).id);

    expect((await choicesOf(ownerId)).map((choice) => choice.id)).toEqual(made.reverse().slice(0, 50));
  });
});
