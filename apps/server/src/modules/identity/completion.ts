/** Ends of open checks that come neither from the person nor from a source: by a sandbox's test helper, or by time. */
import { ApiError } from '@signet/protocol/errors';
import { finish, lockCheck } from './check-access.ts';
import { isOverdue } from './check-state.ts';
import { decideLetter } from './letters.ts';
import type { InnerParts } from './parts.ts';
import { advancePayout } from './payout-progress.ts';
import type { CheckOutcome } from './ports.ts';
import type { CheckedItem } from './recording.ts';
import { isOpen } from './verification.ts';

const OVERDUE_AT_ONCE = 200;

export interface SandboxEnd {
  readonly checkId: string;
  readonly outcome: CheckOutcome;
  readonly reason?: string | undefined;
}

/** Plays the person before the camera, the one who reads the account, or the reviewer; the evidence says so. */
export async function completeInSandbox(parts: InnerParts, appId: string, end: SandboxEnd): Promise<CheckedItem> {
  const { checkId, outcome } = end;
  const found = await parts.store.findByCheck(parts.database.db, checkId);
  if (found?.appId !== appId) throw new ApiError('CHECK_NOT_FOUND', { checkId });
  if (await parts.letters.find(parts.database.db, checkId)) {
    return decideLetter(parts, { checkId, passed: outcome === 'passed', remark: end.reason, by: 'sandbox' });
  }

  await advancePayout(parts, checkId);
  return parts.database.transaction(async (tx) => {
    const { dossier, check } = await lockCheck(parts, tx, appId, checkId);
    if (!isOpen(check) || isOverdue(check, parts.clock.now())) throw new ApiError('CHECK_ENDED', { checkId });
    const reason = end.reason ?? (outcome === 'passed' ? '一致' : '未通过');
    const origin = { source: 'sandbox', requestId: checkId, detail: { simulated: true } };
    await finish(parts, tx, dossier, { checkId, outcome, reason, ...origin });
    return { verificationId: dossier.verification.id, checkId, outcome };
  });
}

/** Open checks whose time is over have failed. Each in a transaction of its own, so that one does not hold up the others. */
export async function endOverdueChecks(parts: InnerParts): Promise<{ ended: number }> {
  const { database, store, clock } = parts;
  const overdue = await store.listOverdue(database.db, clock.now(), OVERDUE_AT_ONCE);
  for (const { checkId } of overdue) {
    await database.transaction(async (tx) => {
      const { dossier, check } = await lockCheck(parts, tx, undefined, checkId);
      if (!isOverdue(check, clock.now())) return;
      const end = {
        checkId,
        outcome: 'un_passed',
        reason: '超时未完成',
        source: 'signet',
        requestId: checkId,
      } as const;
      await finish(parts, tx, dossier, end);
    });
  }
  return { ended: overdue.length };
}
