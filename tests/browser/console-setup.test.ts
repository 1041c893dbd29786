/** From the link that the server prints to the first call of the first app. */
import { spawn } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { openPage, startBrowser } from './browser.ts';

let platform: TestPlatform;
let browser: Browser;

beforeAll(async () => {
  platform = await startTestPlatform();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

describe('a new installation', () => {
  it('makes its first account by the printed link, and an app whose sample call works as it stands', async () => {
    const { page, complaints, context, picture } = await openPage(browser, { screen: 'desktop' });
    await page.goto((await platform.modules.operators.setupLink()) ?? '');
    await page.getByLabel('账号', { exact: true }).fill('olivia');
    await page.getByLabel('密码', { exact: true }).fill('olivia is my name');
    await page.getByText('密码不能包含账号名').waitFor();
    await page.getByLabel('密码', { exact: true }).fill('correct horse battery');
    await page.getByLabel('再次输入密码').fill('correct horse battery');
    expect(new URL(page.url()).hash).toBe('');
    await picture('console-setup');
    await page.getByRole('button', { name: '创建并登录' }).click();

    await page.getByRole('button', { name: '新建应用' }).click();
    await page.getByLabel('应用名称').fill('第一个应用');
    await page.getByRole('switch', { name: '严格签名模式' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '新建应用' }).click();
    const secret = (await page.locator('[data-secret=AppSecret]').textContent()) ?? '';
    const sample = (await page.locator('.code-sample code').textContent()) ?? '';
    await picture('console-secrets');

    expect(await runInShell(sample, secret)).toMatchObject({ result: { list: [], total: 0 }, success: true });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('sends a late comer with the link to the login', async () => {
    const { page, context } = await openPage(browser, { screen: 'desktop' });
    await page.goto(`${platform.url}/console/setup#code=old`);

    await page.getByRole('heading', { name: '登录控制台' }).waitFor();
    await context.close();
  });
});

/** As somebody would paste it, with the secret typed where it asks for it. */
function runInShell(sample: string, secret: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-c', sample], { stdio: ['pipe', 'pipe', 'ignore'] });
    let answer = '';
    shell.stdout.on('data', (piece: Buffer) => {
      answer += piece.toString();
    });
    shell.on('error', reject);
    shell.on('close', () => resolve(JSON.parse(answer || 'null')));
    shell.stdin.end(`${secret}\n`);
  });
}
