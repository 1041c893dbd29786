/** The face page in a browser whose camera plays a film. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { startVerificationScene, type VerificationScene, ZHANG_SAN } from '../verification-pages/verification-scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';
import { type Scene, writeFilm } from './face-film.ts';

const TIME = 120_000;
/** For what takes a person's time, on a machine that does other things too. */
export const PATIENCE = { timeout: 60_000 };
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export interface FaceVisit extends OpenPage {
  readonly flowNo: string;
  /** Paths of what was loaded, in order. */
  readonly loaded: string[];
}

export interface VisitOptions extends Partial<PageOptions> {
  readonly prepare?: (page: Page) => Promise<unknown>;
  readonly addressOf?: (url: string) => string;
}

/** Browsers by what their camera shows; `extra` are flags of one more browser, which has no camera. */
export function useFaceScene(films: Readonly<Record<string, readonly Scene[]>>, extra?: readonly string[]) {
  vi.setConfig({ testTimeout: TIME });
  let scene: VerificationScene;
  let folder: string;
  const browsers = new Map<string, Browser>();
  const opened: OpenPage[] = [];
  const startWithFilm = async ([name, scenes]: readonly [string, readonly Scene[]]): Promise<void> => {
    const film = join(folder, `${name}.mjpeg`);
    await writeFilm(film, scenes);
    browsers.set(name, await startBrowser([...CAMERA, `--use-file-for-fake-video-capture=${film}`]));
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-film-'));
    scene = await startVerificationScene();
    await Promise.all(Object.entries(films).map(startWithFilm));
    if (extra) browsers.set('', await startBrowser(extra));
  }, TIME);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
  });
  afterAll(async () => {
    await Promise.all([...browsers.values()].map((browser) => browser.close()));
    await scene.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (name: string, options: PageOptions): Promise<OpenPage> => {
    const browser = browsers.get(name);
    if (!browser) throw new Error(`no browser ${name}`);
    const found = await openPage(browser, options);
    opened.push(found);
    return found;
  };
  const visit = async (camera: string, options: VisitOptions = {}): Promise<FaceVisit> => {
    const { prepare, addressOf = (url) => url, screen = 'phone', ...look } = options;
    const { faceUrl, flowNo } = await scene.client.verification.openFace({
      ...{ psnName: ZHANG_SAN.name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: ZHANG_SAN.idNumber },
    });
    const found = await open(camera, { screen, ...look });
    const loaded: string[] = [];
    found.page.on('request', (request) => loaded.push(request.url()));
    await prepare?.(found.page);
    await found.page.goto(addressOf(faceUrl));
    await found.page.locator('input[type=checkbox]').waitFor();
    return { ...found, flowNo, loaded };
  };
  /** By way of the person's page, as it happens to people. */
  const visitFromPerson = async (camera: string): Promise<OpenPage & { readonly flowNo: string }> => {
    const { url, flowNo } = await scene.client.verification.getPersonPage({
      ...{ integrationConfig: { clientType: 'h5' }, pageConfig: { psnAvailableAuthModes: ['face'] } },
    });
    const found = await open(camera, { screen: 'phone' });
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
  };
  const evidenceOf = async (flowNo: string): Promise<string> => JSON.stringify(await scene.evidenceOf(flowNo));
  const statusOf = async (flowNo: string) => (await scene.client.verification.get({ flowNo })).verifyStatus;
  return { visit, visitFromPerson, evidenceOf, statusOf };
}

export async function agree(page: Page): Promise<void> {
  await page.locator('input[type=checkbox]').check();
  await page.locator('.identity-card .button-primary').click();
  await page
    .locator('.identity-points')
    .getByText(/约 20 秒|20 seconds/)
    .waitFor();
}

export async function openCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: /打开摄像头|Open the camera/ }).click();
  await page.locator('.face-view video').waitFor();
}

/** Notes all that the page says beside the picture, since words come and go. */
export const noteWords = (page: Page) =>
  page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      const words = document.querySelector('.face-words p + p')?.textContent ?? '';
      if (words !== '' && words !== said.at(-1)) said.push(words);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
export const wordsOf = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

/** The state of the camera's track, seen from the page. */
export const cameraState = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector('video') as HTMLVideoElement & { srcObject: MediaStream };
    const [track] = video.srcObject.getVideoTracks();
    Object.assign(window, { lastTrack: track });
    return track?.readyState;
  });
export const lastTrackState = (page: Page) =>
  page.evaluate(() => (window as unknown as { lastTrack: MediaStreamTrack }).lastTrack.readyState);
