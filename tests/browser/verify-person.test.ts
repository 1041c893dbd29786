/** 个人实名认证 as people meet it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  LI_NA,
  LI_NA_CARD,
  startVerificationScene,
  type VerificationScene,
  ZHANG_SAN,
} from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';

const TIME = 90_000;
const PHONE = { screen: 'phone' } as const;

let scene: VerificationScene;
let browser: Browser;
const opened: OpenPage[] = [];
beforeAll(async () => {
  [scene, browser] = await Promise.all([startVerificationScene(), startBrowser()]);
}, TIME);
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser.close();
  await scene.close();
});

type PageInput = Parameters<VerificationScene['client']['verification']['getPersonPage']>[0];

async function visit(input: Partial<PageInput> = {}, options: PageOptions = PHONE) {
  const link = await scene.client.verification.getPersonPage({ integrationConfig: { clientType: 'h5' }, ...input });
  const found = await openPage(browser, options);
  opened.push(found);
  await found.page.goto(link.url);
  return { ...found, flowNo: link.flowNo };
}

async function agree(page: Page): Promise<void> {
  await page.getByLabel('我同意为实名认证使用上述个人信息').check();
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.getByRole('heading', { name: '填写您的信息' }).waitFor();
}

async function fill(page: Page, { name, idNumber, mobile }: typeof ZHANG_SAN): Promise<void> {
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('证件号码').fill(idNumber);
  await page.getByRole('textbox', { name: '手机号' }).fill(mobile);
}

async function passCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: '完成验证' }).click();
}

describe('the page on which a person is verified', { timeout: TIME }, () => {
  it('leads a person with a phone from consent to the result, free of barriers at every step', async () => {
    const { page, findBarriers, picture, complaints, flowNo } = await visit({
      pageConfig: { psnDefaultAuthMode: 'mobile' },
    });
    await page.getByRole('heading', { name: '开始之前' }).waitFor();
    await picture('verify-person-consent');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText('请先勾选同意，再继续').waitFor();
    await agree(page);
    await picture('verify-person-facts');
    expect(await findBarriers()).toEqual([]);
    await fill(page, ZHANG_SAN);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '确认手机号' }).waitFor();
    await picture('verify-person-code');
    expect(await findBarriers()).toEqual([]);

    await page.reload();
    await passCode(page);

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    await picture('verify-person-passed');
    expect(await findBarriers()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed' });
    expect(complaints).toEqual([]);
  });

  it('verifies by bank card in the dark, and says what is wrong with a number while it is typed', async () => {
    const options = { screen: 'desktop', dark: true } as const;
    const { page, findBarriers, picture } = await visit({}, options);
    await agree(page);
    await page.getByRole('radio', { name: '银行卡' }).check();
    await fill(page, LI_NA);
    await page.getByLabel('证件号码').fill('310101198804120027');
    await page.getByLabel('银行卡号').fill('6222020200000000023');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('身份证号不正确，请逐位核对').waitFor();
    await page.getByText('银行卡号不正确，请照卡面逐位核对').waitFor();
    expect(await page.getByLabel('证件号码').evaluate((field) => field === document.activeElement)).toBe(true);
    await picture('verify-person-problems-dark');
    expect(await findBarriers()).toEqual([]);

    await fill(page, LI_NA);
    await page.getByLabel('银行卡号').fill(LI_NA_CARD);
    await page.getByRole('button', { name: '下一步' }).click();
    await passCode(page);

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
  });

  it('tells that facts differ and how many tries are left, keeps what was typed, and ends after the last', async () => {
    const { page, picture, findBarriers } = await visit({ pageConfig: { psnAvailableAuthModes: ['mobile'] } });
    await agree(page);
    await fill(page, { ...ZHANG_SAN, name: '张四' });
    for (const left of [4, 3, 2, 1]) {
      await page.getByRole('button', { name: '下一步' }).click();
      await page.getByText(`还可以再试 ${left} 次。`).waitFor();
      expect(await page.getByLabel('姓名').inputValue()).toBe('张四');
    }
    await picture('verify-person-differ');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('button', { name: '下一步' }).click();

    await page.getByRole('heading', { name: '认证未通过' }).waitFor();
    await picture('verify-person-failed');
  });

  it('says in English too that a link opens nothing', async () => {
    const found = await openPage(browser, { screen: 'phone', language: 'en-US' });
    opened.push(found);
    await found.page.goto(`${scene.platform.url}/verify-person/${'A'.repeat(24)}`);

    await found.page.getByRole('heading', { name: 'This link does not open' }).waitFor();
    expect(await found.findBarriers()).toEqual([]);
  });
});
