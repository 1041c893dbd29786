/** 审核: letters by which companies name their agents (企业经办人授权书), and payouts (打款认证) that need a person's look. */
import { z } from 'zod';
import { paging } from './paging.ts';
import { type ConsolePayoutStatus, PAYOUT_STATUSES } from './statuses.ts';

/** `GET /console-api/reviews/letters?…` → Page<LetterReview>: those under review, the oldest first; `reviews.decide`. */
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

/** `GET /console-api/reviews/payouts?…` → Page<PayoutReview>, the newest first; `payouts.read`. */
export const payoutFilter = z.object({
  status: z.enum(PAYOUT_STATUSES).optional(),
  /** Only those whose amount may still be told. */
  open: z.literal('true').optional(),
  appId: z.string().max(64).optional(),
  ...paging,
});

/** Never with the amount. */
export interface PayoutReview {
  readonly checkId: string;
  readonly verificationId: string;
  readonly appId: string;
  readonly appName: string;
  /** Masked for those who may not decide. */
  readonly company: { readonly name: string; readonly idNumber: string };
  /** Masked; null once the check has ended. */
  readonly account: { readonly number: string; readonly bankName: string } | null;
  readonly status: ConsolePayoutStatus;
  /** `processing` as long as the amount may still be told. */
  readonly outcome: 'processing' | 'passed' | 'un_passed';
  /** Why it failed or came back, or how the check ended. */
  readonly reason: string | null;
  readonly startedAt: string;
  readonly expiresAt: string | null;
  readonly endedAt: string | null;
  readonly triesLeft: number;
}

/** `POST /console-api/reviews/payouts/:checkId/ask` with `{}` → PayoutReview: the bank is asked now; `payouts.decide`. */

/** `POST /console-api/reviews/payouts/:checkId/end` → PayoutReview; CHECK_ENDED (409) once it has ended; `payouts.decide`. */
export const endPayout = z.object({
  status: z.enum(['failed', 'returned']),
  /** The company and the app read it. */
  reason: z.string().trim().min(1).max(200),
});
export type EndPayout = z.infer<typeof endPayout>;
