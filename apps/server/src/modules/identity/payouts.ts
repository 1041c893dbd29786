/** 打款认证: a small amount goes to the company's account, and whoever reads it there reports it. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import { newId19, randomWhole } from '../../kernel/ids.ts';
import { maskIdNumber } from '../../kernel/mask.ts';
import { bindNamedAgent } from './agent-binding.ts';
import { type CheckReference, findReferenced, finish, lockCheck } from './check-access.ts';
import { findCheck } from './check-state.ts';
import { requireKind, requireOpen } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import {
  judgeAmount,
  LARGEST_CENTS,
  PAYOUT_MS,
  PAYOUT_TRIES,
  parseAmount,
  refusePayout,
  SMALLEST_CENTS,
} from './payout.ts';
import { advancePayout, schedulePayout } from './payout-progress.ts';
import type { CheckOutcome, PayoutOrder, PayoutStatus } from './ports.ts';
import { appendEvidence, recordCheck } from './recording.ts';
import type { CompanyDossier } from './verification.ts';

const SOURCE = 'signet';

export interface PayoutRequest {
  readonly verificationId: string;
  readonly accountNumber: string;
  readonly bankName: string;
  readonly branchCode: string;
  /** The agent's own compliant flow, for a company's flow that has no agent yet. */
  readonly agentVerificationId?: string | undefined;
}

export interface PayoutReport {
  readonly verificationId: string;
  readonly checkId: string;
  readonly status: PayoutStatus;
  readonly failReason: string | null;
}

export interface JudgedAmount {
  readonly verificationId: string;
  readonly checkId: string;
  readonly outcome: CheckOutcome;
  readonly remainingAttempts: number;
}

export async function startPayout(parts: InnerParts, appId: string, request: PayoutRequest): Promise<PayoutReport> {
  if (parts.payoutBank.isConfigured === false) {
    throw new ApiError('IDENTITY_SOURCE_UNAVAILABLE', {}, { detail: '未配置打款银行' });
  }
  const { verificationId, agentVerificationId, ...account } = request;
  const checkId = newId19();
  const amountCents = randomWhole(parts.payoutBank.smallestCents ?? SMALLEST_CENTS, LARGEST_CENTS);

  await parts.database.transaction(async (tx) => {
    const now = parts.clock.now();
    const locked = requireKind(requireOpen(await parts.store.lock(tx, verificationId), appId, now), 'organization');
    const found = (await parts.store.loadDossier(tx, locked)) as CompanyDossier;
    const dossier = await bindNamedAgent(parts, tx, found, agentVerificationId);
    refusePayout(dossier, now);

    const order = { reference: checkId, companyName: locked.facts.name, ...account, amountCents };
    await recordCheck(parts, tx, dossier, {
      ...{ id: checkId, kind: 'payout', outcome: 'processing', expiresAt: new Date(now.getTime() + PAYOUT_MS) },
      ...{ reason: '待确认金额', source: SOURCE, requestId: checkId, detail: describeAccount(parts, order) },
    });
    const beginning = { status: 'pending', reason: '', triesLeft: PAYOUT_TRIES } as const;
    await parts.payouts.insert(tx, { checkId, appId, verificationId, order, ...beginning });
    await schedulePayout(parts, tx, { checkId, status: 'pending' });
  });

  await advancePayout(parts, checkId);
  return payoutProgress(parts, appId, { checkId });
}

export async function payoutProgress(parts: InnerParts, appId: string, which: CheckReference): Promise<PayoutReport> {
  const checkId = await payoutOf(parts, appId, which);
  await advancePayout(parts, checkId);
  const payout = await parts.payouts.find(parts.database.db, checkId);
  if (!payout) throw new ApiError('PAYOUT_NOT_FOUND', { checkId });
  const { verificationId, status, reason } = payout;
  const hasFailed = status === 'failed' || status === 'returned';
  return { verificationId, checkId, status, failReason: hasFailed ? reason : null };
}

/** A wrong amount is an answer and costs one of three tries. */
export async function verifyPayout(
  parts: InnerParts,
  appId: string,
  { amount, ...which }: CheckReference & { readonly amount: string },
): Promise<JudgedAmount> {
  const cents = parseAmount(amount);
  if (cents === undefined) throw badParameter({ amount: '应为金额(元),最多两位小数' });
  const checkId = await payoutOf(parts, appId, which);
  await advancePayout(parts, checkId);

  return parts.database.transaction(async (tx) => {
    const now = parts.clock.now();
    const { dossier, check } = await lockCheck(parts, tx, appId, checkId);
    const { verification } = dossier;
    const payout = await parts.payouts.find(tx, checkId);
    if (!payout) throw new ApiError('PAYOUT_NOT_FOUND', { checkId });
    const judged = judgeAmount({ ...payout, check }, payout.order?.amountCents === cents, now);
    const { outcome, remainingAttempts } = judged;
    requireOpen(verification, appId, now);

    await parts.payouts.save(tx, { ...payout, triesLeft: remainingAttempts });
    const detail = { remainingAttempts };
    if (judged.isFinal) {
      const reason = outcome === 'passed' ? '金额一致' : '金额错误次数过多';
      await finish(parts, tx, dossier, { checkId, outcome, reason, source: SOURCE, requestId: checkId, detail });
    } else {
      await appendEvidence(parts, tx, verification, {
        kind: 'payout-amount-wrong',
        content: { checkId, ...detail, source: SOURCE },
      });
    }
    return { verificationId: verification.id, checkId, outcome, remainingAttempts };
  });
}

/** @throws `PAYOUT_NOT_FOUND` also for another app's, except by a flow number, whose refusals have codes of their own. */
async function payoutOf(
  parts: InnerParts,
  appId: string,
  { verificationId, checkId }: CheckReference,
): Promise<string> {
  const found = await findReferenced(parts, appId, { verificationId, checkId });
  const check = found && findCheck(found, 'payout', checkId);
  if (!check) throw new ApiError('PAYOUT_NOT_FOUND', { verificationId, checkId });
  return check.id;
}

/** The account as it may be written down: its ends, and a keyed hash that proves later which one it was. */
function describeAccount({ secretBox }: InnerParts, order: PayoutOrder): Record<string, unknown> {
  const { accountNumber, bankName, branchCode } = order;
  const accountHash = Buffer.from(secretBox.keyedHash(accountNumber, 'evidence.bank-account')).toString('hex');
  return { account: maskIdNumber(accountNumber), accountHash, bankName, branchCode };
}
