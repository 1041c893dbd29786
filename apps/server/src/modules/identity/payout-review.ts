/** Payouts as the platform's reviewers see them: of all apps, never with the amount. */
import { ApiError } from '@signet/protocol/errors';
import { maskIdNumber } from '../../kernel/mask.ts';
import { finish, lockCheck } from './check-access.ts';
import { isOverdue, outcomeAt } from './check-state.ts';
import type { InnerParts } from './parts.ts';
import { advancePayout } from './payout-progress.ts';
import type { ListedPayout, PayoutQuery } from './payout-store.ts';
import type { CompanyFacts, PayoutStatus } from './ports.ts';
import { appendEvidence } from './recording.ts';
import { type CheckStatus, isOpen } from './verification.ts';

const SOURCE = 'review';

export interface ReviewedPayout {
  readonly checkId: string;
  readonly verificationId: string;
  readonly appId: string;
  /** In clear. */
  readonly company: Pick<CompanyFacts, 'name' | 'idNumber'>;
  /** Masked; forgotten once the check has ended. */
  readonly account: { readonly number: string; readonly bankName: string } | undefined;
  readonly status: PayoutStatus;
  /** `processing` as long as the amount may still be told. */
  readonly outcome: CheckStatus;
  /** Why it failed or came back, or how the check ended. */
  readonly reason: string;
  readonly startedAt: Date;
  readonly expiresAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly triesLeft: number;
}

export interface PayoutEnd {
  readonly checkId: string;
  readonly status: Extract<PayoutStatus, 'failed' | 'returned'>;
  /** The company and the app read it. */
  readonly reason: string;
  /** Who decides, e.g. `operator:name`. */
  readonly by: string;
}

export interface PayoutReview {
  list(query: PayoutQuery): Promise<{ readonly list: ReviewedPayout[]; readonly total: number }>;
  /** Asks the bank now, of a payout that is open; one that has ended is answered as it is. */
  askBank(checkId: string): Promise<ReviewedPayout>;
  /** What a bank's statement says and its interface does not. @throws ApiError CHECK_ENDED */
  end(end: PayoutEnd): Promise<ReviewedPayout>;
}

export function createPayoutReview(parts: InnerParts): PayoutReview {
  const { database, payouts } = parts;
  const find = async (checkId: string): Promise<ReviewedPayout> => {
    const listed = await payouts.findListed(database.db, checkId);
    if (!listed) throw new ApiError('PAYOUT_NOT_FOUND', { checkId });
    return toReviewed(parts, listed);
  };

  return {
    list: async (query) => {
      const { list, total } = await payouts.list(database.db, query);
      return { list: await Promise.all(list.map((listed) => toReviewed(parts, listed))), total };
    },
    askBank: async (checkId) => {
      await find(checkId);
      await advancePayout(parts, checkId);
      return find(checkId);
    },
    end: async (end) => {
      await endPayout(parts, end);
      return find(end.checkId);
    },
  };
}

function endPayout(parts: InnerParts, { checkId, status, reason, by }: PayoutEnd): Promise<void> {
  return parts.database.transaction(async (tx) => {
    const payout = await parts.payouts.find(tx, checkId);
    if (!payout) throw new ApiError('PAYOUT_NOT_FOUND', { checkId });
    const { dossier, check } = await lockCheck(parts, tx, payout.appId, checkId);
    if (!isOpen(check) || isOverdue(check, parts.clock.now())) throw new ApiError('CHECK_ENDED', { checkId });

    const origin = { source: SOURCE, requestId: checkId };
    const { triesLeft } = (await parts.payouts.find(tx, checkId)) ?? payout;
    await parts.payouts.save(tx, { ...payout, status, reason, triesLeft });
    await appendEvidence(parts, tx, dossier.verification, {
      kind: 'payout-advanced',
      content: { checkId, status, reason, ...origin, decidedBy: by },
    });
    await finish(parts, tx, dossier, { checkId, outcome: 'un_passed', reason, ...origin, detail: { decidedBy: by } });
  });
}

async function toReviewed(
  { database, store, clock }: InnerParts,
  { check, ...payout }: ListedPayout,
): Promise<ReviewedPayout> {
  const { checkId, verificationId, appId, order, status, triesLeft } = payout;
  const flow = await store.find(database.db, verificationId);
  const { name, idNumber } = flow?.facts ?? { name: '', idNumber: '' };
  return {
    ...{ checkId, verificationId, appId, status, triesLeft, company: { name, idNumber } },
    account: order && { number: maskIdNumber(order.accountNumber), bankName: order.bankName },
    outcome: outcomeAt(check, clock.now()),
    reason: payout.reason || (isOpen(check) ? '' : check.reason),
    ...{ startedAt: check.at, expiresAt: check.expiresAt, endedAt: check.endedAt },
  };
}
