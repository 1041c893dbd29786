/** What surrounds the signing page: the app it returns to, and the page that embeds it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmbeddedPageMessage } from '@signet/protocol/page-api';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCast, signer } from '../signing-page/scene.ts';
import { useBrowser } from './page-scene.ts';

const { scene, visit } = useBrowser();
const PHONE = { screen: 'phone' } as const;

/** An app's own website: any path answers a page, which keeps what it is told. */
let website: Server;
let origin: string;
beforeAll(async () => {
  website = createServer((request, response) => {
    const frame = new URL(request.url ?? '/', 'http://localhost').searchParams.get('frame');
    const script = 'window.told = []; addEventListener("message", (e) => told.push({ origin: e.origin, ...e.data }));';
    const body = `<title>app</title><script>${script}</script>${frame ? `<iframe src="${frame}" width="375" height="780"></iframe>` : '<h1>welcome back</h1>'}`;
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(body);
  });
  await once(website.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
});
afterAll(() => void website.close());

async function linkWithReturn(businessCode: string, delaySeconds: number): Promise<string> {
  const contractId = await scene.start([signer('buyer')], { businessCode });
  const { signUrl } = await scene.client.contracts.getSignUrl({
    ...{ contractId, accountId: 'buyer' },
    redirectConfig: { redirectUrl: `${origin}/done?from=signet`, redirectDelayTime: delaySeconds },
  });
  return signUrl;
}

async function sign(page: Page | FrameLocator): Promise<void> {
  await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
  await page.getByRole('button', { name: '阅读并继续' }).click();
  await page.getByRole('button', { name: '去签署处' }).click();
  await page.getByRole('button', { name: '确认签署' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: '确认签署' }).click();
}

describe('the way back to the app', () => {
  it('is taken after the time the app asked for, with how it ended', async () => {
    const { page, picture, findBarriers } = await visit(await linkWithReturn('ORDER-7', 4), PHONE);
    await sign(page);
    await page.getByText(/^\d 秒后自动返回/).waitFor();
    await picture('sign-return');
    expect(await findBarriers()).toEqual([]);

    await page.waitForURL(/\/done/);

    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ from: 'signet', businessCode: 'ORDER-7', status: 'finished' },
      contractId: expect.stringMatching(/^\d+$/),
    });
  });

  it('is not taken by itself once the person wants to stay, but can be taken', async () => {
    const { page } = await visit(await linkWithReturn('ORDER-8', 6), PHONE);
    await sign(page);
    await page.getByRole('button', { name: '留在本页' }).tap();
    await page.waitForTimeout(6_500);
    expect(page.url()).toContain('/sign/');

    await page.getByRole('button', { name: '返回「test」' }).tap();

    await page.waitForURL(/\/done/);
  });

  it('is not taken when somebody opens an old link to see the result', async () => {
    const link = await linkWithReturn('ORDER-9', 0);
    const { page } = await visit(link, PHONE);
    await sign(page);
    await page.waitForURL(/\/done/);

    await page.goto(link);
    await page.getByRole('heading', { name: '您已签署' }).waitFor();
    await page.waitForTimeout(1_000);

    expect(page.url()).toBe(link);
  });
});

describe('a page that embeds ours', () => {
  const toldTo = (page: Page) =>
    page.evaluate(() => (window as unknown as { told: (EmbeddedPageMessage & { origin: string })[] }).told);

  it('is told each step and the end, when the app has registered it', async () => {
    const app = await scene.platform.createApp({ embeddingOrigins: [origin] });
    const cast = await createCast(scene.platform, app);
    const contractId = await cast.start([signer('buyer')]);
    const link = await cast.linkOf(contractId, 'buyer');
    const { page, complaints } = await visit(`${origin}/?frame=${encodeURIComponent(link)}`, PHONE);

    await sign(page.frameLocator('iframe'));
    await page.frameLocator('iframe').getByRole('heading', { name: '您已签署' }).waitFor();

    const told = await toldTo(page);
    expect(told.map(({ event, step, status }) => [event, step, status])).toEqual([
      ['opened', 'consent', null],
      ['step', 'place', null],
      ['step', 'closed', 'signed'],
      ['closed', 'closed', 'signed'],
    ]);
    expect(told.every((each) => each.source === 'signet' && each.contractId === contractId)).toBe(true);
    expect(told.every((each) => each.origin === scene.platform.url)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('is neither shown nor told anything when the app has not registered it', async () => {
    const app = await scene.platform.createApp({ embeddingOrigins: ['https://elsewhere.example'] });
    const cast = await createCast(scene.platform, app);
    const link = await cast.linkOf(await cast.start([signer('buyer')]), 'buyer');

    const { page, complaints } = await visit(`${origin}/?frame=${encodeURIComponent(link)}`, PHONE);

    await expect.poll(() => complaints.join()).toMatch(/frame-ancestors|violates/);
    expect(await toldTo(page)).toEqual([]);
  });
});

describe('code that does not come', () => {
  it('is said, and loaded again when asked', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page, picture } = await visit('about:blank', PHONE);
    await page.route('**/assets/libraries-*', (route) => route.abort());
    await page.goto(await scene.linkOf(contractId, 'buyer'));
    await page.getByRole('alert').getByText('页面没有加载完整').waitFor();
    await picture('sign-unloaded');

    await page.unroute('**/assets/libraries-*');
    await page.getByRole('button', { name: '重新加载' }).click();

    await page.getByRole('button', { name: '阅读并继续' }).waitFor();
  });
});
