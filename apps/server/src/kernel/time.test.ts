import { describe, expect, it } from 'vitest';
import { parseWireTime, toShanghai } from './time.ts';

describe('times of the wire', () => {
  it('writes an instant in Asia/Shanghai', () => {
    expect(toShanghai(new Date('2024-12-31T16:00:00.999Z'))).toBe('2025-01-01 00:00:00');
  });

  it.each([
    ['2026-11-24 14:03:05', '2026-11-24T06:03:05.000Z'],
    [' 2026-11-24 14:03:05 ', '2026-11-24T06:03:05.000Z'],
    ['2026-11-24', '2026-11-24T15:59:59.999Z'],
    ['2028-02-29', '2028-02-29T15:59:59.999Z'],
    [1731665282313, '2024-11-15T10:08:02.313Z'],
    ['1731665282313', '2024-11-15T10:08:02.313Z'],
  ])('reads %s', (value, expected) => {
    expect(parseWireTime(value)?.toISOString()).toBe(expected);
  });

  it.each([
    ...[
      '',
      'tomorrow',
      '2026-02-29',
      '2026-02-30 10:00:00',
      '2026-13-01',
      '2026-11-24 24:00:00',
      '2026-11-24 10:60:00',
    ],
    ...['2026-11-24T10:00:00Z', '2026-11-24 10:00', '2026/11/24', '1731665282', '99999999999999999999'],
    ...[1731665282, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e18],
  ])('refuses %s', (value) => {
    expect(parseWireTime(value)).toBeUndefined();
  });
});
