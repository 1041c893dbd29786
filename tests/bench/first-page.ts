/** How long a signer on a slow phone waits for page 1: from opening the link, with nothing cached, to the drawn page. */
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
  title(`Milliseconds until page 1 of ${PAGES} is drawn (processor ${SLOWER} times slower, nothing cached)`);
  row('', 'median', 'min', 'max', 'MB received');
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
    for (const [name, { times, bytes }] of await measure(browser, Object.entries(pages))) {
      row(name, median(times), Math.min(...times), Math.max(...times), bytes / 1e6);
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
  const measured = new Map(pages.map(([name]) => [name, { times: [] as number[], bytes: 0 }]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, url] of pages) {
      const { milliseconds, bytes } = await openOnce(browser, url);
      const row = measured.get(name);
      row?.times.push(milliseconds);
      if (row) row.bytes = bytes;
    }
  }
  return measured;
}

async function openOnce(browser: Browser, url: string): Promise<{ milliseconds: number; bytes: number }> {
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
  const drawn = await page.waitForFunction(
    () => document.querySelector('.page-box[data-page="1"] canvas') && performance.now(),
    undefined,
    { polling: 'raf', timeout: 60_000 },
  );
  const milliseconds = Number(await drawn.jsonValue());
  await context.close();
  return { milliseconds, bytes };
}
