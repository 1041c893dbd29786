/** What a newcomer meets first. */
import { type AddressInfo, createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../apps/server/src/kernel/testing/test-database.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { startSecondServer } from '../gateway/second-server.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';

let browser: Browser;
let platform: TestPlatform;

beforeAll(async () => {
  [browser, platform] = await Promise.all([startBrowser(), startTestPlatform()]);
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

async function visit(options: PageOptions, url = platform.url): Promise<OpenPage> {
  const opened = await openPage(browser, options);
  await opened.page.goto(url);
  return opened;
}

describe('the first page of a sandbox', () => {
  it.each([
    ['phone', false],
    ['phone', true],
    ['desktop', false],
    ['desktop', true],
  ] as const)('is free of barriers and complaints (%s, dark: %s)', async (screen, dark) => {
    const { page, complaints, findBarriers, picture, context } = await visit({ screen, dark });
    await page.getByText('沙箱 · 无法律效力').waitFor();

    expect(await findBarriers()).toEqual([]);
    expect(complaints).toEqual([]);
    await picture(`home-${screen}${dark ? '-dark' : ''}`);
    await context.close();
  });

  it('opens the signing page of a contract made for this visitor', async () => {
    const { page, context } = await visit({ screen: 'phone' });
    await page.getByLabel('您的姓名').fill('林知遥');
    await page.getByRole('button', { name: '在这台设备上签署' }).tap();
    await page.waitForURL(/\/sign\/[\w-]{20,}$/);

    await expect(page.getByText('电子签署体验协议').first().waitFor()).resolves.toBeUndefined();
    await context.close();
  });

  it('says how a phone could reach it while it listens on this computer only', async () => {
    const { page, context, findBarriers, picture } = await visit({ screen: 'desktop' });
    await page.getByRole('button', { name: '用手机扫码签署' }).click();

    await page.getByRole('dialog', { name: '手机现在还打不开这台电脑上的地址' }).waitFor();
    expect(await findBarriers()).toEqual([]);
    await picture('home-phone-unreachable');
    await context.close();
  });

  it('speaks English to an English browser', async () => {
    const { page, context } = await visit({ screen: 'desktop', language: 'en-US' });

    await page.getByRole('button', { name: 'Sign on this device' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await context.close();
  });

  it('refuses a name that is none and stays usable', async () => {
    const { page, context } = await visit({ screen: 'desktop' });
    await page.getByLabel('您的姓名').fill('<b>');
    await page.getByRole('button', { name: '在这台设备上签署' }).click();

    await page.getByRole('alert').filter({ hasText: '1 至 20 个汉字或字母' }).waitFor();
    expect(await page.getByRole('button', { name: '在这台设备上签署' }).isEnabled()).toBe(true);
    await context.close();
  });
});

describe('the first page of an installation that phones can reach', () => {
  it('shows a code that leads to the same contract', async () => {
    const port = String(await freePort());
    const environment = { PORT: port, SIGNET_PUBLIC_URL: 'http://signet.example:8080' };
    const reachable = await startTestPlatform({ environment });
    const { page, context, picture } = await visit({ screen: 'desktop' }, `http://127.0.0.1:${port}`);
    await page.getByRole('button', { name: '用手机扫码签署' }).click();

    const code = page.getByRole('dialog').getByRole('img');
    await code.waitFor();
    expect(await code.getAttribute('alt')).toMatch(/^http:\/\/signet\.example:8080\/sign\/[\w-]{20,}$/);
    await picture('home-code');
    await context.close();
    await reachable.close();
  });
});

describe('the first page in production', () => {
  it('offers no trial, nor does the server', async () => {
    const database = await createTestDatabase({ empty: true });
    const production = await startSecondServer(database.url, { environment: { SIGNET_MODE: 'production' } });
    const { page, context } = await visit({ screen: 'desktop' }, production.url);

    await page.getByRole('heading', { name: '签印正在运行' }).waitFor();
    expect(await page.getByRole('button', { name: '在这台设备上签署' }).count()).toBe(0);
    const asked = await fetch(`${production.url}/trial/contracts`, { method: 'POST' });
    expect(asked.status).toBe(404);
    await context.close();
    await production.close();
    await database.drop();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
