/** The face page where a vendor films: from ours to the vendor's page, on this machine, and back. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeTencent,
  SECRET_ID,
  SECRET_KEY,
  startFakeTencent,
} from '../../apps/server/src/providers/tencent/testing/fake-tencent.ts';
import { startVerificationScene, type VerificationScene, ZHANG_SAN } from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, startBrowser } from './browser.ts';

const TIME = 90_000;

let vendor: FakeTencent;
let scene: VerificationScene;
let browser: Browser;
let returnUrl = '';
const opened: OpenPage[] = [];
beforeAll(async () => {
  vendor = await startFakeTencent({
    page: () => `<!doctype html><title>核身</title><a href="${returnUrl}">拍摄完成</a>`,
  });
  [scene, browser] = await Promise.all([
    startVerificationScene({
      environment: {
        ...{ SIGNET_FACE: 'tencent', SIGNET_TENCENT_FACE_RULE: '1', SIGNET_TENCENT_ENDPOINT: vendor.url },
        ...{ SIGNET_TENCENT_SECRET_ID: SECRET_ID, SIGNET_TENCENT_SECRET_KEY: SECRET_KEY },
      },
    }),
    startBrowser(),
  ]);
  vendor.replies.set('faceid.DetectAuth', ({ RedirectUrl }) => {
    returnUrl = String(RedirectUrl);
    return { Url: `${vendor.url}/v1/web?Token=T`, BizToken: 'T' };
  });
  tell(null);
}, TIME);
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser.close();
  await scene.close();
  await vendor.close();
});

const tell = (ErrCode: number | null) =>
  vendor.replies.set('faceid.GetDetectInfoEnhanced', () => ({
    Text: {
      ErrCode,
      ErrMsg: ErrCode ? '比对相似度未达到通过标准' : null,
      IdCard: ZHANG_SAN.idNumber,
      Name: ZHANG_SAN.name,
    },
  }));

async function visit(): Promise<OpenPage & { readonly flowNo: string }> {
  const { faceUrl, flowNo } = await scene.client.verification.openFace({
    ...{ psnName: ZHANG_SAN.name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: ZHANG_SAN.idNumber },
  });
  const found = await openPage(browser, { screen: 'phone' });
  opened.push(found);
  await found.page.goto(faceUrl);
  await found.page.getByRole('heading', { name: '人脸识别前，请先了解' }).waitFor();
  return { ...found, flowNo };
}

describe('the face page where a vendor films', { timeout: TIME }, () => {
  it('says who films, leads there, and shows how it went when the person is back', async () => {
    const { page, picture, findBarriers, complaints, flowNo } = await visit();
    await page.getByText('本平台不接收影像，只保存结果').waitFor();
    expect(await page.getByText('沙箱自带的本地识别').count()).toBe(0);
    await picture('cloud-face-consent');
    expect(await findBarriers()).toEqual([]);
    await page.getByLabel('我单独同意为本次识别使用我的人脸信息').check();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByRole('heading', { name: '前往人脸识别' }).waitFor();
    await picture('cloud-face-go');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('link', { name: '开始人脸识别' }).click();
    tell(0);
    await page.getByRole('link', { name: '拍摄完成' }).click();

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    await picture('cloud-face-passed');
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed' });
    expect(complaints).toEqual([]);
  });

  it('leads there again after a reload, and says why the vendor said no', async () => {
    tell(null);
    const { page } = await visit();
    await page.getByLabel('我单独同意为本次识别使用我的人脸信息').check();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByRole('link', { name: '开始人脸识别' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: '开始人脸识别' }).waitFor();

    tell(2013);
    await page.reload();
    await page.getByText('比对相似度未达到通过标准').waitFor();
  });
});
