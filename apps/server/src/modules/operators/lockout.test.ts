import { describe, expect, it } from 'vitest';
import { countTry, NO_TRIES, secondsLocked, type Tries } from './lockout.ts';

const NOW = new Date('2026-11-24T08:00:00Z');

/** After so many tries one behind the other. */
function after(tries: number): Tries {
  return Array.from({ length: tries }).reduce<Tries>((before) => countTry(before, NOW), NO_TRIES);
}

describe('the lock', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 60],
    [6, 120],
    [7, 240],
    [10, 1_920],
    [11, 3_600],
    [12, 3_600],
    [2_000, 3_600],
  ])('after %i tries lasts %i seconds', (tries, seconds) => {
    expect(secondsLocked(after(tries), NOW)).toBe(seconds);
  });

  it('counts down in whole seconds, rounded up, and ends on time', () => {
    const tries = after(5);
    const left = (ms: number) => secondsLocked(tries, new Date(NOW.getTime() + ms));

    expect([left(1), left(59_001), left(59_999), left(60_000), left(61_000)]).toEqual([60, 1, 1, 0, 0]);
  });
});
