import { describe, expect, it } from 'vitest';
import { callJson } from '../gateway/wire-client.ts';
import { onePage } from '../hostile/hostile-files.ts';
import { clientOf } from '../journeys/people.ts';
import { AGREED, openPage } from './page.ts';
import { createCast, type StartInput, signer, useScene } from './scene.ts';

const scene = useScene({ redirectSchemes: ['leaseapp'] });

const DAY_MS = 86_400_000;

/** `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai, so many days from now. */
function inDays(days: number): string {
  const shanghai = new Date(scene.clock.now().getTime() + days * DAY_MS + 8 * 3_600_000);
  return shanghai.toISOString().slice(0, 19).replace('T', ' ');
}

const redirecting = (redirectUrl: string): Partial<StartInput> => ({
  signFlowConfig: { redirectConfig: { redirectUrl, redirectDelayTime: 7 } },
});

describe('a contract that wants pages to return to a bad address', () => {
  it('is refused when it is started, by the field', async () => {
    const starting = scene.start([signer('buyer')], redirecting('javascript:alert(1)'));

    await expect(starting).rejects.toMatchObject({
      code: '400',
      message: expect.stringContaining('signFlowConfig.redirectConfig.redirectUrl'),
    });
  });
});

describe('a signing link', () => {
  it.each(['getSignUrl', 'signUrl', 'getUrl'])('is answered by /open/contract/%s', async (name) => {
    const contractId = await scene.start([signer('buyer')]);
    const wireApp = { url: scene.platform.url, ...scene.app };

    const { body } = await callJson(wireApp, `/open/contract/${name}`, { contractId, accountId: 'buyer' });

    const { signUrl, url } = body.result as { signUrl: string; url: string };
    expect(signUrl).toMatch(new RegExp(`^${scene.platform.url}/sign/[\\w-]{24}$`));
    expect(url).toBe(signUrl);
  });

  it('tells nothing about whom or what it is for', async () => {
    const contractId = await scene.start([signer('buyer')], { businessCode: 'LEASE-7' });

    const { signUrl } = await scene.client.contracts.getSignUrl({ businessCode: 'LEASE-7', accountId: 'buyer' });

    expect(signUrl).not.toMatch(new RegExp(`${contractId}|buyer|LEASE`));
    expect(await (await openPage(signUrl)).state()).toMatchObject({ contract: { contractId } });
  });

  it('lives as long as the contract unless told otherwise', async () => {
    const signDeadline = inDays(30);
    const contractId = await scene.start([signer('buyer')], { signFlowConfig: { signDeadline } });

    const { expirationTime } = await scene.client.contracts.getSignUrl({ contractId, accountId: 'buyer' });

    expect(expirationTime).toBe(signDeadline);
  });

  it('lives as long as its party when that is shorter', async () => {
    const signDeadline = inDays(5);
    const contractId = await scene.start([signer('buyer', { signDeadline })]);

    const { expirationTime } = await scene.client.contracts.getSignUrl({ contractId, accountId: 'buyer' });

    expect(expirationTime).toBe(signDeadline);
  });

  it('lives as long as the caller says', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const expirationTime = inDays(1);

    const link = await scene.client.contracts.getSignUrl({ contractId, accountId: 'buyer', expirationTime });

    expect(link).toMatchObject({ expirationTime });
  });

  it('of a contract that is over shows the outcome for a week', async () => {
    const contractId = await scene.start([signer('buyer')]);
    await scene.client.contracts.revoke({ contractId });

    const link = await scene.client.contracts.getSignUrl({ contractId, accountId: 'buyer' });

    expect(link.expirationTime.slice(0, 16)).toBe(inDays(7).slice(0, 16));
    expect(await (await openPage(link.signUrl)).state()).toMatchObject({ step: 'closed', outcome: 'withdrawn' });
  });

  it.each([
    ['of the past', () => inDays(-1)],
    ['more than a year away', () => inDays(380)],
    ['that is none', () => 'tomorrow'],
  ])('is refused with an end %s', async (_, expirationTime) => {
    const contractId = await scene.start([signer('buyer')]);
    const asked = { contractId, accountId: 'buyer', expirationTime: expirationTime() };

    await expect(scene.client.contracts.getSignUrl(asked)).rejects.toMatchObject({
      code: '400',
      msg: expect.stringContaining('expirationTime'),
    });
  });

  it('is refused to whom is no party, and for a contract that nobody knows', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { getSignUrl } = scene.client.contracts;

    await expect(getSignUrl({ contractId, accountId: 'seller' })).rejects.toMatchObject({ code: 'oc_40005' });
    await expect(getSignUrl({ contractId: '1826308351162959683', accountId: 'buyer' })).rejects.toMatchObject({
      code: 'oc_40006',
    });
    await expect(getSignUrl({ accountId: 'buyer' })).rejects.toMatchObject({ code: '400' });
  });

  it('is refused to another app', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const stranger = clientOf(scene.platform, await scene.platform.createApp());

    await expect(stranger.contracts.getSignUrl({ contractId, accountId: 'buyer' })).rejects.toMatchObject({
      code: 'oc_40006',
    });
  });

  it('does not exist for a party that signs silently', async () => {
    const { authorizeCode } = await scene.client.sandbox.grantSeal({ accountId: 'acme' });
    const signFields = [
      { fileCode: scene.fileCode, authorizeCode, signFieldPosition: { positionPage: 1, positionX: 90, positionY: 90 } },
    ];
    const contractId = await scene.start([signer('acme', { signFields }), signer('buyer')]);

    await expect(scene.client.contracts.getSignUrl({ contractId, accountId: 'acme' })).rejects.toMatchObject({
      code: 'oc_40506',
    });
  });
});

describe('a link whose time is over', () => {
  it('opens nothing while the party has something to do', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const asked = { contractId, accountId: 'buyer', expirationTime: inDays(1) };
    const { signUrl } = await scene.client.contracts.getSignUrl(asked);
    scene.clock.advance({ days: 2 });

    const page = await openPage(signUrl);

    expect(await page.get('/sign')).toMatchObject({ status: 410, body: { error: 'LINK_EXPIRED' } });
    const commands: [string, object][] = [
      ['/sign/code', { purpose: 'intent' }],
      ['/sign/consent', AGREED],
      ['/sign/seal', { by: 'typing', keep: false }],
      ['/sign/intent', { code: '123456' }],
      ['/sign/confirm', {}],
      ['/sign/identify', { code: '123456' }],
      ['/sign/decline', { reason: '晚了' }],
      ['/sign/download', {}],
    ];
    const refusals = await Promise.all(commands.map(([path, body]) => page.post<{ error?: string }>(path, body)));
    expect(refusals.map(({ status, body }) => [status, body.error])).toEqual(commands.map(() => [410, 'LINK_EXPIRED']));
    expect((await page.bytes(scene.fileCode, 1)).status).toBe(410);
    expect((await scene.evidenceOf(contractId)).map(({ kind }) => kind)).toEqual(['link-issued']);
  });

  it('still tells how it ended, without the documents', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    const asked = { contractId, accountId: 'buyer', expirationTime: inDays(1) };
    const { signUrl } = await scene.client.contracts.getSignUrl(asked);
    await (await openPage(signUrl)).sign();
    scene.clock.advance({ days: 2 });

    const page = await openPage(signUrl);

    expect(await page.state()).toMatchObject({ step: 'closed', outcome: 'signed', files: [], places: [] });
    expect((await page.bytes(scene.fileCode, 2)).status).toBe(410);
  });
});

describe('where the page goes when it is done', () => {
  it.each([
    ['the contract says', {}, 'https://example.com/done?from=signet&', 7],
    ['the call says', { redirectUrl: 'leaseapp://done' }, 'leaseapp://done?', 3],
  ])('is what %s', async (_, ofCall, expected, delaySeconds) => {
    const businessCode = `order ${expected}`;
    const ofContract = redirecting('https://example.com/done?from=signet');
    const contractId = await scene.start([signer('buyer')], { businessCode, ...ofContract });
    const asked = { contractId, accountId: 'buyer', redirectConfig: ofCall };
    const page = await openPage((await scene.client.contracts.getSignUrl(asked)).signUrl);

    expect((await page.state()).redirect).toBeNull();
    const { redirect } = await page.sign();

    const query = new URLSearchParams({ businessCode, contractId, status: 'finished' });
    expect(redirect).toEqual({ url: `${expected}${query}`, delaySeconds });
  });

  it.each([
    ['rejected', (page: Awaited<ReturnType<typeof openPage>>) => page.done('/sign/decline', { reason: '金额有误' })],
    [
      'cancelled',
      async (page: Awaited<ReturnType<typeof openPage>>, contractId: string) => {
        await scene.client.contracts.revoke({ contractId });
        return page.state();
      },
    ],
  ])('is told %s', async (status, end) => {
    const contractId = await scene.start([signer('buyer')], redirecting('https://example.com/done'));
    const page = await scene.open(contractId, 'buyer');

    const { redirect } = await end(page, contractId);

    expect(new URL(redirect?.url ?? '').searchParams.get('status')).toBe(status);
  });

  it.each(['javascript:alert(1)', 'otherapp://done', 'https://user:pass@example.com', 'nowhere'])(
    'is never %s',
    async (redirectUrl) => {
      const contractId = await scene.start([signer('buyer')]);
      const asked = { contractId, accountId: 'buyer', redirectConfig: { redirectUrl } };

      await expect(scene.client.contracts.getSignUrl(asked)).rejects.toMatchObject({
        code: '400',
        msg: expect.stringContaining('redirectUrl'),
      });
    },
  );
});

describe('a session', () => {
  it('of a grant link opens no contract', async () => {
    const { sealId } = await scene.client.persons.get({ accountId: 'buyer' });
    const { url } = await scene.client.seals.getGrantUrl({ accountId: 'buyer', sealId: sealId ?? '' });
    const page = await openPage(url);

    expect(await page.get('/sign')).toMatchObject({ status: 404, body: { error: 'LINK_UNKNOWN' } });
    expect((await page.bytes(scene.fileCode, 1)).status).toBe(404);
  });

  it('shows no file of another contract, nor one of another app', async () => {
    const other = await createCast(scene.platform, await scene.platform.createApp());
    const { fileCode: unused } = await scene.client.files.upload({ file: onePage(), fileName: 'other.pdf' });
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');

    const found = await Promise.all([other.fileCode, unused].map((fileCode) => page.bytes(fileCode, 0)));

    expect(found.map(({ status }) => status)).toEqual([409, 409]);
  });

  it('ends with the app', async () => {
    const app = await scene.platform.createApp();
    const cast = await createCast(scene.platform, app);
    const page = await cast.open(await cast.start([signer('buyer')]), 'buyer');
    await scene.platform.modules.apps.set(app.appKey, { enabled: false });

    expect(await page.get('/sign')).toMatchObject({ status: 404, body: { error: 'LINK_UNKNOWN' } });
  });

  it('is opened by no other word', async () => {
    await expect(openPage(`${scene.platform.url}/sign/abcdefghijklmnopqrstuvwx`)).rejects.toThrow('LINK_UNKNOWN');
  });
});
