import { type LaidOutDocument, type LayoutPlan, PdfError, type VerificationReport } from '@signet/pdf';
import { createWorkerPool, ownedBytes, type WorkerLimits } from '../../../kernel/worker-pool.ts';
import type { EngineJob, EngineResult } from './worker.ts';

export interface DocumentEngine {
  /** Takes the bytes over. @throws PdfError when the file cannot be laid out. */
  layOut(base: Uint8Array, plan: LayoutPlan): Promise<LaidOutDocument>;
  /** Takes the bytes over. */
  verify(file: Uint8Array, options: { readonly trustAnchors: readonly Uint8Array[] }): Promise<VerificationReport>;
  warm(): Promise<void>;
  close(): Promise<void>;
}

const LIMITS: WorkerLimits = { maxWorkers: 2, deadlineMs: 60_000, heapMb: 512, growthMb: 1024 };
const ENTRY = new URL('./bootstrap.mjs', import.meta.url);

/** Reads whole files that came from outside, away from the main thread: laying out and verifying. */
export function createDocumentEngine(limits: Partial<WorkerLimits> = {}): DocumentEngine {
  const pool = createWorkerPool<EngineJob, EngineResult>(ENTRY, { ...LIMITS, ...limits });

  return {
    async layOut(bytes, plan) {
      const base = ownedBytes(bytes);
      return (await run({ task: 'lay-out', base, plan }, base)) as LaidOutDocument;
    },
    async verify(bytes, { trustAnchors }) {
      const file = ownedBytes(bytes);
      return (await run({ task: 'verify', file, trustAnchors: [...trustAnchors] }, file)) as VerificationReport;
    },
    warm: pool.warm,
    close: pool.close,
  };

  async function run(job: EngineJob, handedOver: Uint8Array<ArrayBuffer>) {
    const result = await pool.run(job, [handedOver.buffer]);
    if (result.ok) return result.value;
    throw new PdfError(result.code, result.message);
  }
}
