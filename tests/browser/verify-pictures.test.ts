/** Pictures of documents that fill a form, with the real reader; skipped where it is not installed. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocrMember } from '../../apps/server/src/providers/ocr-local/member.ts';
import type { IdCardFront, License } from '../ocr/facts.ts';
import { sampleOf } from '../ocr/generator-a/index.ts';
import { LI_NA, startVerificationScene, type VerificationScene } from '../verification-pages/verification-scene.ts';
import { openPage, type PageOptions, startBrowser } from './browser.ts';

const isInstalled = ocrMember().isInstalled();
const TIME = 180_000;
const GOOD = { turn: 0, perspective: 0, light: 1, noise: 2, blur: 0, quality: 85, size: 1600 };

let scene: VerificationScene;
let browser: Browser;
beforeAll(async () => {
  [scene, browser] = await Promise.all([startVerificationScene(), startBrowser()]);
}, TIME);
afterAll(async () => {
  await browser.close();
  await scene.close();
});

async function visit(url: string, options: PageOptions) {
  const found = await openPage(browser, options);
  await found.page.goto(url);
  return found;
}

const fileOf = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });

describe.skipIf(!isInstalled)('a picture on a page of verification', { timeout: TIME }, () => {
  it('fills name and number of a person on a phone, once its use is agreed to', async () => {
    const { facts, picture: photo } = await sampleOf(5, 'id-front', GOOD);
    const { name, idNumber } = facts as IdCardFront;
    const { url, flowNo } = await scene.client.verification.getPersonPage({ integrationConfig: { clientType: 'h5' } });
    const { page, picture, findBarriers, complaints, context } = await visit(url, { screen: 'phone' });
    await page.getByLabel('我同意为实名认证使用上述个人信息').check();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText('拍照识别').waitFor();
    await picture('verify-picture-offer');
    expect(await page.getByLabel('拍身份证人像面识别').count()).toBe(0);
    expect(await findBarriers()).toEqual([]);
    // By keyboard: the box, then the first choice of a file.
    await page.getByLabel('拍照识别').focus();
    await page.keyboard.press('Space');
    const choice = page.getByLabel('拍身份证人像面识别');
    await choice.waitFor();
    await picture('verify-picture-agreed');
    expect(await findBarriers()).toEqual([]);

    await choice.setInputFiles(fileOf('卡.jpg', photo));
    await page.getByText('已填入识别结果，请逐项核对。').waitFor({ timeout: 60_000 });
    await picture('verify-picture-filled');
    expect(await page.getByLabel('姓名').inputValue()).toBe(name);
    expect(await page.getByLabel('证件号码').inputValue()).toBe(idNumber);
    expect(await findBarriers()).toEqual([]);

    const back = (await sampleOf(7, 'id-back', GOOD)).picture;
    await choice.setInputFiles(fileOf('背面.jpg', back));
    await page.getByText('没有识别出证件').waitFor({ timeout: 60_000 });
    await page.getByText('另一面').waitFor();
    await picture('verify-picture-unclear');
    await choice.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') });
    await page.getByText('打不开这张图片').waitFor();
    // The page shows the change before the server has it on record.
    const recorded = page.waitForResponse((response) => response.url().endsWith('/picture/consent'));
    await page.getByLabel('拍照识别').uncheck();
    await choice.waitFor({ state: 'detached' });
    await recorded;

    const kinds = (await scene.evidenceOf(flowNo)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.includes('picture'))).toEqual([
      ...['picture-consent-given', 'page-picture-read', 'page-picture-read', 'picture-consent-withdrawn'],
    ]);
    expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
    await context.close();
  });

  it('fills the facts of a company from its licence on a desktop, in English', async () => {
    const { facts, picture: photo } = await sampleOf(8, 'license', GOOD);
    const { name, creditCode, legalRepresentative } = facts as License;
    const { url } = await scene.companyLink({ pageConfig: { psnAvailableAuthModes: ['mobile'] } });
    const { page, picture, findBarriers, context } = await visit(url, { screen: 'desktop', language: 'en-US' });
    await page.getByLabel('I agree to the use of this data').check();
    await page.getByRole('button', { name: 'Agree and continue' }).click();
    await page.getByLabel('Name', { exact: true }).fill(LI_NA.name);
    await page.getByLabel('Id number').fill(LI_NA.idNumber);
    await page.getByLabel('Mobile number').fill(LI_NA.mobile);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('button', { name: 'Fill in' }).click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByLabel('Read a picture').check();
    await page.getByLabel('Read the business licence').setInputFiles(fileOf('licence.jpg', photo));
    await page.getByText('Filled in. Please check each field.').waitFor({ timeout: 60_000 });
    await picture('verify-picture-licence-en');

    expect(await page.getByLabel('Company name').inputValue()).toBe(name);
    expect(await page.getByLabel('Unified social credit code').inputValue()).toBe(creditCode);
    expect(await page.getByLabel('Legal representative', { exact: true }).inputValue()).toBe(legalRepresentative);
    expect(await findBarriers()).toEqual([]);
    await context.close();
  });
});
