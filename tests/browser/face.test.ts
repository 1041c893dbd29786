/** The face page in front of a camera that shows a face which moves: seen by the engine, and by hand. */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ALL_MOVEMENTS } from './face-film.ts';
import {
  agree,
  cameraState,
  lastTrackState,
  noteWords,
  openCamera,
  PATIENCE,
  useFaceScene,
  wordsOf,
} from './face-scene.ts';

const { visit, visitFromPerson, evidenceOf, statusOf } = useFaceScene({
  face: ALL_MOVEMENTS,
  crowd: [
    ['nobody', 6_000],
    ['two people', 6_000],
  ],
});

describe('the face page with its engine', () => {
  it('sees the movements by itself and passes without a press', async () => {
    const { page, picture, findBarriers, complaints, flowNo, loaded } = await visit('face', { prepare: noteWords });
    await page.getByText('不能证明是真人活体').waitFor();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText('请先勾选同意，再继续').waitFor();
    await picture('face-consent');
    expect(await findBarriers()).toEqual([]);
    expect(loaded.filter((url) => /engine|\.wasm|\.bin/.test(url))).toEqual([]);

    await agree(page);
    await picture('face-ready');
    expect(await findBarriers()).toEqual([]);
    await openCamera(page);
    await cameraState(page);

    await page.getByRole('heading', { name: '认证通过' }).waitFor(PATIENCE);
    const said = (await wordsOf(page)).join();
    expect(said).toMatch(/请把脸放进椭圆框内.*请闭上眼睛一秒，再睁开.*请慢慢向[左右]转头.*正在识别/);
    await page.getByText('不能证明是真人活体').waitFor();
    await picture('face-passed');
    expect(await findBarriers()).toEqual([]);
    expect(await lastTrackState(page)).toBe('ended');
    expect(page.workers()).toEqual([]);
    expect(new Set(loaded.map((url) => new URL(url).host))).toEqual(new Set([new URL(page.url()).host]));
    expect(await statusOf(flowNo)).toBe('passed');
    expect(await evidenceOf(flowNo)).toContain('\\"guidance\\":\\"guided\\"');
    expect(complaints).toEqual([]);
  });

  it('sends one picture, of what the person saw, and gives its worker a policy that names us alone', async () => {
    const sent: string[] = [];
    const policies: string[] = [];
    const { page } = await visit('face', {
      prepare: async (each) => {
        each.on('request', (request) => {
          if (request.url().endsWith('/capture')) sent.push(request.postData() ?? '');
        });
        each.on('response', (response) => {
          if (response.url().includes('face-engine.worker'))
            policies.push(response.headers()['content-security-policy'] ?? '');
        });
      },
    });
    await agree(page);
    await openCamera(page);
    await page.getByRole('heading', { name: '认证通过' }).waitFor(PATIENCE);

    const { pictureBase64, likeness } = JSON.parse(sent[0] ?? '{}');
    const { format, width, height } = await sharp(Buffer.from(pictureBase64, 'base64')).metadata();
    expect([sent.length, format, width, height, likeness]).toEqual([1, 'jpeg', 360, 480, null]);
    expect(policies).toEqual(["default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"]);
  });

  it('says that nobody is there, then that somebody else is, and offers the other way', async () => {
    const { page, picture } = await visit('crowd', { dark: true });
    await agree(page);
    await openCamera(page);

    await page.getByText('没有看到脸').waitFor(PATIENCE);
    await picture('face-nobody-dark');
    await page.getByText('画面里有别人').waitFor(PATIENCE);
    await picture('face-crowd-dark');
    await page.getByText('一直不成功？').waitFor(PATIENCE);
  });

  it('stands still while the engine is on its way, and when it arrives', async () => {
    let arrive = (): void => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { page, picture } = await visit('face', {
      prepare: (each) => each.route('**/facemesh.bin', (route) => arrival.then(() => route.continue())),
    });
    await agree(page);
    await openCamera(page);
    await page.getByText('正在准备自动识别').waitFor();
    await picture('face-coming');
    const places = () =>
      page
        .locator('.face-view, .face-words, .face-buttons .button')
        .evaluateAll((all) => all.map((each) => JSON.stringify(each.getBoundingClientRect())));
    const before = await places();
    arrive();
    await page.getByText('第 1 步，共 3 步').waitFor(PATIENCE);

    expect(await places()).toEqual(before);
  });

  it('goes on when the phone is turned', async () => {
    const { page, picture, findBarriers } = await visit('face');
    await agree(page);
    await openCamera(page);
    await page.getByText('第 2 步，共 3 步').waitFor(PATIENCE);
    await page.setViewportSize({ width: 812, height: 375 });
    await page.waitForTimeout(200);
    expect(await page.locator('.face-stage').evaluate((stage) => stage.getBoundingClientRect().bottom)).toBeLessThan(
      376,
    );
    await picture('face-landscape');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('heading', { name: '认证通过' }).waitFor(PATIENCE);
  });

  it.each([
    ['elder', { screen: 'phone' as const, language: 'zh-CN' as const }],
    ['desktop-english', { screen: 'desktop' as const, language: 'en-US' as const, dark: true }],
  ])('looks right: %s', async (name, look) => {
    const { page, picture, findBarriers } = await visit('face', {
      ...look,
      prepare: (each) =>
        each.addInitScript((size) => localStorage.setItem('signet.appearance', JSON.stringify({ size })), name),
    });
    await picture(`face-consent-${name}`);
    await agree(page);
    await picture(`face-ready-${name}`);
    await openCamera(page);
    await page.getByText(/第 1 步|Step 1/).waitFor(PATIENCE);
    await picture(`face-live-${name}`);
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('button', { name: /改用手动方式|Go on by hand/ }).click();
    await page.getByText(/手动方式 · |By hand · /).waitFor();
    await picture(`face-manual-${name}`);
    expect(await findBarriers()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});

describe('the face page by hand', () => {
  it('is finished with the keyboard alone, leads back to the page that asked, and the evidence says so', async () => {
    const { page, picture, flowNo } = await visitFromPerson('face');
    await page.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('约 20 秒').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '请按提示做动作' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('手动方式 · 第 1 步，共 3 步').waitFor();
    await page.waitForTimeout(400);
    await picture('face-manual');
    await page.keyboard.press('Enter');
    for (const step of [2, 3]) {
      await page.getByText(`手动方式 · 第 ${step} 步，共 3 步`).waitFor();
      await page.waitForTimeout(400);
      await page.keyboard.press('Enter');
    }

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    await page.waitForURL(/\/verify-person\//);
    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    expect(await evidenceOf(flowNo)).toContain('\\"guidance\\":\\"manual\\"');
  });

  it('says that movements came too fast, how many tries are left, and begins anew', async () => {
    const { page, picture, findBarriers } = await visit('face', { dark: true });
    await agree(page);
    await openCamera(page);
    await page.getByRole('button', { name: '改用手动方式' }).click();
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

  it.each([
    [
      'the engine does not come',
      '本机暂时不能自动识别',
      (page: Page) => page.route('**/blazeface.bin', (r) => r.abort()),
    ],
    [
      'the device has no WebAssembly',
      '本机暂时不能自动识别',
      (page: Page) => page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly')),
    ],
    [
      'the device is too slow',
      '本机自动识别较慢',
      (page: Page) =>
        page.addInitScript(() => {
          const post = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (...message: unknown[]) {
            setTimeout(() => Reflect.apply(post, this, message), 900);
          };
        }),
    ],
  ])('is the way when %s', async (_, words, prepare) => {
    const { page, flowNo } = await visit('face', { prepare });
    await agree(page);
    await openCamera(page);
    await page.getByText(words).waitFor(PATIENCE);
    await page.waitForTimeout(400);
    for (const name of ['拍照', '我已完成这个动作', '我已完成这个动作']) {
      await page.getByRole('button', { name }).click();
      await page.waitForTimeout(400);
    }

    await page.getByRole('heading', { name: '认证通过' }).waitFor();
    expect(await evidenceOf(flowNo)).toContain('\\"guidance\\":\\"manual\\"');
  });
});
