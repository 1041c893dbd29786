/** The scene of the signing tests with a browser in front of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, onTestFailed, vi } from 'vitest';
import { signer, useScene } from '../signing-page/scene.ts';
import { type OpenPage, openPage, type PageOptions, startBrowser } from './browser.ts';

type AppSettings = Parameters<typeof useScene>[0];

/** A page at an address; closed after the test, which fails if the browser complained about anything. */
export function useBrowser(settings?: AppSettings) {
  // Each test goes a whole way in a real browser, on machines that do other things too.
  vi.setConfig({ testTimeout: 60_000 });
  const scene = useScene(settings);
  let browser: Browser;
  let opened: OpenPage[] = [];
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    const pages = opened;
    opened = [];
    await Promise.all(pages.map(({ context }) => context.close()));
  });
  afterAll(() => browser.close());

  const visit = async (url: string, options: PageOptions): Promise<OpenPage> => {
    const found = await openPage(browser, options);
    opened.push(found);
    onTestFailed(async ({ task }) => {
      console.error(task.name, found.page.url(), found.complaints);
    });
    await found.page.goto(url);
    return found;
  };
  const visitSigning = async (contractId: string, accountId: string, options: PageOptions) =>
    visit(await scene.linkOf(contractId, accountId), options);
  /** A contract over one file that `buyer` signs, or those who are named. */
  const contractOver = async (file: Uint8Array, position: object, accountIds = ['buyer']): Promise<string> => {
    const { fileCode } = await scene.client.files.upload({ file, fileName: '合同.pdf' });
    const signFields = [{ fileCode, signFieldPosition: position }];
    const signers = accountIds.map((accountId) => signer(accountId, { signFields }));
    return scene.start(signers, { docs: [{ fileId: 'doc', fileCode }] });
  };
  return { scene, visit, visitSigning, contractOver };
}

/** The first page is drawn. */
export async function documentShown(page: Page): Promise<void> {
  await page.locator('.page-box[data-page="1"] canvas').waitFor();
  await page.locator('.page-box[data-page="1"] .text-layer > *').first().waitFor({ state: 'attached' });
}
