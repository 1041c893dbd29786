/** The thread that lays out and verifies whole files. */
import { parentPort } from 'node:worker_threads';
import {
  type LaidOutDocument,
  type LayoutPlan,
  layOut,
  PdfError,
  type VerificationReport,
  verifyDocument,
} from '@signet/pdf';

export type EngineJob =
  | { readonly task: 'lay-out'; readonly base: Uint8Array; readonly plan: LayoutPlan }
  | { readonly task: 'verify'; readonly file: Uint8Array; readonly trustAnchors: Uint8Array[] };

/** Errors do not survive the way between threads, so the expected one travels as data. */
export type EngineResult =
  | { readonly ok: true; readonly value: LaidOutDocument | VerificationReport }
  | { readonly ok: false; readonly code: PdfError['code']; readonly message: string };

parentPort?.on('message', (job: EngineJob) => {
  void run(job).then((result) => parentPort?.postMessage(result));
});
parentPort?.postMessage('ready');

async function run(job: EngineJob): Promise<EngineResult> {
  try {
    if (job.task === 'lay-out') return { ok: true, value: layOut(job.base, job.plan) };
    return { ok: true, value: await verifyDocument(job.file, { trustAnchors: job.trustAnchors }) };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
