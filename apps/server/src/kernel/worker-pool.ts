/**
 * A few worker threads for work on untrusted bytes: kept warm, watched while they work, killed and replaced when they take too
 * long or too much memory.
 */
import { type Transferable, Worker } from 'node:worker_threads';

export interface WorkerLimits {
  readonly maxWorkers: number;
  readonly deadlineMs: number;
  /** JavaScript heap of one worker. */
  readonly heapMb: number;
  /** Growth of the whole process while a job runs: buffers lie outside the heap, where V8's own limit does not reach. */
  readonly growthMb: number;
}

/** The thread had to be killed, or died by itself; the job is lost, the pool goes on. */
export class WorkerFault extends Error {
  override readonly name = 'WorkerFault';
  readonly code: 'DEADLINE' | 'MEMORY' | 'CRASHED';

  constructor(code: WorkerFault['code'], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

export interface WorkerPool<Job, Result> {
  /** Runs one job on a free thread; `transfer` is what of the job is handed over without a copy. */
  run(job: Job, transfer: readonly Transferable[]): Promise<Result>;
  /** Starts the threads ahead of the first job. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
const WATCH_EVERY_MS = 25;
const STACK_MB = 4;
const MB = 2 ** 20;

/** `entry` is a module that posts `'ready'` once and then one message for each job. */
export function createWorkerPool<Job, Result>(entry: URL, limits: WorkerLimits): WorkerPool<Job, Result> {
  const slots = Array.from({ length: limits.maxWorkers }, () => new WorkerSlot<Job, Result>(entry, limits));
  const idle = [...slots];
  const waiting: ((slot: WorkerSlot<Job, Result>) => void)[] = [];

  const take = (): Promise<WorkerSlot<Job, Result>> => {
    const slot = idle.pop();
    return slot ? Promise.resolve(slot) : new Promise((resolve) => waiting.push(resolve));
  };
  const give = (slot: WorkerSlot<Job, Result>): void => {
    const next = waiting.shift();
    if (next) next(slot);
    else idle.push(slot);
  };

  return {
    async run(job, transfer) {
      const slot = await take();
      try {
        return await slot.run(job, transfer);
      } finally {
        give(slot);
      }
    },
    warm: async () => void (await Promise.all(slots.map((slot) => slot.warm()))),
    close: async () => void (await Promise.all(slots.map((slot) => slot.close()))),
  };
}

/** Only a whole buffer can be handed over without a copy; a slice of a shared one is copied. */
export function ownedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

class WorkerSlot<Job, Result> {
  private readonly entry: URL;
  private readonly limits: WorkerLimits;
  private worker: Promise<Worker> | undefined;

  constructor(entry: URL, limits: WorkerLimits) {
    this.entry = entry;
    this.limits = limits;
  }

  async warm(): Promise<void> {
    this.worker ??= startWorker(this.entry, this.limits.heapMb);
    await this.worker.catch((error) => {
      this.worker = undefined;
      throw error;
    });
  }

  async run(job: Job, transfer: readonly Transferable[]): Promise<Result> {
    await this.warm();
    const worker = await this.worker;
    if (!worker) throw new WorkerFault('CRASHED', 'the pool is closed');
    worker.ref();
    try {
      return await this.watch(worker, () => worker.postMessage(job, [...transfer]));
    } finally {
      worker.unref();
    }
  }

  async close(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    await worker?.terminate();
  }

  private watch(worker: Worker, begin: () => void): Promise<Result> {
    const { deadlineMs, growthMb } = this.limits;
    const before = process.memoryUsage.rss();

    return new Promise((resolve, reject) => {
      const release = (): void => {
        clearTimeout(deadline);
        clearInterval(watch);
        // Not removeAllListeners: Node's own listeners keep the port open, and the next job would hang.
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      const kill = (code: WorkerFault['code'], detail: string): void => {
        release();
        this.worker = undefined;
        // Whatever a dying thread still reports concerns nobody.
        worker.on('error', () => undefined);
        void worker.terminate();
        reject(new WorkerFault(code, detail));
      };
      const deadline = setTimeout(() => kill('DEADLINE', `after ${deadlineMs} ms`), deadlineMs);
      const watch = setInterval(() => {
        const growth = (process.memoryUsage.rss() - before) / MB;
        if (growth > growthMb) kill('MEMORY', `${Math.round(growth)} MB`);
      }, WATCH_EVERY_MS);

      const onMessage = (result: Result): void => {
        release();
        resolve(result);
      };
      const onError = (error: unknown): void => kill(isOutOfMemory(error) ? 'MEMORY' : 'CRASHED', String(error));
      const onExit = (code: number): void => kill('CRASHED', `worker exit ${code}`);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      begin();
    });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function startWorker(entry: URL, heapMb: number): Promise<Worker> {
  const worker = new Worker(entry, {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, stackSizeMb: STACK_MB },
  });
  return new Promise((resolve, reject) => {
    const give = (error: unknown): void => {
      clearTimeout(deadline);
      void worker.terminate();
      reject(error);
    };
    const deadline = setTimeout(() => give(new WorkerFault('CRASHED', 'it did not start')), START_DEADLINE_MS);
    worker.once('error', give);
    worker.once('message', () => {
      clearTimeout(deadline);
      worker.removeListener('error', give);
      worker.unref();
      resolve(worker);
    });
  });
}
