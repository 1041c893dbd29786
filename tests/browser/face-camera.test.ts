/** The face page with cameras that fail: each says what to do. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ALL_MOVEMENTS } from './face-film.ts';
import { agree, cameraState, lastTrackState, openCamera, PATIENCE, useFaceScene } from './face-scene.ts';

/** By this name the page is not this computer's own, and has no https. */
const FOREIGN = 'signet.test';
const NO_CAMERA = [`--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`, '--deny-permission-prompts'];

const { visit } = useFaceScene({ face: ALL_MOVEMENTS }, NO_CAMERA);

const refusing = (name: string) => (page: Page) =>
  page.addInitScript((error) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error));
  }, name);

describe('a camera that fails', () => {
  it.each([
    ['is not there', '没有找到摄像头', 'NotFoundError'],
    ['is not allowed', '摄像头没有获得允许', 'NotAllowedError'],
    ['is in use', '摄像头打不开', 'NotReadableError'],
  ])('and %s: says what to do, and lets one try again', async (_, words, error) => {
    const { page, picture, findBarriers } = await visit('face', { prepare: refusing(error) });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText(words).waitFor();
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await picture(`face-${error}`);
    expect(await findBarriers()).toEqual([]);
  });

  it('says so in a browser that has none or refuses every prompt', async () => {
    const { page } = await visit('');
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText(/没有找到摄像头|摄像头没有获得允许/).waitFor();
  });

  it('without https names what is missing, and offers no press that cannot help', async () => {
    const { page, picture } = await visit('', {
      addressOf: (url) => Object.assign(new URL(url), { hostname: FOREIGN }).href,
    });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText('当前地址不能使用摄像头').waitFor();
    expect(await page.locator('.identity-card .button').count()).toBe(0);
    await picture('face-insecure');
  });

  it('inside an app that has none sends the person to a browser', async () => {
    const { page, picture } = await visit('face', {
      prepare: (each) => each.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'mediaDevices')),
    });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText('用手机自带的浏览器打开').waitFor();
    expect(await page.locator('.identity-card .button').count()).toBe(0);
    await picture('face-unsupported');
  });

  it('refused to a page inside another offers a window of its own', async () => {
    const { page, picture, findBarriers } = await visit('face', {
      prepare: async (each) => {
        await refusing('NotAllowedError')(each);
        await each.addInitScript(() => Object.defineProperty(window, 'self', { get: () => document }));
      },
    });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText('本页嵌在其他网页中').waitFor();
    expect(await page.getByRole('link', { name: '在新窗口打开' }).getAttribute('href')).toBe(page.url());
    await picture('face-framed');
    expect(await findBarriers()).toEqual([]);
  });

  it('is switched off when the page goes out of sight, and begins anew afterwards', async () => {
    const { page, picture } = await visit('face');
    await agree(page);
    await openCamera(page);
    await page.getByText('第 2 步，共 3 步').waitFor(PATIENCE);
    expect(await cameraState(page)).toBe('live');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });

    await page.getByText('您离开过本页').waitFor();
    expect(await lastTrackState(page)).toBe('ended');
    await picture('face-left');
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText('第 1 步，共 3 步').waitFor(PATIENCE);
  });

  it('that stops showing anything is given up, with words', async () => {
    const { page } = await visit('face');
    await agree(page);
    await openCamera(page);
    await page.getByText('第 1 步，共 3 步').waitFor(PATIENCE);
    await page.evaluate(() => {
      const video = document.querySelector('video') as HTMLVideoElement & { srcObject: MediaStream };
      for (const track of video.srcObject.getTracks()) track.stop();
    });

    await page.getByText('摄像头中断了').waitFor(PATIENCE);
    await page.getByRole('button', { name: '再试一次' }).waitFor();
  });
});
