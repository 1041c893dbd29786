/** One page as pixels and as text. */
import { loadEngine, type PDFPageProxy } from './engine.ts';
import { sharpness } from './geometry.ts';

/** A new canvas of the page at a width in CSS pixels, complete when it resolves. */
export async function drawPage(page: PDFPageProxy, cssWidth: number, signal: AbortSignal): Promise<HTMLCanvasElement> {
  const scale = cssWidth / page.getViewport({ scale: 1 }).width;
  const size = page.getViewport({ scale });
  const ratio = sharpness(size.width, size.height, window.devicePixelRatio);
  const viewport = page.getViewport({ scale: scale * ratio });
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  canvas.setAttribute('aria-hidden', 'true');

  const task = page.render({ canvas, viewport });
  const stop = (): void => task.cancel();
  signal.addEventListener('abort', stop);
  try {
    await task.promise;
    return canvas;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Gives the memory back at once; some phones keep a canvas until they have run out. */
export function release(canvas: HTMLCanvasElement | null | undefined): void {
  if (!canvas) return;
  canvas.width = 0;
  canvas.height = 0;
}

/** Fills the container with the page's text, transparent and exactly over the picture: to select, search and read out. */
export async function writeText(page: PDFPageProxy, container: HTMLElement, signal: AbortSignal): Promise<void> {
  const { pdfjs } = await loadEngine();
  if (signal.aborted) return;
  const viewport = page.getViewport({ scale: 1 });
  const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
  signal.addEventListener('abort', () => layer.cancel());
  await layer.render();
}
