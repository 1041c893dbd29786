/** How long a signer on a slow phone waits for page 1, with nothing cached: until it is in sight, and until the page itself has drawn it. */
import { createSignetClient, type SignetClient } from '@signet/sdk';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../../scripts/build-web.mjs';
import { startBrowser } from '../browser/browser.ts';
import { longPdf, scannedPdf } from '../browser/sample-pdfs.ts';
import { startBarePages } from './bare-page.ts';
import type { BenchServer } from './bench-server.ts';
import { median, row, title } from './statistics.ts';

const RUNS = 5;
/** A cheap phone is about this much slower than the machine that measures. */
const SLOWER = 4;
const PAGES = 200;
const SCAN_BYTES_PER_PAGE = 480_000;

export async function benchFirstPage({ url: baseUrl, appKey, appSecret }: BenchServer): Promise<void> {
  if (!buildWeb()) throw new Error('the pages do not build');
  title(`Milliseconds until page 1 of ${PAGES} is there (processor ${SLOWER} times slower, nothing cached)`);
  row('', 'in sight', 'min', 'max', 'drawn here', 'MB received');
  const client = createSignetClient({ baseUrl, appKey, appSecret });
  await client.persons.create({
    ...{ accountId: 'reader', informPhone: '13800000000', psnName: '张三' },
    ...{ psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' },
  });
  const text = await longPdf(PAGES);
  const bare = await startBarePages(text);
  const browser = await startBrowser();
  try {
    const pages = {
      'an empty page': bare.emptyUrl,
      'pdf.js alone, text': bare.drawingUrl,
      'text, 5 MB': await linkTo(client, text),
      'scan, 96 MB': await linkTo(client, scannedPdf(PAGES, SCAN_BYTES_PER_PAGE)),
    };
    for (const [name, runs] of await measure(browser, Object.entries(pages))) {
      const inSight = runs.map((run) => run.inSight);
      const drawn = median(runs.map((run) => run.drawn));
      const received = median(runs.map(({ bytes }) => bytes)) / 1e6;
      row(name, median(inSight), Math.min(...inSight), Math.max(...inSight), drawn, received);
    }
  } finally {
    await browser.close();
    bare.close();
  }
}

async function linkTo(client: SignetClient, file: Uint8Array): Promise<string> {
  const { fileCode } = await client.files.upload({ file, fileName: 'long.pdf' });
  const { contractId } = await client.contracts.start({
    docs: [{ fileId: '1', fileCode }],
    signFlowInitiator: { accountId: 'reader' },
    signers: [
      {
        accountId: 'reader',
        signFields: [{ fileCode, signFieldPosition: { positionPage: PAGES, positionX: 300, positionY: 300 } }],
      },
    ],
  });
  return (await client.contracts.getSignUrl({ contractId, accountId: 'reader' })).signUrl;
}

/** In turn, so that a machine that becomes slower does so for all of them. */
async function measure(browser: Browser, pages: readonly (readonly [name: string, url: string])[]) {
  const measured = new Map(pages.map(([name]) => [name, [] as Run[]]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, url] of pages) measured.get(name)?.push(await openOnce(browser, url));
  }
  return measured;
}

interface Run {
  /** Milliseconds until a picture of the page stands where the page will be. */
  readonly inSight: number;
  /** Milliseconds until pdf.js has drawn it. */
  readonly drawn: number;
  readonly bytes: number;
}

const PAGE_ONE = '.page-box[data-page="1"]';
const WAIT = { polling: 'raf', timeout: 60_000 } as const;

async function openOnce(browser: Browser, url: string): Promise<Run> {
  const context = await browser.newContext({
    ...{ viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'commit' });
  const first = await page.waitForFunction(whenThere, `${PAGE_ONE} canvas, ${PAGE_ONE} .page-picture > img`, WAIT);
  const inSight = Number(await first.jsonValue());
  const canvas = await page.waitForFunction(whenThere, `${PAGE_ONE} canvas`, WAIT);
  const drawn = Number(await canvas.jsonValue());
  await context.close();
  return { inSight, drawn, bytes };
}

/** Runs in the page, once a frame. A picture counts when it has been decoded. */
function whenThere(selector: string): number | false {
  const found = document.querySelector(selector);
  const isThere = found instanceof HTMLImageElement ? found.complete && found.naturalWidth > 0 : found !== null;
  return isThere && performance.now();
}
