/** The face page in front of a camera that shows a face which moves, and of cameras that fail. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startVerificationScene, type VerificationScene, ZHANG_SAN } from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';
import { ALL_MOVEMENTS, type Scene, writeFilm } from './face-film.ts';

const TIME = 120_000;
const PATIENCE = { timeout: 60_000 };
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** By this name the page is not this computer's own, and has no https. */
const FOREIGN = 'signet.test';

let scene: VerificationScene;
let folder: string;
const browsers: Browser[] = [];
let withFace: Browser;
let withCrowd: Browser;
let withoutCamera: Browser;
const opened: OpenPage[] = [];

async function startWithFilm(name: string, scenes: readonly Scene[]): Promise<Browser> {
  const film = join(folder, `${name}.mjpeg`);
  await writeFilm(film, scenes);
  return startBrowser([...CAMERA, `--use-file-for-fake-video-capture=${film}`]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signet-film-'));
  [scene, withFace, withCrowd, withoutCamera] = await Promise.all([
    startVerificationScene(),
    startWithFilm('face', ALL_MOVEMENTS),
    startWithFilm('crowd', [
      ['nobody', 6_000],
      ['two people', 6_000],
    ]),
    startBrowser([`--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`, '--deny-permission-prompts']),
  ]);
  browsers.push(withFace, withCrowd, withoutCamera);
}, TIME);
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await scene.close();
  await rm(folder, { recursive: true, force: true });
});

interface FaceVisit extends OpenPage {
  readonly flowNo: string;
  /** Paths of what was loaded, in order. */
  readonly loaded: string[];
}

interface VisitOptions extends Partial<PageOptions> {
  readonly prepare?: (page: Page) => Promise<unknown>;
  readonly addressOf?: (url: string) => string;
}

async function visit(browser: Browser, options: VisitOptions = {}): Promise<FaceVisit> {
  const { prepare, addressOf = (url) => url, screen = 'phone', ...look } = options;
  const { faceUrl, flowNo } = await scene.client.verification.openFace({
    ...{ psnName: ZHANG_SAN.name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: ZHANG_SAN.idNumber },
  });
  const found = await openPage(browser, { screen, ...look });
  opened.push(found);
  const loaded: string[] = [];
  found.page.on('request', (request) => loaded.push(request.url()));
  await prepare?.(found.page);
  await found.page.goto(addressOf(faceUrl));
  await found.page.locator('input[type=checkbox]').waitFor();
  return { ...found, flowNo, loaded };
}

/** By way of the person's page, as it happens to people. */
async function visitFromPerson(browser: Browser): Promise<OpenPage & { readonly flowNo: string }> {
  const { url, flowNo } = await scene.client.verification.getPersonPage({
    ...{ integrationConfig: { clientType: 'h5' }, pageConfig: { psnAvailableAuthModes: ['face'] } },
  });
  const found = await openPage(browser, { screen: 'phone' });
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
  await page.locator('input[type=checkbox]').check();
  await page.locator('.identity-card .button-primary').click();
  await page
    .locator('.identity-points')
    .getByText(/约 20 秒|20 seconds/)
    .waitFor();
}

async function openCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: /打开摄像头|Open the camera/ }).click();
  await page.locator('.face-view video').waitFor();
}

/** The state of the camera's track, seen from the page. */
const cameraState = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector('video') as HTMLVideoElement & { srcObject: MediaStream };
    const [track] = video.srcObject.getVideoTracks();
    Object.assign(window, { lastTrack: track });
    return track?.readyState;
  });
const lastTrackState = (page: Page) =>
  page.evaluate(() => (window as unknown as { lastTrack: MediaStreamTrack }).lastTrack.readyState);

async function evidenceOf(flowNo: string): Promise<string> {
  return JSON.stringify(await scene.evidenceOf(flowNo));
}

describe('the face page with its engine', { timeout: TIME }, () => {
  it('sees the movements by itself and passes without a press', async () => {
    const { page, picture, findBarriers, complaints, flowNo, loaded } = await visit(withFace);
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
    await page.getByText('很好，请保持不动').waitFor(PATIENCE);
    await picture('face-hold');
    expect(await findBarriers()).toEqual([]);
    await page.getByText('第 2 步，共 3 步').waitFor(PATIENCE);
    await picture('face-blink');
    await page.getByText('第 3 步，共 3 步').waitFor(PATIENCE);
    await picture('face-turn');
    await cameraState(page);

    await page.getByRole('heading', { name: '认证通过' }).waitFor(PATIENCE);
    await page.getByText('不能证明是真人活体').waitFor();
    await picture('face-passed');
    expect(await findBarriers()).toEqual([]);
    expect(await lastTrackState(page)).toBe('ended');
    expect(page.workers()).toEqual([]);
    expect(new Set(loaded.map((url) => new URL(url).host))).toEqual(new Set([new URL(page.url()).host]));
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed' });
    expect(await evidenceOf(flowNo)).toContain('\\"guidance\\":\\"guided\\"');
    expect(complaints).toEqual([]);
  });

  it('says that nobody is there, then that somebody else is, and offers the other way', async () => {
    const { page, picture } = await visit(withCrowd, { dark: true });
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
    const { page, picture } = await visit(withFace, {
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
    const { page, picture, findBarriers } = await visit(withFace);
    await agree(page);
    await openCamera(page);
    await page.getByText('第 2 步，共 3 步').waitFor(PATIENCE);
    await page.setViewportSize({ width: 812, height: 375 });
    await picture('face-landscape');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('heading', { name: '认证通过' }).waitFor(PATIENCE);
  });

  it.each([
    ['elder', { screen: 'phone' as const, language: 'zh-CN' as const }],
    ['desktop-english', { screen: 'desktop' as const, language: 'en-US' as const, dark: true }],
  ])('looks right: %s', async (name, look) => {
    const { page, picture, findBarriers } = await visit(withFace, {
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

describe('the face page by hand', { timeout: TIME }, () => {
  it('is finished with the keyboard alone, leads back to the page that asked, and the evidence says so', async () => {
    const { page, picture, flowNo } = await visitFromPerson(withFace);
    await agree(page);
    await openCamera(page);
    await page.getByRole('button', { name: '改用手动方式' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('手动方式 · 第 1 步，共 3 步').waitFor();
    await page.waitForTimeout(400);
    await picture('face-manual');
    await page.getByRole('button', { name: '拍照' }).focus();
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
    const { page, picture, findBarriers } = await visit(withFace, { dark: true });
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
    const { page, flowNo } = await visit(withFace, { prepare });
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

const refusing = (name: string) => (page: Page) =>
  page.addInitScript((error) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error));
  }, name);

describe('a camera that fails', { timeout: TIME }, () => {
  it.each([
    ['is not there', '没有找到摄像头', 'NotFoundError'],
    ['is not allowed', '摄像头没有获得允许', 'NotAllowedError'],
    ['is in use', '摄像头打不开', 'NotReadableError'],
  ])('and %s: says what to do, and lets one try again', async (_, words, error) => {
    const { page, picture, findBarriers } = await visit(withFace, { prepare: refusing(error) });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText(words).waitFor();
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await picture(`face-${error}`);
    expect(await findBarriers()).toEqual([]);
  });

  it('says so in a browser that has none or refuses every prompt', async () => {
    const { page } = await visit(withoutCamera);
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText(/没有找到摄像头|摄像头没有获得允许/).waitFor();
  });

  it('without https names what is missing, and offers no press that cannot help', async () => {
    const { page, picture } = await visit(withoutCamera, {
      addressOf: (url) => Object.assign(new URL(url), { hostname: FOREIGN }).href,
    });
    await agree(page);
    await page.getByRole('button', { name: '打开摄像头' }).click();

    await page.getByText('当前地址不能使用摄像头').waitFor();
    expect(await page.locator('.identity-card .button').count()).toBe(0);
    await picture('face-insecure');
  });

  it('is switched off when the page goes out of sight, and begins anew afterwards', async () => {
    const { page, picture } = await visit(withFace);
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
    const { page } = await visit(withFace);
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
