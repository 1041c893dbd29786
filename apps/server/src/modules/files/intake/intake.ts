/** Uploads are read by a few worker threads, so that a poisoned file costs its own thread and never the server. */
import type { IntakeResult } from './intake-result.ts';
import { type WorkerLimits, WorkerSlot } from './worker-slot.ts';

export type { AcceptedFile, IntakeResult, RefusedFile } from './intake-result.ts';

export interface IntakeOptions extends Partial<WorkerLimits> {
  readonly maxWorkers?: number;
}

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

const DEFAULTS = { maxWorkers: 2, deadlineMs: 60_000, heapMb: 512, growthMb: 768 };

export function createIntake(options: IntakeOptions = {}): Intake {
  const { maxWorkers, ...limits } = { ...DEFAULTS, ...options };
  const slots = Array.from({ length: maxWorkers }, () => new WorkerSlot(limits));
  const idle = [...slots];
  const waiting: ((slot: WorkerSlot) => void)[] = [];

  const take = (): Promise<WorkerSlot> => {
    const slot = idle.pop();
    return slot ? Promise.resolve(slot) : new Promise((resolve) => waiting.push(resolve));
  };
  const give = (slot: WorkerSlot): void => {
    const next = waiting.shift();
    if (next) {
      next(slot);
    } else {
      idle.push(slot);
    }
  };

  return {
    async process(source) {
      const slot = await take();
      try {
        if (typeof source === 'string') {
          return await slot.run({ path: source }, []);
        }
        const bytes = owned(source);
        return await slot.run({ bytes }, [bytes.buffer]);
      } finally {
        give(slot);
      }
    },

    async warm() {
      await Promise.all(slots.map((slot) => slot.warm()));
    },

    async close() {
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
}

/** A slice of a shared pool cannot be handed over. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
