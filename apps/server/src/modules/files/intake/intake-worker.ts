/** The thread that reads uploads. One job at a time; the parent kills it when a job takes too long or too much. */
import { readFile, stat } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { type IntakeResult, refuse } from './intake-result.ts';
import { judgeUpload } from './judge.ts';
import { MAX_FILE_BYTES, REASONS } from './reasons.ts';

export type IntakeJob = { readonly path: string } | { readonly bytes: Uint8Array };

parentPort?.on('message', (job: IntakeJob) => {
  void run(job).then((result) =>
    parentPort?.postMessage(result, result.ok ? [result.bytes.buffer as ArrayBuffer] : []),
  );
});
parentPort?.postMessage('ready');

async function run(job: IntakeJob): Promise<IntakeResult> {
  try {
    const result = 'path' in job ? await judgePath(job.path) : await judgeUpload(job.bytes);
    return result.ok ? { ...result, bytes: owned(result.bytes) } : result;
  } catch (error) {
    return refuse('PROCESSING_FAILED', REASONS.crashed, String(error));
  }
}

async function judgePath(path: string): Promise<IntakeResult> {
  const { size } = await stat(path);
  return size > MAX_FILE_BYTES ? refuse('UNSUPPORTED', REASONS.tooManyBytes) : judgeUpload(await readFile(path));
}

/** Only a whole buffer can be handed over without a copy. */
function owned(bytes: Uint8Array): Uint8Array {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes : new Uint8Array(bytes);
}
