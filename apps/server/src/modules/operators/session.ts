/** A login's life. The cookie's token changes while it is used, so that a stolen one is of use for minutes at most. */

const MINUTE_MS = 60_000;
const IDLE_MS = 30 * MINUTE_MS;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
const ROTATE_AFTER_MS = 10 * MINUTE_MS;
/** Requests that were under way when the token changed still carry the old one. */
const GRACE_MS = 30_000;
/** Writing down every single request would cost more than it tells. */
const TOUCH_AFTER_MS = MINUTE_MS;

export interface SessionTimes {
  readonly rotatedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/**
 * current: nothing to do · seen: note the use · due: change the token · ended: too old · stolen: the token was replaced a while
 * ago, so two hold the session and one of them should not.
 */
export type SessionVerdict = 'current' | 'seen' | 'due' | 'ended' | 'stolen';

export function judgeSession(times: SessionTimes, isPreviousToken: boolean, now: Date): SessionVerdict {
  const since = (instant: Date): number => now.getTime() - instant.getTime();
  if (now >= times.expiresAt || since(times.lastSeenAt) >= IDLE_MS) return 'ended';
  if (isPreviousToken) return since(times.rotatedAt) < GRACE_MS ? 'current' : 'stolen';
  if (since(times.rotatedAt) >= ROTATE_AFTER_MS) return 'due';
  return since(times.lastSeenAt) >= TOUCH_AFTER_MS ? 'seen' : 'current';
}

export function beginSession(now: Date): SessionTimes & { readonly createdAt: Date } {
  return { createdAt: now, rotatedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + LONGEST_MS) };
}

/** Sessions seen last before this instant have ended. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_MS);
}
