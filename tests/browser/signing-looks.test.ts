/** The page as different people need it: dark, large, in English; and what it remembers. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signer } from '../signing-page/scene.ts';
import { documentShown, useBrowser } from './page-scene.ts';

const { scene, visitSigning } = useBrowser();

describe('a dark screen', () => {
  it.each(['phone', 'desktop'] as const)('keeps the paper white and everything readable (%s)', async (screen) => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    await (await scene.open(contractId, 'seller')).sign();
    const { page, complaints, findBarriers, picture } = await visitSigning(contractId, 'buyer', { screen, dark: true });
    await documentShown(page);
    await picture(`sign-dark-${screen}-consent`);
    expect(await findBarriers()).toEqual([]);
    expect(await backgroundOf(page, '.page-box')).toBe('rgb(255, 255, 255)');
    expect(await backgroundOf(page, 'body')).toBe('rgb(14, 19, 26)');

    await agree(page, '我已阅读并同意', '阅读并继续');
    await page.getByRole('button', { name: '更换', exact: true }).click();
    await page.getByRole('radio', { name: '手写签名' }).check();
    await picture(`sign-dark-${screen}-pad`);
    expect(await findBarriers()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '去签署处' }).click();
    await page.getByRole('button', { name: '确认签署' }).click();
    await page.getByRole('button', { name: '填入' }).click();
    await picture(`sign-dark-${screen}-code`);
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '确认签署' }).click();
    await page.getByRole('heading', { name: '您已签署' }).waitFor();
    await picture(`sign-dark-${screen}-result`);

    expect(await findBarriers()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the display settings', () => {
  it('make everything larger for elder eyes, and a reload remembers it', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page, findBarriers, picture } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    await documentShown(page);
    await page.getByRole('button', { name: '显示设置' }).tap();
    await page.getByRole('radio', { name: '长辈模式' }).check();
    await picture('sign-display-settings');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '关闭' }).tap();

    await page.reload();

    await documentShown(page);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('18px');
    await agree(page, '我已阅读并同意', '阅读并继续');
    await page.getByRole('button', { name: '去签署处' }).tap();
    await picture('sign-elder-place');
    await page.getByRole('button', { name: '确认签署' }).tap();
    await page.getByRole('button', { name: '填入' }).tap();
    await picture('sign-elder-code');
    expect(await findBarriers()).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('change theme and language at once', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    await page.getByRole('button', { name: '显示设置' }).tap();

    await page.getByRole('radio', { name: '深色' }).check();
    await page.getByRole('radio', { name: 'English' }).check();

    await page.getByRole('dialog', { name: 'Display' }).waitFor();
    expect(await backgroundOf(page, 'body')).toBe('rgb(14, 19, 26)');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('button', { name: 'Read and continue' }).waitFor();
  });
});

describe('a browser that speaks English', () => {
  it.each(['phone', 'desktop'] as const)('leads through the page in English (%s)', async (screen) => {
    const contractId = await scene.start([signer('buyer'), signer('seller')], { contractName: 'Lease 1203' });
    const options = { screen, language: 'en-US' } as const;
    const { page, complaints, findBarriers, picture } = await visitSigning(contractId, 'buyer', options);
    await documentShown(page);
    await picture(`sign-english-${screen}-consent`);
    expect(await findBarriers()).toEqual([]);
    await agree(page, 'I have read and agree to the', 'Read and continue');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('radio', { name: 'Type' }).check();
    await picture(`sign-english-${screen}-typed`);
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Use this signature' }).click();
    await page.getByRole('button', { name: 'Go to the place' }).click();
    await page.getByRole('button', { name: 'Confirm signing' }).click();
    await page.getByRole('button', { name: 'Fill in' }).click();
    await picture(`sign-english-${screen}-code`);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByRole('heading', { name: 'You have signed' }).waitFor();
    await picture(`sign-english-${screen}-result`);

    expect(await findBarriers()).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.body.textContent)).not.toMatch(/签署|合同|验证/);
  });
});

describe('a small screen', () => {
  it('of 320 pixels cuts nothing off and keeps targets large enough for fingers', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page, picture } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    await page.setViewportSize({ width: 320, height: 568 });
    await agree(page, '我已阅读并同意', '阅读并继续');
    await page.getByRole('button', { name: '去签署处' }).tap();
    await page.getByRole('button', { name: '确认签署' }).tap();
    await page.getByRole('button', { name: '填入' }).waitFor();
    await picture('sign-small-code');

    expect(await overflow(page)).toBe(0);
    const heights = await page
      .locator('.button, .icon-button, .code-input input')
      .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });
});

async function agree(page: Page, check: string, goOn: string): Promise<void> {
  await page.getByRole('checkbox', { name: check }).check();
  await page.getByRole('button', { name: goOn }).click();
  await page.getByRole('button', { name: goOn }).waitFor({ state: 'detached' });
}

function backgroundOf(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
}

/** Pixels by which the page is wider or higher than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return Math.max(scrollWidth - clientWidth, scrollHeight - clientHeight);
  });
}
