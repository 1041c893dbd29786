/** When a callback is sent, sent again, and given up; pure. */
import type { Attempt, Callback } from './event.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface CallbackTiming {
  /** For the whole exchange with a receiver. */
  readonly deadlineMs: number;
  /** How long a sender keeps others away: longer than the deadline, short enough that a killed one is soon replaced. */
  readonly claimMs: number;
  /** Pauses after the first try, the second one, …; after the last the event is given up. */
  readonly retryMs: readonly number[];
  /** Further sends of a delivered event that nobody confirmed, counted from its delivery. */
  readonly reminderMs: readonly number[];
}

export const CALLBACK_TIMING: CallbackTiming = {
  deadlineMs: 15 * SECOND,
  claimMs: 19 * SECOND,
  retryMs: [5 * SECOND, 30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 18 * HOUR],
  reminderMs: [30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR, 60 * HOUR],
};

/**
 * A pause is up to a tenth longer than the schedule says, so that what failed together does not come back together.
 */
const JITTER = 0.1;

/**
 * The longest `Retry-After` that is honored. The events behind this one wait as well, and a proxy's careless date would hold
 * a contract back for years.
 */
export const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

const GONE = 410;

export type DeliveryState = Pick<
  Callback,
  'status' | 'tries' | 'nextTryAt' | 'deliveredAt' | 'confirmedAt' | 'reminders'
>;

export interface Answer {
  readonly status: number | null;
  /** The header as it came. */
  readonly retryAfter: string | null;
}

export interface Moment {
  readonly at: Date;
  /** From 0 to 1. */
  readonly jitter: number;
  readonly timing: CallbackTiming;
}

/** Only 2xx counts: a redirect may lead to a login page. */
export function isDelivered({ status }: Pick<Attempt, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** The receiver says that the address will not come back. */
export function isGone({ status }: Pick<Attempt, 'status'>): boolean {
  return status === GONE;
}

/** How the delivery stands after a try. */
export function afterTry(state: DeliveryState, answer: Answer, moment: Moment): DeliveryState {
  const { at, timing } = moment;
  const tries = state.tries + 1;
  if (isDelivered(answer)) {
    const nextTryAt = state.confirmedAt ? null : reminderAt(at, 0, timing);
    return { ...state, status: 'delivered', tries, deliveredAt: at, reminders: 0, nextTryAt };
  }
  const pause = timing.retryMs[state.tries];
  if (isGone(answer) || pause === undefined) return { ...state, status: 'dead', tries, nextTryAt: null };

  const planned = at.getTime() + pause * (1 + JITTER * moment.jitter);
  const asked = Math.min(retryAfter(answer.retryAfter, at) ?? 0, at.getTime() + LONGEST_RETRY_AFTER_MS);
  return { ...state, tries, nextTryAt: new Date(Math.max(planned, asked)) };
}

/** A reminder is no try: whether it arrives or not, the next one comes at its own time. */
export function afterReminder(state: DeliveryState, timing: CallbackTiming): DeliveryState {
  const reminders = state.reminders + 1;
  const nextTryAt = state.deliveredAt && reminderAt(state.deliveredAt, reminders, timing);
  return { ...state, reminders, nextTryAt };
}

/** A new schedule; the event keeps its place in the order. */
export function resent(at: Date): Pick<DeliveryState, 'status' | 'tries' | 'nextTryAt' | 'reminders'> {
  return { status: 'pending', tries: 0, nextTryAt: at, reminders: 0 };
}

function reminderAt(deliveredAt: Date, sentAlready: number, { reminderMs }: CallbackTiming): Date | null {
  const pause = reminderMs[sentAlready];
  return pause === undefined ? null : new Date(deliveredAt.getTime() + pause);
}

/** RFC 9110 §10.2.3: seconds or an HTTP date, as milliseconds since the epoch; undefined when it says neither. */
function retryAfter(value: string | null, at: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,10}$/.test(value)) return at.getTime() + Number(value) * SECOND;
  const asDate = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(asDate) ? undefined : asDate;
}
