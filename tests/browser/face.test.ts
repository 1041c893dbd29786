/** The face page in front of a camera that shows a face, and without one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startVerificationScene, type VerificationScene, ZHANG_SAN } from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, startBrowser } from './browser.ts';

const TIME = 90_000;
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const FRAMES = 10;

/** A drawn face with the light and shade of a photograph. */
const FACE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
  <defs>
    <linearGradient id="wall"><stop stop-color="#dfe7ee"/><stop offset="1" stop-color="#6d7f91"/></linearGradient>
    <radialGradient id="skin"><stop stop-color="#f4cfae"/><stop offset="1" stop-color="#b9825d"/></radialGradient>
  </defs>
  <rect width="640" height="480" fill="url(#wall)"/>
  <ellipse cx="320" cy="190" rx="120" ry="140" fill="#2c211c"/>
  <ellipse cx="320" cy="235" rx="100" ry="135" fill="url(#skin)"/>
  <circle cx="282" cy="215" r="10"/><circle cx="358" cy="215" r="10"/>
  <path d="M280 300q40 26 80 0" stroke="#8c3b34" stroke-width="8" fill="none"/>
</svg>`;

/** What the browser's camera plays, again and again. */
async function writeFilm(path: string): Promise<void> {
  const frame = await sharp(Buffer.from(FACE)).jpeg({ quality: 92 }).toBuffer();
  await writeFile(path, Buffer.concat(Array.from({ length: FRAMES }, () => frame)));
}

let scene: VerificationScene;
let folder: string;
let withCamera: Browser;
let withoutCamera: Browser;
const opened: OpenPage[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signet-film-'));
  const film = join(folder, 'face.mjpeg');
  await writeFilm(film);
  [scene, withCamera, withoutCamera] = await Promise.all([
    startVerificationScene(),
    startBrowser([...CAMERA, `--use-file-for-fake-video-capture=${film}`]),
    startBrowser(),
  ]);
}, TIME);
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await Promise.all([withCamera.close(), withoutCamera.close()]);
  await scene.close();
  await rm(folder, { recursive: true, force: true });
});

/** By way of the person's page, as it happens to people. */
async function visit(browser: Browser, dark = false): Promise<OpenPage & { readonly flowNo: string }> {
  const { url, flowNo } = await scene.client.verification.getPersonPage({
    ...{ integrationConfig: { clientType: 'h5' }, pageConfig: { psnAvailableAuthModes: ['face'] } },
  });
  const found = await openPage(browser, { screen: 'phone', dark });
  opened.push(found);
  const { page } = found;
  await page.goto(url);
  await page.getByLabel('我同意为实名认证使用上述个人信息').check();
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.getByLabel('姓名').fill(ZHANG_SAN.name);
  await page.getByLabel('证件号码').fill(ZHANG_SAN.idNumber);
  await page.getByRole('button', { name: '下一步：人脸识别' }).click();
  await page.getByRole('link', { name: '去人脸识别' }).click();
  await page.getByRole('heading', { name: '人脸识别前，请先了解' }).waitFor();
  return { ...found, flowNo };
}

async function agree(page: Page): Promise<void> {
  await page.getByLabel('我单独同意为本次识别使用我的人脸信息').check();
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.getByRole('heading', { name: '准备好后打开摄像头' }).waitFor();
}

describe('the face page', { timeout: TIME }, () => {
  it('leads from consent over the movements back to the page that asked, which has passed', async () => {
    const { page, picture, findBarriers, complaints, flowNo } = await visit(withCamera);
    await page.getByText('不能证明是真人活体').waitFor();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText('请先勾选同意，再继续').waitFor();
    await picture('face-consent');
    expect(await findBarriers()).toEqual([]);
    await agree(page);
    await picture('face-ready');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('button', { name: '打开摄像头' }).click();
    await page.getByText('请把脸放进椭圆框内').waitFor();
    await page.waitForTimeout(400);
    await picture('face-look');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: '拍照' }).click();
    for (const step of [2, 3]) {
      await page.getByText(`第 ${step} 步，共 3 步`).waitFor();
      await page.waitForTimeout(400);
      await page.getByRole('button', { name: '我已完成这个动作' }).click();
    }

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    await page.waitForURL(/\/verify-person\//);
    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed' });
    expect(complaints).toEqual([]);
  });

  it('says that movements came too fast, how many tries are left, and begins anew', async () => {
    const { page, picture, findBarriers } = await visit(withCamera, true);
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();
    await page.getByText('请把脸放进椭圆框内').waitFor();
    await page.waitForTimeout(400);
    // Three presses within one moment, which no human movement fits in.
    await page.evaluate(async () => {
      for (let press = 0; press < 3; press++) {
        document.querySelector<HTMLButtonElement>('.identity-card .button-primary')?.click();
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    });

    await page.getByText('这次没有识别成功').waitFor();
    await page.getByText('还可以再试 2 次。').waitFor();
    await page.getByText('第 1 步，共 3 步').waitFor();
    await picture('face-unusable-dark');
    expect(await findBarriers()).toEqual([]);
  });

  it('says what to do where there is no camera, and lets one try again', async () => {
    const { page, picture, findBarriers } = await visit(withoutCamera);
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText(/没有找到摄像头|摄像头没有获得允许/).waitFor();
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await picture('face-no-camera');
    expect(await findBarriers()).toEqual([]);
  });
});
