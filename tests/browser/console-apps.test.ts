/** What is done to apps and accounts in the console. */
import { describe, expect, it } from 'vitest';
import { OWNER } from '../console-api/console-client.ts';
import { button, heading, useConsolePages } from './console-scene.ts';

const scene = useConsolePages();
const consoleUrl = (path = '') => `${scene.operators.platform.url}/console${path}`;

describe('an app', () => {
  it('is created with secrets that are shown once and must be confirmed as stored', async () => {
    const { page } = await scene.visit('operator', '/apps');
    await button(page, '新建应用').click();
    await page.getByLabel('应用名称').fill('采购签约');
    await page.getByRole('switch', { name: '静默签署' }).click();
    await page.getByRole('switch', { name: '严格签名模式' }).click();
    await page.getByLabel('回调地址').fill(scene.inbox.url);
    await button(page, '全选').click();
    await page.getByRole('dialog').getByRole('button', { name: '新建应用' }).click();

    await page.getByText('仅显示这一次').waitFor();
    const secret = (await page.locator('[data-secret=AppSecret]').textContent()) ?? '';
    const appKey = (await page.locator('[data-secret=AppKey]').textContent()) ?? '';
    expect(await button(page, '完成').isDisabled()).toBe(true);
    await page.getByLabel('我已保存到安全的地方').check();
    await button(page, '完成').click();
    await heading(page, '采购签约').waitFor();

    expect(page.url()).toBe(consoleUrl(`/apps/${appKey}`));
    expect(await page.content()).not.toContain(secret);
    const found = await scene.operators.platform.modules.apps.findByKey(appKey);
    expect(found).toMatchObject({ silentSigning: true, strict: false, callbackUrl: scene.inbox.url });
  });

  it('keeps changes until they are saved, and sends the changed ones only', async () => {
    const { cast } = scene;
    const { page } = await scene.visit('operator', `/apps/${cast.app.appKey}`);
    await page.getByLabel('可嵌入的来源').fill('https://shop.example\n');
    await page.getByText('1 项更改尚未保存').waitFor();
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await button(page, '保存').click();
    await page.getByText('已保存', { exact: true }).waitFor();

    expect((await sent).postDataJSON()).toEqual({ embeddingOrigins: ['https://shop.example'] });
    expect(await page.getByText('尚未保存').count()).toBe(0);
  });

  it('does not undo what somebody else has changed meanwhile', async () => {
    const { cast, operators } = scene;
    const { page } = await scene.visit('operator', `/apps/${cast.app.appKey}`);
    await page.getByRole('switch', { name: '先核验再看合同' }).waitFor();
    await operators.owner.done('/login', OWNER);
    await operators.owner.done(`/apps/${cast.app.appKey}`, { requestsPerMinute: 5_000 });
    // The answer brings the newest settings.
    await button(page, '轮换密钥：回调密钥').click();
    await page.getByRole('dialog').getByRole('button', { name: '轮换' }).click();
    await page.getByLabel('我已保存到安全的地方').check();
    await button(page, '完成').click();
    await page.getByRole('switch', { name: '先核验再看合同' }).click();
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await button(page, '保存').click();

    expect((await sent).postDataJSON()).toEqual({ checkBeforeReading: true });
    await page.getByText('已保存', { exact: true }).waitFor();
  });

  it('shows what the server refused beside the button, and loses nothing of what was typed', async () => {
    const { page } = await scene.visit('operator', `/apps/${scene.cast.app.appKey}`);
    await page.getByLabel('IP 白名单').fill('10.0.0.0/8\nnowhere');
    await button(page, '保存').click();

    await page.getByRole('alert').getByText('应为IP地址或网段').waitFor();
    expect(await page.getByLabel('IP 白名单').inputValue()).toBe('10.0.0.0/8\nnowhere');
  });

  it('has its callback address tested', async () => {
    const { page } = await scene.visit('developer', `/apps/${scene.cast.app.appKey}`);
    await button(page, '连通性测试').click();
    await page.getByText(/连通:?：?HTTP 200/).waitFor();

    await page.getByLabel('回调地址').fill('https://elsewhere.example/');
    await page.getByText('保存后再测试').waitFor();
    expect(await button(page, '连通性测试').isDisabled()).toBe(true);
  });

  it('rotates a secret with both valid for a day', async () => {
    const { page } = await scene.visit('developer', `/apps/${scene.cast.app.appKey}`);
    await button(page, '轮换密钥：回调密钥').click();
    await page.getByRole('dialog').getByRole('button', { name: '轮换' }).click();
    const shown = page.locator('[data-secret=回调密钥]');
    await shown.waitFor();
    expect(await shown.textContent()).toMatch(/^whsec_/);
    await page.getByLabel('我已保存到安全的地方').check();
    await button(page, '完成').click();

    await page.getByText('旧密钥有效至').waitFor();
  });
});

describe('accounts', () => {
  it('that are locked are unlocked by an owner', async () => {
    const { operators } = scene;
    const { name, password } = await operators.member('developer');
    const guesser = operators.browser();
    for (const attempt of ['1', '2', '3', '4', '5']) await guesser.logIn(name, `wrong password ${attempt}`);
    expect((await guesser.logIn(name, password)).body.error).toBe('ACCOUNT_LOCKED');
    const { page } = await scene.visit('owner', '/operators');
    await page.getByRole('row', { name }).getByText('已锁定').waitFor();

    await button(page, `“${name}”的操作`).click();
    await page.getByRole('menuitem', { name: '解除锁定' }).click();
    await page.getByRole('row', { name }).getByText('可用').waitFor();

    expect((await guesser.logIn(name, password)).status).toBe(200);
  });

  it('are created, disabled and reset by an owner', async () => {
    const { page } = await scene.visit('owner', '/operators');
    await button(page, '新建账号').click();
    await page.getByRole('dialog').getByLabel('账号', { exact: true }).fill('Petra');
    await page.getByRole('radio', { name: /审核员/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: '新建账号' }).click();
    await page.locator('[data-secret=临时密码]').waitFor();
    await page.getByLabel('我已保存到安全的地方').check();
    await button(page, '完成').click();
    const row = page.getByRole('row', { name: /petra/ });
    await row.getByText('待换密码').waitFor();

    await button(page, '“petra”的操作').click();
    await page.getByRole('menuitem', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await row.getByText('已停用').waitFor();
    await button(page, '“petra”的操作').click();
    await page.getByRole('menuitem', { name: '重置密码' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重置密码' }).click();
    await page.locator('[data-secret=临时密码]').waitFor();
  });
});
