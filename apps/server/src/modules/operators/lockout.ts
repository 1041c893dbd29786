/** How guessing is slowed down: after five failures the account is locked, each further one doubles the time. */

const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;

export interface Tries {
  readonly failedLogins: number;
  readonly lockedUntil: Date | null;
}

export const NO_TRIES: Tries = { failedLogins: 0, lockedUntil: null };

/** Counted before the password is looked at, so that guesses sent at once count too; what turns out right is taken back. */
export function countTry({ failedLogins }: Tries, now: Date): Tries {
  const failures = failedLogins + 1;
  const excess = failures - FREE_FAILURES;
  if (excess < 0) return { failedLogins: failures, lockedUntil: null };
  const lockMs = Math.min(FIRST_LOCK_MS * 2 ** excess, LONGEST_LOCK_MS);
  return { failedLogins: failures, lockedUntil: new Date(now.getTime() + lockMs) };
}

/** 0 while the account may try. */
export function secondsLocked({ lockedUntil }: Pick<Tries, 'lockedUntil'>, now: Date): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1_000));
}
