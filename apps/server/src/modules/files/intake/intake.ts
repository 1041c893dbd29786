/** Uploads are read by a few worker threads, so that a poisoned file costs its own thread and never the server. */
import { createWorkerPool, ownedBytes, WorkerFault, type WorkerLimits } from '../../../kernel/worker-pool.ts';
import { type IntakeResult, refuse } from './intake-result.ts';
import type { IntakeJob } from './intake-worker.ts';
import { REASONS } from './reasons.ts';

export type { AcceptedFile, IntakeResult, RefusedFile } from './intake-result.ts';

export interface Intake {
  /**
   * Judges a file by its content. A path is read in the worker; bytes are handed over without a copy, after which the
   * caller's array is empty. Never rejects for what is inside the file.
   */
  process(source: string | Uint8Array, fileName: string): Promise<IntakeResult>;
  /** Starts the threads ahead of the first upload. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const LIMITS: WorkerLimits = { maxWorkers: 2, deadlineMs: 60_000, heapMb: 512, growthMb: 768 };
const ENTRY = new URL('./intake-bootstrap.mjs', import.meta.url);

const FAULT_REASONS: Readonly<Record<WorkerFault['code'], string>> = {
  DEADLINE: REASONS.deadline,
  MEMORY: REASONS.memory,
  CRASHED: REASONS.crashed,
};

export function createIntake(limits: Partial<WorkerLimits> = {}): Intake {
  const pool = createWorkerPool<IntakeJob, IntakeResult>(ENTRY, { ...LIMITS, ...limits });

  return {
    process(source) {
      if (typeof source === 'string') return judge({ path: source }, []);
      const bytes = ownedBytes(source);
      return judge({ bytes }, [bytes.buffer]);
    },
    warm: pool.warm,
    close: pool.close,
  };

  /** A thread that had to be killed is the file's own fault. */
  async function judge(job: IntakeJob, transfer: ArrayBuffer[]): Promise<IntakeResult> {
    try {
      return await pool.run(job, transfer);
    } catch (error) {
      if (!(error instanceof WorkerFault)) throw error;
      return refuse('PROCESSING_FAILED', FAULT_REASONS[error.code], error.message);
    }
  }
}
