import { describe, expect, it } from 'vitest';
import { isTooSlow } from './pace.ts';

const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe('the pace of an engine', () => {
  it.each([
    ['a fast one', times(20, 60), false],
    ['a slow one', times(20, 900), true],
    ['a slow one that has only begun', times(7, 900), false],
    ['one that has warmed up', [...times(6, 900), ...times(8, 80)], false],
    ['one that stumbles once', [...times(7, 80), 2_000], false],
  ])('is judged by its latest pictures: %s', (_, tookMs, verdict) => {
    expect(isTooSlow(tookMs)).toBe(verdict);
  });
});
