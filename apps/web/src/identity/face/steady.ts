/** Words that stand still long enough to be read and read out, while what is seen changes many times a second. */

export interface Steady<Value> {
  readonly shown: Value;
  readonly shownSince: number;
  readonly next: Value;
  readonly nextSince: number;
}

/** Something new is shown when it has been so for this long … */
const SETTLED_MS = 400;
/** … and what is shown has stood for this long. */
const READ_MS = 1_200;

export function steadyFrom<Value>(shown: Value, atMs: number): Steady<Value> {
  return { shown, shownSince: atMs, next: shown, nextSince: atMs };
}

/** @param isUrgent a new step begins: it is said at once. */
export function settle<Value>(before: Steady<Value>, value: Value, atMs: number, isUrgent = false): Steady<Value> {
  if (value === before.shown) return { ...before, next: value, nextSince: atMs };
  if (isUrgent) return steadyFrom(value, atMs);
  const nextSince = value === before.next ? before.nextSince : atMs;
  const isSettled = atMs - nextSince >= SETTLED_MS && atMs - before.shownSince >= READ_MS;
  return isSettled ? steadyFrom(value, atMs) : { ...before, next: value, nextSince };
}
