/** The document on the signing page: real text, in its place, sharp, and never more of it than is looked at. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { signer } from '../signing-page/scene.ts';
import { doubleTap, pinch } from './gestures.ts';
import { documentShown, useBrowser } from './page-scene.ts';
import { longPdf, scannedPdf, turnedPdf, unembeddedPdf } from './sample-pdfs.ts';

const { scene, visit, visitSigning, contractOver } = useBrowser();
const PHONE = { screen: 'phone' } as const;
const DESKTOP = { screen: 'desktop' } as const;

describe('the text of a document', () => {
  it('lies exactly over its picture and can be selected', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', DESKTOP);
    await documentShown(page);
    const heading = page.locator('.page-box[data-page="1"] .text-layer > *', { hasText: '（住房租赁企业版）' });
    const { x, y, width, height } = (await heading.boundingBox())!;

    expect(await inkIn(page, { x, y, width, height })).toBeGreaterThan(0.02);
    expect(await inkIn(page, { x: x - 40, y, width: 30, height })).toBe(0);
    expect(await inkIn(page, { x: x + width + 10, y, width: 30, height })).toBe(0);
    await page.mouse.move(x + 1, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 1, y + height / 2, { steps: 5 });
    await page.mouse.up();

    expect(await page.evaluate(() => getSelection()?.toString())).toContain('住房租赁企业版');
  });

  it('is there and drawn when its Chinese font is not in the file', async () => {
    const contractId = await contractOver(unembeddedPdf(), { positionPage: 1, positionX: 300, positionY: 300 });
    const { page, complaints, picture } = await visitSigning(contractId, 'buyer', PHONE);
    await documentShown(page);
    await picture('sign-unembedded-font');

    const words = page.locator('.page-box[data-page="1"] .text-layer > *', { hasText: '合同编号' });
    expect(await inkIn(page, (await words.boundingBox())!)).toBeGreaterThan(0.05);
    expect(complaints).toEqual([]);
  });
});

describe('a place on a page', () => {
  it.each([1, 2])('is framed where the seal will stand, turned pages too (page %d)', async (positionPage) => {
    const position = { positionPage, positionX: 300, positionY: 200 };
    const contractId = await contractOver(turnedPdf(), position, ['buyer', 'seller']);
    const { page } = await visitSigning(contractId, 'buyer', DESKTOP);
    const frame = page.locator(`.page-box[data-page="${positionPage}"] .place`).first();
    await frame.scrollIntoViewIfNeeded();
    const before = await placeOnPaper(page, positionPage, '.place');
    await (await scene.open(contractId, 'buyer')).sign();
    await (await scene.open(contractId, 'seller')).sign();

    await page.reload();

    await page.getByRole('button', { name: '查看合同' }).click();
    await page.locator(`.page-box[data-page="${positionPage}"]`).scrollIntoViewIfNeeded();
    await page.locator(`.page-box[data-page="${positionPage}"] canvas`).waitFor();
    const seal = await redOnPaper(page, positionPage);
    // In the middle of the frame, which is as wide as a signature by hand; below it are 7 of 63.7 points for the notice of a sandbox.
    expect((seal.left + seal.right) / 2).toBeCloseTo((before.left + before.right) / 2, 1);
    expect(seal.left).toBeGreaterThan(before.left);
    expect(seal.top).toBeCloseTo(before.top, 1);
    expect(seal.bottom).toBeLessThan(before.bottom);
  });
});

describe('a scan of 40 MB', () => {
  it('shows its first page long before all of it has come', async () => {
    const file = scannedPdf(100, 400_000);
    const contractId = await contractOver(file, { positionPage: 100, positionX: 300, positionY: 300 });
    const link = await scene.linkOf(contractId, 'buyer');
    const { page } = await visit('about:blank', PHONE);
    let received = 0;
    const ranges: (string | undefined)[] = [];
    page.on('response', (response) => {
      if (!response.url().includes('/page-api/files/')) return;
      if (!response.url().includes('/first-page')) ranges.push(response.request().headers().range);
      received += Number(response.headers()['content-length'] ?? 0);
    });
    await page.goto(link);
    await page.locator('.page-box[data-page="1"] canvas').waitFor();

    expect(received).toBeLessThan(file.length / 8);
    expect(ranges.every((range) => /^bytes=\d+-\d+$/.test(range ?? ''))).toBe(true);
  });
});

describe('a document of 200 pages', () => {
  let file: Uint8Array;
  beforeAll(async () => {
    file = await longPdf(200);
  });
  const start = () => contractOver(file, { positionPage: 200, positionX: 300, positionY: 300 });

  it('keeps only the pages near the reader in memory', async () => {
    const { page } = await visitSigning(await start(), 'buyer', PHONE);
    await documentShown(page);
    const drawn = () =>
      page
        .locator('.page-box:has(canvas)')
        .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLElement).dataset.page)));
    await expect.poll(() => page.locator('.page-box').count()).toBe(200);

    await page.locator('.document-scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight / 2));
    await page.locator('.page-box[data-page="101"] canvas').waitFor();

    await expect.poll(async () => (await drawn()).includes(1)).toBe(false);
    expect((await drawn()).length).toBeLessThanOrEqual(6);
    await expect(page.getByText('101 / 200').waitFor()).resolves.toBeUndefined();
  });

  it('has all its room before a byte of it has come, so that nothing moves later', async () => {
    const contractId = await start();
    const { page } = await visitSigning(contractId, 'buyer', PHONE);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/page-api/files/**', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.getByRole('button', { name: '阅读并继续' }).waitFor();
    const room = () => page.locator('.document-scroller').evaluate(({ scrollHeight }) => scrollHeight);
    const roomAtFirst = await room();
    await expect.poll(() => page.locator('.page-box').count()).toBe(200);
    const before = await outlineOf(page);

    release();
    await documentShown(page);

    expect(await room()).toBe(roomAtFirst);

    expect(await outlineOf(page)).toEqual(before);
  });

  it('is passed through with the handle at its side', async () => {
    const { page, picture } = await visitSigning(await start(), 'buyer', PHONE);
    await documentShown(page);
    await page.locator('.document-scroller').evaluate((scroller) => scroller.scrollBy(0, 40));
    const handle = (await page.locator('.quick-scroll-handle').boundingBox())!;
    const track = (await page.locator('.quick-scroll').boundingBox())!;

    await page.mouse.move(handle.x + 30, handle.y + 20);
    await page.mouse.down();
    await page.mouse.move(handle.x + 30, track.y + track.height / 2, { steps: 8 });
    await page.locator('.quick-scroll-page').waitFor();
    await picture('sign-quick-scroll');
    await page.mouse.up();

    const here = Number(/^\d+/.exec((await page.locator('.signing-position').textContent()) ?? '')?.[0]);
    expect(here).toBeGreaterThan(90);
    expect(here).toBeLessThan(112);
  });
});

describe('zooming with fingers', () => {
  it('spreads the page, keeps what is between them, and draws it sharper', async () => {
    const { page, picture } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', PHONE);
    await documentShown(page);
    const fit = (await firstPage(page).boundingBox())!;
    const pixels = await canvasWidth(page);
    const words = page.locator('.page-box[data-page="1"] .text-layer > *', { hasText: '（住房租赁企业版）' });
    const before = (await words.boundingBox())!;
    const middle: [number, number] = [before.x + before.width / 2, before.y + before.height / 2];

    await pinch(page, middle, 60, 150);

    await expect.poll(async () => (await firstPage(page).boundingBox())!.width / fit.width).toBeCloseTo(2.5, 0);
    const after = (await words.boundingBox())!;
    expect(after.x + after.width / 2).toBeCloseTo(middle[0], -1);
    expect(after.y + after.height / 2).toBeCloseTo(middle[1], -1);
    await expect.poll(() => canvasWidth(page)).toBeGreaterThan(pixels * 2);
    await picture('sign-zoomed');
  });

  it('doubles as a double tap, there and back', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', PHONE);
    await documentShown(page);
    const widthOf = async () => Math.round((await firstPage(page).boundingBox())!.width);
    const fit = await widthOf();

    await doubleTap(page, [180, 200]);
    await expect.poll(widthOf).toBeGreaterThan(fit * 2);
    await page.waitForTimeout(400);
    await doubleTap(page, [180, 200]);

    await expect.poll(widthOf).toBe(fit);
  });

  it('never asks for more pixels than a phone can give', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', PHONE);
    await documentShown(page);
    const pixels = await canvasWidth(page);

    await pinch(page, [180, 300], 40, 320);

    await expect.poll(() => canvasWidth(page)).toBeGreaterThan(pixels * 2);
    const area = await firstPage(page)
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).width * (canvas as HTMLCanvasElement).height);
    expect(area).toBeLessThanOrEqual(12_100_000);
  });

  it('is done by the wheel with Ctrl on a desktop', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', DESKTOP);
    await documentShown(page);
    const fit = (await firstPage(page).boundingBox())!.width;
    await page.mouse.move(600, 400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');

    await expect.poll(async () => (await firstPage(page).boundingBox())!.width).toBeGreaterThan(fit * 1.5);
  });
});

describe('several files', () => {
  it.each(['phone', 'desktop'] as const)(
    'stand below each other, named, with a way from one to the next (%s)',
    async (screen) => {
      const lease = scene.fileCode;
      const other = await scene.client.files.upload({ file: turnedPdf(), fileName: '补充协议.pdf' });
      const annex = await scene.client.files.upload({ file: unembeddedPdf(), fileName: '房屋照片清单.pdf' });
      const contractId = await scene.start(
        [
          signer('buyer', {
            signFields: [
              { fileCode: other.fileCode, signFieldPosition: { positionPage: 1, positionX: 200, positionY: 200 } },
            ],
          }),
        ],
        {
          docs: [
            { fileId: '1', fileCode: lease },
            { fileId: '2', fileCode: other.fileCode },
          ],
          attachmentFiles: [{ fileCode: annex.fileCode }],
        },
      );
      const { page, picture, findBarriers, complaints } = await visitSigning(contractId, 'buyer', { screen });
      await documentShown(page);
      await picture(`sign-files-${screen}-first`);
      const files = page.getByRole('navigation', { name: '文件' });
      expect(await files.getByRole('button').allTextContents()).toEqual([
        '房屋租赁合同.pdf',
        '补充协议.pdf',
        '房屋照片清单.pdf附件',
      ]);

      await files.getByRole('button', { name: '房屋照片清单' }).click();

      await page.locator('.page-box[data-page="15"] canvas').waitFor();
      await picture(`sign-files-${screen}-annex`);
      expect(await findBarriers()).toEqual([]);
      expect(await files.locator('[aria-current]').textContent()).toContain('房屋照片清单');
      await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
      await page.getByRole('button', { name: '阅读并继续' }).click();
      await page.getByRole('button', { name: '去签署处' }).click();
      await page.locator('.page-box[data-page="13"] .place-current').waitFor();
      expect(complaints).toEqual([]);
    },
  );
});

const firstPage = (page: Page) => page.locator('.page-box[data-page="1"]');

function canvasWidth(page: Page): Promise<number> {
  return firstPage(page)
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).width);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Part of the first page's picture, in a rectangle of the screen, that is not white. */
function inkIn(page: Page, box: Box): Promise<number> {
  return firstPage(page)
    .locator('canvas')
    .evaluate((element, { x, y, width, height }) => {
      const canvas = element as HTMLCanvasElement;
      const { left, top, width: shown } = canvas.getBoundingClientRect();
      const ratio = canvas.width / shown;
      const part = [x - left, y - top, width, height].map((value) => Math.round(value * ratio)) as [
        number,
        number,
        number,
        number,
      ];
      const { data } = canvas.getContext('2d')!.getImageData(...part);
      const dark = data.filter((value, i) => i % 4 === 0 && value < 200).length;
      return dark / (data.length / 4);
    }, box);
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Edges of an element, as parts of its page. */
function placeOnPaper(page: Page, number: number, selector: string): Promise<Edges> {
  return page.locator(`.page-box[data-page="${number}"]`).evaluate((paper, wanted) => {
    const outer = paper.getBoundingClientRect();
    const inner = paper.querySelector(wanted)!.getBoundingClientRect();
    return {
      left: (inner.left - outer.left) / outer.width,
      right: (inner.right - outer.left) / outer.width,
      top: (inner.top - outer.top) / outer.height,
      bottom: (inner.bottom - outer.top) / outer.height,
    };
  }, selector);
}

/** Edges of all that is seal red, as parts of the page. */
function redOnPaper(page: Page, number: number): Promise<Edges> {
  return page.locator(`.page-box[data-page="${number}"] canvas`).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i]! < 150 || data[i + 1]! > 120) continue;
      xs.push((i / 4) % width);
      ys.push(Math.floor(i / 4 / width));
    }
    const edges = (values: number[], size: number): [number, number] => [
      values.reduce((low, value) => Math.min(low, value / size), 1),
      values.reduce((high, value) => Math.max(high, value / size), 0),
    ];
    const [[left, right], [top, bottom]] = [edges(xs, width), edges(ys, height)];
    return { left, top, right, bottom };
  });
}

/** Where every page stands. */
function outlineOf(page: Page): Promise<number[][]> {
  return page.locator('.page-box').evaluateAll((boxes) =>
    boxes.map((box) => {
      const { x, y, width, height } = box.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}
