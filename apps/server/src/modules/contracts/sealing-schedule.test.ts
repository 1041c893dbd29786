import { describe, expect, it } from 'vitest';
import { pauseAfter } from './sealing-schedule.ts';

describe('the pause before a signature is tried again', () => {
  it.each([
    [0, 10],
    [1, 10],
    [2, 30],
    [3, 60],
    [7, 1_800],
    [8, 3_600],
    [25, 3_600],
    [10_000, 3_600],
  ])('is after %i failures %i seconds, and an hour at the longest', (failures, seconds) => {
    expect(pauseAfter(failures)).toBe(seconds * 1_000);
  });
});
