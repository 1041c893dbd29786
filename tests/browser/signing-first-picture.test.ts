/** Page 1 of the document while it cannot be drawn yet: a picture from the server, in the same place. */
import { describe, expect, it } from 'vitest';
import { documentShown, useBrowser } from './page-scene.ts';
import { longPdf } from './sample-pdfs.ts';

const { scene, visit, contractOver } = useBrowser();
const PHONE = { screen: 'phone' } as const;
const DESKTOP = { screen: 'desktop' } as const;

describe('the first page', () => {
  const position = { positionPage: 1, positionX: 300, positionY: 300 };

  it('is there before the code of the page has come, where it will stay', async () => {
    const link = await scene.linkOf(await contractOver(await longPdf(12), position), 'buyer');
    const { page, picture, complaints } = await visit('about:blank', PHONE);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/assets/start-*.js', async (route) => {
      await held;
      await route.continue();
    });

    await page.goto(link, { waitUntil: 'commit' });
    const image = page.locator('.page-box[data-page="1"] .page-picture > img');
    await image.waitFor();
    const early = await image.boundingBox();
    await picture('sign-first-picture');
    release();
    const canvas = page.locator('.page-box[data-page="1"] canvas');
    await canvas.waitFor();

    expect(await canvas.boundingBox()).toEqual(early);
    expect(await image.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each([PHONE, DESKTOP])('is a picture until the document has been read ($screen)', async (options) => {
    const link = await scene.linkOf(await contractOver(await longPdf(12), position), 'buyer');
    const { page, picture } = await visit('about:blank', options);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/page-api\/files\/[^/]*\?/, async (route) => {
      await held;
      await route.continue();
    });

    await page.goto(link);
    const image = page.locator('.page-box[data-page="1"] .page-picture > img');
    await image.waitFor();
    await page.getByLabel('我已阅读并同意').waitFor();
    // Long enough for a slow network to be spoken of elsewhere: there is something to read here.
    await page.waitForTimeout(3_000);
    expect(await page.locator('.page-box[data-page="1"] .page-note').count()).toBe(0);
    await picture(`sign-picture-until-read-${options.screen}`);
    release();

    await page.locator('.page-box[data-page="1"] canvas').waitFor();
    expect(await image.count()).toBe(0);
  });

  it('holds nothing up when it does not come, and lets nothing be asked for twice', async () => {
    const link = await scene.linkOf(await contractOver(await longPdf(100), position), 'buyer');
    const { page } = await visit('about:blank', PHONE);
    await page.route('**/first-page?*', () => undefined);
    const ranges: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (/page-api\/files\/[^/]*\?/.test(request.url())) ranges.push(request.headers().range);
    });

    await page.goto(link);
    await documentShown(page);

    expect(ranges.length).toBeGreaterThan(1);
    expect(new Set(ranges).size).toBe(ranges.length);
  });
});
