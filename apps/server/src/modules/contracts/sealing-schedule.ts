/** When a signature that could not be made is tried again. A debt is never given up: only the pauses grow, up to an hour. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** After the first failure, the second, …; the last pause is kept for good. */
const PAUSES_MS = [
  ...[10 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS],
  ...[5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS],
];
export const LONGEST_PAUSE_MS = 60 * MINUTE_MS;

export function pauseAfter(failures: number): number {
  return PAUSES_MS[Math.max(failures, 1) - 1] ?? LONGEST_PAUSE_MS;
}
