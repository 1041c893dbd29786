/** Pictures of pages, for those who must wait until their own machine has drawn the document. */
import { MessageChannel } from 'node:worker_threads';
import { createWorkerPool, WorkerFault, type WorkerLimits } from '../../../kernel/worker-pool.ts';
import type { PagePicture } from './picture.ts';
import { type RangedBytes, serveBytes } from './remote-bytes.ts';
import type { DrawingJob } from './worker.ts';

export type { PagePicture } from './picture.ts';
export type { RangedBytes } from './remote-bytes.ts';

export interface PagePictures {
  /**
   * Null when there is none to be had: the document lacks a font, cannot be drawn, takes too long, or too many wait already.
   * @param page from 1. @param width in pixels; 2,000 when more is asked for.
   */
  draw(bytes: RangedBytes, page: number, width: number): Promise<PagePicture | null>;
  /** Starts the thread ahead of the first picture. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const LIMITS: WorkerLimits = { maxWorkers: 1, deadlineMs: 5_000, heapMb: 256, growthMb: 512 };
const ENTRY = new URL('./bootstrap.mjs', import.meta.url);
/** A page on a large sharp screen. */
const WIDEST = 2_000;
/** Behind so many others a picture comes no earlier than the page draws its own. */
const MOST_AT_ONCE = 16;

export function createPagePictures(limits: Partial<WorkerLimits> = {}): PagePictures {
  const pool = createWorkerPool<DrawingJob, PagePicture | null>(ENTRY, { ...LIMITS, ...limits });
  let underWay = 0;

  return {
    async draw(bytes, page, width) {
      if (underWay >= MOST_AT_ONCE) return null;
      underWay++;
      try {
        return await run(bytes, { page: page - 1, width: Math.min(width, WIDEST) });
      } catch (error) {
        // The thread had to be killed, which is the document's own fault.
        if (error instanceof WorkerFault) return null;
        throw error;
      } finally {
        underWay--;
      }
    },
    warm: pool.warm,
    close: pool.close,
  };

  async function run(bytes: RangedBytes, what: Omit<DrawingJob, 'bytes'>): Promise<PagePicture | null> {
    const { port1: here, port2: port } = new MessageChannel();
    const answers = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    serveBytes(bytes, here, answers);
    try {
      return await pool.run({ bytes: { size: bytes.size, port, answers }, ...what }, [port]);
    } finally {
      here.close();
    }
  }
}
