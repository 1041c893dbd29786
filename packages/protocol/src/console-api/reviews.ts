/** 审核: letters by which companies name their agents (企业经办人授权书), decided by a person. All need `reviews.decide`. */
import { z } from 'zod';
import { paging } from './paging.ts';

/** `GET /console-api/reviews/letters?…` → Page<LetterReview>: those under review, the oldest first. */
export const letterFilter = z.object(paging);

/** `GET /console-api/reviews/letters/:checkId/file` → the uploaded file as a PDF. */
export interface LetterReview {
  readonly checkId: string;
  readonly verificationId: string;
  readonly appId: string;
  readonly appName: string;
  readonly uploadedAt: string;
  /** What the letter must say, in clear. */
  readonly company: {
    readonly name: string;
    readonly idNumber: string;
    readonly representativeName: string;
  };
  readonly agent: { readonly name: string; readonly idNumber: string };
}

/** `POST /console-api/reviews/letters/:checkId/decision` → LetterDecided; one decision stands, a second is CHECK_ENDED (409). */
export const decideLetter = z
  .object({ status: z.enum(['passed', 'un_passed']), remark: z.string().trim().max(200).optional() })
  .refine(({ status, remark }) => status === 'passed' || Boolean(remark), {
    path: ['remark'],
    message: '不通过时须说明原因',
  });

export interface LetterDecided {
  readonly checkId: string;
  readonly status: 'passed' | 'un_passed';
}
