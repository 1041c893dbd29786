/** Whether an engine is too slow on a device: eyes that are shut for a second must be seen shut at least once. */

const PICTURES = 8;
const SLOWEST_MS = 700;

/** @param tookMs how long each picture took, the newest last. */
export function isTooSlow(tookMs: readonly number[]): boolean {
  if (tookMs.length < PICTURES) return false;
  const latest = tookMs.slice(-PICTURES).toSorted((a, b) => a - b);
  return (latest[PICTURES / 2] ?? 0) > SLOWEST_MS;
}
