/** The worker of pdf.js, apart from the library, so that it can load before anything else has. Its older build, since phones' WebViews lag years behind. */
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

export interface EngineWorker {
  readonly port: Worker;
  /** Resolves if the worker turns out not to run. */
  readonly broken: Promise<void>;
}

let started: EngineWorker | undefined;

export function startEngineWorker(): EngineWorker {
  started ??= start();
  return started;
}

/** A worker that did not load is of no use to the next try. */
export function forgetEngineWorker(): void {
  started = undefined;
}

function start(): EngineWorker {
  const port = new Worker(workerUrl, { type: 'module' });
  const broken = new Promise<void>((resolve) => port.addEventListener('error', () => resolve()));
  return { port, broken };
}
