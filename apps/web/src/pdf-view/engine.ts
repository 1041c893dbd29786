/** pdf.js, loaded when a document is to be shown and not before. */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { forgetEngineWorker, startEngineWorker } from './engine-worker.ts';
import { type FileSource, SourceGone } from './file-source.ts';
import { CHUNK_BYTES, isReadWhole } from './ranges.ts';

export type { PDFDocumentProxy, PDFPageProxy };

type Library = typeof import('pdfjs-dist');

export interface Engine {
  readonly pdfjs: Library;
  readonly worker: InstanceType<Library['PDFWorker']>;
  /** Rejects when the worker turns out not to run. */
  readonly broken: Promise<never>;
}

/** What pdf.js fetches by itself, put there by the build. */
const ASSETS = '/assets/pdfjs';
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** The pages have been replaced on the server since this one was opened, or the network was away: loading the page anew helps. */
export class EngineMissing extends Error {
  override readonly name = 'EngineMissing';
}

let loading: Promise<Engine> | undefined;

/** Starts the download early when it is known that a document will follow. */
export function loadEngine(): Promise<Engine> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    forgetEngineWorker();
    throw new EngineMissing('pdf.js did not load', { cause: error });
  });
  return loading;
}

async function load(): Promise<Engine> {
  // Worker and library load side by side.
  const worker = startEngineWorker();
  const broken = worker.broken.then<never>(() => {
    throw new EngineMissing('the worker of pdf.js did not load');
  });
  broken.catch(() => undefined);
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port: worker.port }), broken };
}

export interface OpenDocument {
  readonly document: Promise<PDFDocumentProxy>;
  close(): void;
}

/** @param onWaiting told whether the network keeps the document waiting. */
export function openDocument(source: FileSource, onWaiting: (isWaiting: boolean) => void): OpenDocument {
  const stopper = new AbortController();
  const read = (begin: number, end: number) => readPatiently(source, [begin, end], stopper.signal, onWaiting);
  // Under way before pdf.js is.
  const whole = isReadWhole(source.size) ? read(0, source.size) : undefined;
  whole?.catch(() => undefined);
  const task = loadEngine().then((engine) => (whole ? readWhole(engine, whole) : readParts(engine, source, read)));
  const opened = task.then(({ promise }) => promise);
  const document = loadEngine().then(({ broken }) => Promise.race([opened, broken]));
  const close = (): void => {
    stopper.abort();
    task.then(({ destroy }) => destroy()).catch(() => undefined);
  };
  opened.catch(() => undefined);
  document.catch(() => undefined);
  return { document, close };
}

type Read = (begin: number, end: number) => Promise<Uint8Array>;

async function readWhole(engine: Engine, whole: Promise<Uint8Array>) {
  const task = engine.pdfjs.getDocument({ ...optionsOf(engine), data: await whole });
  return { promise: task.promise, destroy: () => task.destroy() };
}

async function readParts(engine: Engine, { size }: FileSource, read: Read) {
  const { pdfjs } = engine;
  let fail: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  broken.catch(() => undefined);
  const range = new pdfjs.PDFDataRangeTransport(size, null);
  range.requestDataRange = (begin: number, end: number) => {
    read(begin, end).then((bytes) => range.onDataRange(begin, bytes), fail);
  };
  const task = pdfjs.getDocument({
    ...optionsOf(engine),
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
  });
  return { promise: Promise.race([task.promise, broken]), destroy: () => task.destroy() };
}

function optionsOf({ pdfjs, worker }: Engine) {
  return {
    worker,
    cMapUrl: `${ASSETS}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
    wasmUrl: `${ASSETS}/wasm/`,
    iccUrl: `${ASSETS}/iccs/`,
    isEvalSupported: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  };
}

/** pdf.js never asks twice for a range, so a bad network is waited out here. */
async function readPatiently(
  source: FileSource,
  [begin, end]: readonly [number, number],
  signal: AbortSignal,
  onWaiting: (isWaiting: boolean) => void,
): Promise<Uint8Array> {
  for (let round = 0; ; round++) {
    try {
      const bytes = await source.read(begin, end, signal);
      if (round > 0) onWaiting(false);
      return bytes;
    } catch (error) {
      if (signal.aborted || error instanceof SourceGone) throw error;
      onWaiting(true);
      await pause(RETRY_MS[Math.min(round, RETRY_MS.length - 1)] ?? 0);
      if (signal.aborted) throw error;
    }
  }
}

/** Ends early when the browser says that the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener('online', end);
  });
}
