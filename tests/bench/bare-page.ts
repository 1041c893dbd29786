/** What pages of ours are compared with: an empty page, and one that does nothing but draw page 1 by pdf.js. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const PDFJS = join(import.meta.dirname, '..', '..', 'node_modules', 'pdfjs-dist', 'legacy', 'build');

const EMPTY = `<!doctype html><section class="page-box" data-page="1"></section>
<script type="module">document.querySelector('section').append(document.createElement('canvas'))</script>`;

const DRAWING = `<!doctype html><section class="page-box" data-page="1"></section>
<script type="module">
import * as pdfjs from '/pdf.min.mjs';
const port = new Worker('/pdf.worker.min.mjs', { type: 'module' });
const data = await (await fetch('/file.pdf')).arrayBuffer();
const file = await pdfjs.getDocument({ data, worker: pdfjs.PDFWorker.create({ port }) }).promise;
const page = await file.getPage(1);
const canvas = document.createElement('canvas');
const viewport = page.getViewport({ scale: (2 * innerWidth) / page.getViewport({ scale: 1 }).width });
Object.assign(canvas, { width: viewport.width, height: viewport.height });
await page.render({ canvas, viewport }).promise;
document.querySelector('section').append(canvas);
</script>`;

export interface BarePages {
  readonly emptyUrl: string;
  readonly drawingUrl: string;
  close(): void;
}

export async function startBarePages(file: Uint8Array): Promise<BarePages> {
  const server = createServer((request, response) => {
    const { url = '' } = request;
    if (url === '/file.pdf') return response.end(file);
    if (url.endsWith('.mjs')) {
      response.setHeader('Content-Type', 'text/javascript');
      return createReadStream(join(PDFJS, url)).pipe(response);
    }
    response.setHeader('Content-Type', 'text/html');
    return response.end(url === '/empty' ? EMPTY : DRAWING);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { emptyUrl: `${base}/empty`, drawingUrl: `${base}/drawing`, close: () => server.close() };
}
