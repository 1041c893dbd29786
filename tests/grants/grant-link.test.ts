import { describe, expect, it } from 'vitest';
import { toShanghai } from '../../apps/server/src/kernel/time.ts';
import { clientOf } from '../journeys/people.ts';
import { openPage } from '../signing-page/page.ts';
import { createCast, useScene } from '../signing-page/scene.ts';
import { askForGrant, grantOnPage, openGrantPage, sealOf } from './asking.ts';

const DAY_MS = 86_400_000;
const scene = useScene();

const inDays = (days: number): string => toShanghai(new Date(scene.clock.now().getTime() + days * DAY_MS));

describe('a link to the grant page', () => {
  it('holds nothing but a ticket and lives seven days', async () => {
    const { url, expirationTime, authorizeCode } = await askForGrant(scene.client, 'buyer');

    expect(url).toMatch(/^http:\/\/[\d.:]+\/grant\/[\w-]{24}$/);
    expect(url).not.toContain(authorizeCode);
    expect(expirationTime).toBe(inDays(7));
  });

  it('lives as long as it is asked to, but no longer than the grant', async () => {
    const asked = await askForGrant(scene.client, 'buyer', { expirationTime: inDays(20) });
    const short = await askForGrant(scene.client, 'buyer', { endTime: inDays(2) });

    expect(asked.expirationTime).toBe(inDays(20));
    expect(short.expirationTime).toBe(inDays(2));
  });

  it.each<[string, string, string, object]>([
    ['a seal of somebody else', 'oc_20001', 'buyer', { sealId: 'of the seller' }],
    ['a seal that does not exist', 'oc_20001', 'buyer', { sealId: '999999999' }],
    ['an account that is not verified', 'oc_10011', 'guest', { sealId: '100000000' }],
    ['an account that does not exist', 'oc_10502', 'nobody', { sealId: '100000000' }],
    ['more than twelve months', 'oc_20508', 'buyer', { beginTime: '2098-11-24', endTime: '2099-11-26' }],
    ['a time that cannot be read', '400', 'buyer', { endTime: 'soon' }],
    ['a link that has ended already', '400', 'buyer', { expirationTime: '2020-01-01' }],
    ['a return to a script', '400', 'buyer', { redirectConfig: { redirectUrl: 'javascript:alert(1)' } }],
    ['a return to an unknown scheme', '400', 'buyer', { redirectConfig: { redirectUrl: 'otherapp://done' } }],
  ])('is refused for %s, which leaves no grant behind', async (_, code, accountId, change) => {
    const cast = await createCast(scene.platform, await scene.platform.createApp());
    await cast.client.persons.createUnverified({ accountId: 'guest', informPhone: '13800000000' });
    const [own, sellers] = [await sealOf(cast.client, 'buyer'), await sealOf(cast.client, 'seller')];
    const wanted = { sealId: own, ...change };
    const sealId = wanted.sealId === 'of the seller' ? sellers : wanted.sealId;

    const ask = askForGrant(cast.client, accountId, { ...wanted, sealId });

    await expect(ask).rejects.toMatchObject({ code });
    const seals = await Promise.all([own, sellers].map((id) => cast.client.seals.get({ sealId: id })));
    expect(seals.flatMap((seal) => seal.autosignAuthorizeList)).toEqual([]);
  });

  it('is not made for an app without silent signing', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp({ silentSigning: false }));

    await expect(askForGrant(cast.client, 'buyer')).rejects.toMatchObject({ code: 'oc_20501' });
  });

  it('shows after its time only that it is over, and the grant has expired with it', async () => {
    const { url, authorizeCode } = await askForGrant(scene.client, 'seller');
    const code = await (await openGrantPage(url)).codeText();
    scene.clock.advance({ days: 7 });
    const page = await openGrantPage(url);

    const state = await page.look();
    const commands = await Promise.all([page.code(), page.confirm(code), page.cancel()]);

    expect(state).toMatchObject({ step: 'closed', status: 'expired', mayCancel: false, redirect: null });
    expect(commands.map(({ status, body }) => [status, body.error])).toEqual(Array(3).fill([410, 'LINK_EXPIRED']));
    const { modules } = scene.platform;
    const owner = await modules.users.findVerified(scene.platform.database.db, scene.app.id, 'seller');
    const use = { appId: scene.app.id, authorizeCode, ownerId: owner.id, at: scene.clock.now() };
    await expect(scene.platform.database.transaction((tx) => modules.seals.grantFor(tx, use))).rejects.toMatchObject({
      error: 'SEAL_GRANT_EXPIRED',
    });
  });

  it('may end before the grant that was given by it', async () => {
    const { url } = await askForGrant(scene.client, 'buyer');
    await grantOnPage(url);
    scene.clock.advance({ days: 8 });
    const page = await openGrantPage(url);

    expect(await page.look()).toMatchObject({ step: 'granted', status: 'authorized', mayCancel: false });
    expect(await page.cancel()).toMatchObject({ status: 410, body: { error: 'LINK_EXPIRED' } });
    expect(await page.look()).toMatchObject({ status: 'authorized' });
  });
});

describe('the grant page', () => {
  it('is closed to links of another purpose, and its own link opens no other page', async () => {
    const contractId = await scene.start([{ accountId: 'buyer' }]);
    const signing = await openPage(await scene.linkOf(contractId, 'buyer'));
    const granting = await openGrantPage((await askForGrant(scene.client, 'buyer')).url);

    const answers = await Promise.all([
      signing.get('/grant'),
      signing.post('/grant/code'),
      signing.post('/grant/confirm', { code: '000000' }),
      signing.post('/grant/cancel'),
      granting.get('/sign'),
      granting.post('/sign/code', { purpose: 'intent' }),
    ]);

    expect(answers.map(({ status, body }) => [status, (body as { error?: string }).error])).toEqual(
      Array(6).fill([404, 'LINK_UNKNOWN']),
    );
  });

  it.each([
    ['no session', {}],
    ['an invented one', { Authorization: `Bearer ${'A'.repeat(43)}` }],
  ])('is closed to calls with %s', async (_, headers) => {
    const call = (path: string) => fetch(`${scene.platform.url}/page-api${path}`, { method: 'POST', headers });

    const answers = await Promise.all(['/grant/code', '/grant/confirm', '/grant/cancel'].map(call));

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it.each([{}, { code: '12345' }, { code: 'abcdef' }, { code: 123456 }, { code: null }])(
    'refuses what is no code: %j',
    async (body) => {
      const page = await openGrantPage((await askForGrant(scene.client, 'buyer')).url);

      expect(await page.post('/grant/confirm', body)).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
    },
  );

  it('of one app is nothing that another app can end', async () => {
    const { authorizeCode, url } = await askForGrant(scene.client, 'buyer');
    const stranger = clientOf(scene.platform, await scene.platform.createApp());

    await expect(stranger.seals.cancelGrant({ authorizeCode })).rejects.toMatchObject({ code: 'oc_20502' });

    expect(await (await openGrantPage(url)).look()).toMatchObject({ status: 'pending' });
  });
});
