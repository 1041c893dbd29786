/** 企业实名认证 as agents meet it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  LI_NA,
  startVerificationScene,
  type VerificationScene,
  ZHANG_SAN,
} from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';

const TIME = 90_000;
const PHONE = { screen: 'phone' } as const;
const LETTER = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));

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

/** The agent is verified by mobile, the company's facts are given. */
async function visit(agent: typeof LI_NA, options: PageOptions = PHONE) {
  const { url, flowNo } = await scene.companyLink({ pageConfig: { psnAvailableAuthModes: ['mobile'] } });
  const found = await openPage(browser, options);
  opened.push(found);
  const { page } = found;
  await page.goto(url);
  await page.getByLabel('我同意为实名认证使用上述个人信息').check();
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.getByLabel('姓名').fill(agent.name);
  await page.getByLabel('证件号码').fill(agent.idNumber);
  await page.getByLabel('手机号').fill(agent.mobile);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: '完成验证' }).click();
  await page.getByRole('heading', { name: '企业信息' }).waitFor();
  return { ...found, flowNo, url };
}

async function giveCompany(page: Page, code = '91110105MA01D00006'): Promise<void> {
  await page.getByLabel('企业名称').fill('北京示例科技有限公司');
  await page.getByLabel('统一社会信用代码').fill(code);
  await page.getByLabel('法定代表人姓名').fill('张三');
  await page.getByRole('button', { name: '下一步' }).click();
}

describe('the page on which a company is verified', { timeout: TIME }, () => {
  it('is done with the facts where the agent is the legal representative', async () => {
    const { page, picture, findBarriers, complaints, flowNo } = await visit(ZHANG_SAN);
    await picture('verify-company-facts');
    expect(await findBarriers()).toEqual([]);
    await giveCompany(page, '91110105MA01D00007');
    await page.getByText('应为 18 位统一社会信用代码').waitFor();
    await giveCompany(page);

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    await picture('verify-company-passed');
    expect(await findBarriers()).toEqual([]);
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ compliant: true });
    expect(complaints).toEqual([]);
  });

  it('pays into an account whose branch is found with the keyboard, and takes the amount in a second visit', async () => {
    const { page, picture, findBarriers, url, flowNo } = await visit(LI_NA);
    await giveCompany(page);
    await page.getByRole('heading', { name: '怎样确认您能代表企业' }).waitFor();
    await picture('verify-company-ways');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '对公账户打款' }).click();
    await page.getByRole('button', { name: '确认打款' }).click();
    await page.getByText('请从列表中选择开户支行').waitFor();
    await page.getByLabel('对公账号').fill('1100 0000 0001');
    const bank = page.getByRole('combobox', { name: '开户银行支行' });
    await bank.fill('中国银行');
    await page.getByRole('option').first().waitFor();
    await bank.press('ArrowDown');
    await picture('verify-company-bank');
    expect(await findBarriers()).toEqual([]);
    await bank.press('Enter');
    await page.getByRole('button', { name: '确认打款' }).click();
    await page.getByRole('heading', { name: '填写到账金额' }).waitFor();

    await page.goto(url);
    await page.getByLabel('到账金额（元）').waitFor();
    const shown = await page.locator('.notice', { hasText: '沙箱不真正打款' }).textContent();
    const [amount = ''] = /\d\.\d\d/.exec(shown ?? '') ?? [];
    await page.getByLabel('到账金额（元）').fill(amount === '0.11' ? '0.12' : '0.11');
    await page.getByRole('button', { name: '确认金额' }).click();
    await page.getByText('请按银行流水核对，还可以再试 2 次。').waitFor();
    await picture('verify-company-amount');
    expect(await findBarriers()).toEqual([]);
    await page.getByLabel('到账金额（元）').fill(amount);
    await page.getByRole('button', { name: '确认金额' }).click();

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ compliant: true });
  });

  it('gives out a letter, takes it stamped, and waits for whoever reads it', async () => {
    const { page, picture, findBarriers } = await visit(LI_NA, { screen: 'desktop', dark: true });
    await giveCompany(page);
    await page.getByRole('button', { name: '授权书审核' }).click();
    await page.getByRole('heading', { name: '授权书' }).waitFor();
    await picture('verify-company-letter-dark');
    expect(await findBarriers()).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载授权书' }).click(),
    ]);
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const upload = page.getByLabel('上传盖章的授权书');
    await upload.setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText('请选择不超过 10 MB').waitFor();
    await upload.setInputFiles({ name: '授权书.pdf', mimeType: 'application/pdf', buffer: LETTER });

    await page.getByRole('heading', { name: '授权书正在审核' }).waitFor();
    await picture('verify-company-auditing-dark');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '换一种方式' }).click();
    await page.getByRole('button', { name: '对公账户打款' }).waitFor();
  });
});
