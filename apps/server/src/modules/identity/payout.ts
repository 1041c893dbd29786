/** The rules of 打款认证, open API §2.2. */
import { ApiError } from '@signet/protocol/errors';
import { isOverdue } from './check-state.ts';
import type { CheckOutcome, PayoutStatus } from './ports.ts';
import { type CompanyDossier, type IdentityCheck, isCompanyProven, isOpen } from './verification.ts';

export const PAYOUT_MS = 72 * 3_600_000;
export const PAYOUT_TRIES = 3;
export const SMALLEST_CENTS = 1;
export const LARGEST_CENTS = 99;
/** Each costs money and shows up in somebody's account. */
const MAX_PAYOUTS = 5;

/** Yuan with at most two decimals, in cents; undefined when it is no amount. */
export function parseAmount(amount: string): number | undefined {
  const [, yuan, cents = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(amount.trim()) ?? [];
  return yuan === undefined ? undefined : Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
}

/** Whether another payout may begin in this flow. */
export function refusePayout(dossier: CompanyDossier, now: Date): void {
  const { verification, checks } = dossier;
  const context = { verificationId: verification.id };
  if (!isCompanyProven(dossier)) throw new ApiError('COMPANY_NOT_PROVEN', context);
  const earlier = checks.filter(({ kind }) => kind === 'payout');
  if (earlier.some((check) => isOpen(check) && !isOverdue(check, now))) throw new ApiError('PAYOUT_OPEN', context);
  if (earlier.length >= MAX_PAYOUTS) throw new ApiError('TOO_MANY_CHECKS', context);
}

export interface AmountGuess {
  readonly outcome: CheckOutcome;
  readonly remainingAttempts: number;
  /** The check is over: by the right amount, or by the last wrong one. */
  readonly isFinal: boolean;
}

/** Judges one reported amount. A payout that can no longer be guessed at has an error of its own. */
export function judgeAmount(
  payout: { readonly check: IdentityCheck; readonly status: PayoutStatus; readonly triesLeft: number },
  isRight: boolean,
  now: Date,
): AmountGuess {
  const { check, status, triesLeft } = payout;
  const context = { checkId: check.id };
  if (isOverdue(check, now)) throw new ApiError('PAYOUT_ENDED', context, { detail: '已超过72小时' });
  if (!isOpen(check)) throw new ApiError('PAYOUT_ENDED', context, { detail: check.reason });
  if (status !== 'paid') throw new ApiError('PAYOUT_NOT_PAID', context);

  const remainingAttempts = triesLeft - 1;
  return { outcome: isRight ? 'passed' : 'un_passed', remainingAttempts, isFinal: isRight || remainingAttempts <= 0 };
}
