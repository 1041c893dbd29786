/** Every page of the console in its states: no barriers, nothing wider than the screen, and a picture for people to look at. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { signer } from '../signing-page/scene.ts';
import type { OpenPage, PageOptions } from './browser.ts';
import { useConsolePages } from './console-scene.ts';

const scene = useConsolePages();
const ids = { signed: '', open: '' };

beforeAll(async () => {
  const { cast, inbox } = scene;
  ids.signed = await cast.start([signer('buyer'), signer('acme')], {
    contractName: '城西店房屋租赁合同（2026 年度）',
    businessCode: 'LEASE-2026-0117',
    attachmentFiles: [{ fileCode: cast.attachment }],
  });
  await cast.client.sandbox.sign({ contractId: ids.signed, accountId: 'buyer' });
  await cast.client.sandbox.sign({ contractId: ids.signed, accountId: 'acme' });
  await inbox.find(({ json }) => json.contractStatus === 'finished');
  inbox.answerWith(() => ({ status: 503, body: '{"error":"maintenance"}' }));
  ids.open = await cast.start([signer('buyer'), signer('seller')], { contractName: '设备采购框架协议' });
  await cast.client.sandbox.refuse({ contractId: ids.open, accountId: 'buyer', reason: '交货日期有误' });
  await cast.start([signer('seller')], { contractName: '劳动合同', businessCode: 'HR-77' });
  await cast.client.sms.sendCode({ phone: '13800000001' });
});

const PAGES = {
  apps: { path: () => '/apps', shown: '门店签约' },
  app: { path: () => `/apps/${scene.cast.app.appKey}`, shown: '只有当前密钥有效' },
  contracts: { path: () => '/contracts', shown: '劳动合同' },
  contract: { path: () => `/contracts/${ids.signed}`, shown: '各方签署完毕，合同完成' },
  callbacks: { path: () => '/callbacks', shown: '签署方签署结果' },
  'callbacks-nothing': { path: () => '/callbacks?status=dead', shown: '没有符合条件的记录' },
  'sandbox-people': { path: () => '/sandbox', shown: '手机号的实名信息与本人不一致' },
  'sandbox-messages': { path: () => `/sandbox?tab=messages&appId=${scene.cast.app.id}`, shown: '内容' },
  accounts: { path: () => '/operators', shown: 'olivia' },
  audit: { path: () => '/audit', shown: '198.51.' },
} as const;

type Name = keyof typeof PAGES;
const NAMES = Object.keys(PAGES).map((name) => [name as Name] as const);

async function show(name: Name, options: Partial<PageOptions> = {}): Promise<OpenPage> {
  const { path, shown } = PAGES[name];
  const opened = await scene.visit('owner', path(), options);
  await opened.page.getByText(shown).first().waitFor();
  await settle(opened.page);
  return opened;
}

/** Fonts and the last answers. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready');
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe.each(NAMES)('the page “%s”', (name) => {
  it('has no barriers in the light and, when the evening comes, in the dark', async () => {
    const { page, findBarriers, picture } = await show(name);
    await picture(`console-${name}`);
    expect(await findBarriers()).toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator(':root[data-theme="dark"]').waitFor();
    await settle(page);
    await picture(`console-${name}-dark`);
    expect(await findBarriers()).toEqual([]);
  });

  it('fits a phone', async () => {
    const { page, findBarriers, picture } = await show(name, { screen: 'phone' });
    await picture(`console-${name}-phone`);

    expect(await widthOf(page)).toBe(375);
    expect(await findBarriers()).toEqual([]);
  });
});

describe('the evidence of a contract', () => {
  it('is a time line whose entries open', async () => {
    const { page, findBarriers, picture } = await show('contract');
    await page.getByText('内容', { exact: true }).nth(1).click();
    await page.getByText('各方签署完毕，合同完成').scrollIntoViewIfNeeded();
    await picture('console-evidence');

    expect(await findBarriers()).toEqual([]);
  });
});

describe('what opens above a page', () => {
  it('the drawer of a new app has no barriers', async () => {
    const { page, findBarriers, picture } = await show('apps');
    await page.getByRole('button', { name: '新建应用' }).click();
    await page.getByLabel('应用名称').waitFor();
    await picture('console-new-app');

    expect(await findBarriers()).toEqual([]);
  });

  it('the drawer of a callback has no barriers', async () => {
    const { page, findBarriers, picture } = await show('callbacks');
    await page.getByRole('button', { name: '签署方签署结果' }).first().click();
    await page.getByText('HTTP 503').first().waitFor();
    await picture('console-callback');

    expect(await findBarriers()).toEqual([]);
  });

  it('the document of a contract has no barriers', async () => {
    const { page, findBarriers, picture } = await show('contract', { dark: true });
    await page
      .getByRole('button', { name: /^查看“/ })
      .first()
      .click();
    await page.locator('.page-box[data-page="1"] canvas').waitFor();
    await settle(page);
    await picture('console-document-dark');

    expect(await findBarriers()).toEqual([]);
  });

  it('the dialog that sends a period again has no barriers', async () => {
    const { page, findBarriers, picture } = await show('callbacks');
    await page.getByRole('button', { name: '按时间段重发' }).click();
    await page.getByRole('dialog').waitFor();
    await picture('console-resend');

    expect(await findBarriers()).toEqual([]);
  });

  it('the dialog of a new account has no barriers', async () => {
    const { page, findBarriers, picture } = await show('accounts');
    await page.getByRole('button', { name: '新建账号' }).click();
    await page.getByRole('radio', { name: /审计员/ }).waitFor();
    await picture('console-new-account');

    expect(await findBarriers()).toEqual([]);
  });

  it('the navigation of a phone has no barriers and goes where it says', async () => {
    const { page, findBarriers, picture } = await show('contracts', { screen: 'phone' });
    await page.getByRole('button', { name: '打开导航' }).click();
    await page.getByRole('link', { name: '审计日志' }).waitFor();
    await picture('console-navigation-phone');

    expect(await findBarriers()).toEqual([]);
    await page.getByRole('link', { name: '审计日志' }).click();
    await page.getByRole('heading', { name: '审计日志' }).waitFor();
  });
});

describe('somebody who reads English', () => {
  it.each(NAMES)('reads the page “%s” without a Chinese heading', async (name) => {
    const { path } = PAGES[name];
    const { page, picture } = await scene.visit('owner', path(), { language: 'en-US' });
    await settle(page);
    await picture(`console-${name}-en`);

    const said = await page.locator('h1, h2, th, label, nav, .page-heading p, .saved-filters button').allTextContents();
    expect(said.filter((text) => /\p{Script=Han}/u.test(text) && !NAMES_OF_PEOPLE.test(text))).toEqual([]);
  });
});

/** What parties and apps are called stays as it is. */
const NAMES_OF_PEOPLE = /城西店|门店签约/;

describe('the keyboard alone', () => {
  it('skips to the content, opens a row and comes back', async () => {
    const { page } = await show('contracts');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '劳动合同' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '劳动合同' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

    await page.goBack();
    await page.getByRole('link', { name: '劳动合同' }).waitFor();
  });

  it('closes a drawer with Escape and stands where it stood before', async () => {
    const { page } = await show('callbacks');
    const opener = page.getByRole('button', { name: '合同状态变更' }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    expect(new URL(page.url()).searchParams.has('open')).toBe(false);
  });
});
