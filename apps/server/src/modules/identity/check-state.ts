/** What a check says now. Pure rules. */
import { type CheckKind, type CheckStatus, type IdentityCheck, isOpen } from './verification.ts';

/** The check of that number, else the newest of that kind. */
export function findCheck(
  checks: readonly IdentityCheck[],
  kind: CheckKind,
  checkId?: string | undefined,
): IdentityCheck | undefined {
  return checks.findLast((check) => check.kind === kind && (checkId === undefined || check.id === checkId));
}

type Ending = Pick<IdentityCheck, 'outcome' | 'expiresAt'>;

export function isOverdue(check: Ending, now: Date): boolean {
  return isOpen(check) && check.expiresAt !== undefined && check.expiresAt <= now;
}

/** What the check says now: an open one whose time is over has failed, also before the clean-up has written it down. */
export function outcomeAt(check: Ending, now: Date): CheckStatus {
  return isOverdue(check, now) ? 'un_passed' : check.outcome;
}
