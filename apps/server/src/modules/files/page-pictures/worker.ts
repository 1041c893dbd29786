/** The thread that draws pages of documents that came from outside. */
import { parentPort } from 'node:worker_threads';
import { loadPdfium } from './pdfium.ts';
import { encodePicture, type PagePicture } from './picture.ts';
import { openRemoteBytes, type RemoteBytes, RemoteReadError } from './remote-bytes.ts';

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

/** Null when the page cannot be drawn, or its bytes cannot be read. */
async function run({ bytes, page, width }: DrawingJob): Promise<PagePicture | null> {
  try {
    const pixels = pdfium.draw(openRemoteBytes(bytes), page, width);
    return pixels && (await encodePicture(pixels));
  } catch (error) {
    // Anything else is a fault inside pdfium: its memory is not to be used again, nor is this thread.
    if (!(error instanceof RemoteReadError)) throw error;
    return null;
  } finally {
    bytes.port.close();
  }
}
