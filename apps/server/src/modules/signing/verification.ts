import type { VerificationReport } from '@signet/pdf';
import { ApiError } from '@signet/protocol/errors';
import { WorkerFault } from '../../kernel/worker-pool.ts';
import type { Certificates } from '../certificates/index.ts';
import type { DocumentVerifier } from './ports.ts';

export type Verification = ReturnType<typeof createVerification>;

/** 验签 of any file against this installation's trust anchors. */
export function createVerification(means: {
  readonly verifier: DocumentVerifier;
  readonly certificates: Certificates;
}) {
  return {
    async check(file: Uint8Array): Promise<VerificationReport> {
      const report = await means.verifier
        .verify(file, { trustAnchors: means.certificates.trustAnchors() })
        .catch(refuseExcessive);
      const unreadable = report.problems.find((problem) => problem.code === 'UNREADABLE');
      if (!unreadable) return report;
      throw new ApiError('FILE_PROCESSING_FAILED', { pdf: unreadable.detail }, { detail: '无法解析为PDF文件' });
    },
  };
}

/** The file took more time or memory than a check may cost: that is the file's fault. */
function refuseExcessive(error: unknown): never {
  if (!(error instanceof WorkerFault)) throw error;
  throw new ApiError(
    'FILE_PROCESSING_FAILED',
    { fault: error.code },
    { detail: '文件过于复杂,验签超出限制', cause: error },
  );
}
