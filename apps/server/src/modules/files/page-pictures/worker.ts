/** The thread that draws pages of documents that came from outside. */
import { parentPort } from 'node:worker_threads';
import { loadPdfium } from './pdfium.ts';
import { encodePicture, type PagePicture } from './picture.ts';
import { openRemoteBytes, type RemoteBytes } from './remote-bytes.ts';

export interface DrawingJob {
  readonly bytes: RemoteBytes;
  /** From 0. */
  readonly page: number;
  readonly width: number;
}

const pdfium = await loadPdfium();

parentPort?.on('message', (job: DrawingJob) => {
  void run(job).then((result) => parentPort?.postMessage(result));
});
parentPort?.postMessage('ready');

/** A fault inside pdfium is thrown on, which ends the thread: its memory is not to be used again. */
async function run({ bytes, page, width }: DrawingJob): Promise<PagePicture | null> {
  const pixels = pdfium.draw(openRemoteBytes(bytes), page, width);
  bytes.port.close();
  return pixels && encodePicture(pixels);
}
