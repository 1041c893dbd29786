/** One worker thread that is kept warm, watched while it works, and replaced when it had to be killed. */
import { Worker } from 'node:worker_threads';
import { type IntakeResult, refuse } from './intake-result.ts';
import type { IntakeJob } from './intake-worker.ts';
import { REASONS } from './reasons.ts';

export interface WorkerLimits {
  readonly deadlineMs: number;
  /** JavaScript heap of the worker. */
  readonly heapMb: number;
  /** Growth of the whole process while the job runs: buffers lie outside the heap, where V8's own limit does not reach. */
  readonly growthMb: number;
}

const ENTRY = new URL('./intake-bootstrap.mjs', import.meta.url);
const START_DEADLINE_MS = 60_000;
const WATCH_EVERY_MS = 25;
const STACK_MB = 4;
const MB = 2 ** 20;

export class WorkerSlot {
  private readonly limits: WorkerLimits;
  private worker: Promise<Worker> | undefined;

  constructor(limits: WorkerLimits) {
    this.limits = limits;
  }

  /** Starts the thread ahead of its first job. */
  async warm(): Promise<void> {
    this.worker ??= startWorker(this.limits.heapMb);
    await this.worker.catch((error) => {
      this.worker = undefined;
      throw error;
    });
  }

  async run(job: IntakeJob, transfer: ArrayBuffer[]): Promise<IntakeResult> {
    await this.warm();
    const worker = await this.worker;
    if (!worker) {
      throw new Error('the intake is closed');
    }
    worker.ref();
    const result = await this.watch(worker, () => worker.postMessage(job, transfer));
    worker.unref();
    return result;
  }

  async close(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    await worker?.terminate();
  }

  private watch(worker: Worker, begin: () => void): Promise<IntakeResult> {
    const { deadlineMs, growthMb } = this.limits;
    const before = process.memoryUsage.rss();

    return new Promise((resolve) => {
      const settle = (result: IntakeResult, isAlive: boolean): void => {
        clearTimeout(deadline);
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (!isAlive) {
          this.worker = undefined;
          // Whatever a dying thread still reports concerns nobody.
          worker.on('error', () => undefined);
          void worker.terminate();
        }
        resolve(result);
      };
      const fail = (reason: string, detail: string): void => settle(refuse('PROCESSING_FAILED', reason, detail), false);
      const deadline = setTimeout(() => fail(REASONS.deadline, `after ${deadlineMs} ms`), deadlineMs);
      const watch = setInterval(() => {
        const growth = (process.memoryUsage.rss() - before) / MB;
        if (growth > growthMb) {
          fail(REASONS.memory, `${Math.round(growth)} MB`);
        }
      }, WATCH_EVERY_MS);

      const onMessage = (result: IntakeResult): void => settle(result, true);
      const onError = (error: unknown): void =>
        fail(isOutOfMemory(error) ? REASONS.memory : REASONS.crashed, String(error));
      const onExit = (code: number): void => fail(REASONS.crashed, `worker exit ${code}`);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      begin();
    });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function startWorker(heapMb: number): Promise<Worker> {
  const worker = new Worker(ENTRY, {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, stackSizeMb: STACK_MB },
  });
  return new Promise((resolve, reject) => {
    const give = (error: unknown): void => {
      clearTimeout(deadline);
      void worker.terminate();
      reject(error);
    };
    const deadline = setTimeout(() => give(new Error('the intake worker did not start')), START_DEADLINE_MS);
    worker.once('error', give);
    worker.once('message', () => {
      clearTimeout(deadline);
      worker.removeListener('error', give);
      worker.unref();
      resolve(worker);
    });
  });
}
