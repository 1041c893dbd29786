import { describe, expect, it } from 'vitest';
import { toQuery } from './period.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');

describe('the period of a filter', () => {
  it('that ends now is asked for by the instant it begins at', () => {
    expect(toQuery({ within: 'day', status: 'dead' }, NOW)).toEqual({
      status: 'dead',
      begin: '2026-11-23T08:00:00.000Z',
    });
  });

  it('of two instants is asked for as it stands', () => {
    const range = { begin: '2026-11-01T00:00:00.000Z', end: '2026-11-02T00:00:00.000Z' };

    expect(toQuery({ within: 'custom', ...range }, NOW)).toEqual(range);
  });

  it('that nobody chose is not asked for', () => {
    expect(toQuery({ within: 'constructor', appId: '1' }, NOW)).toEqual({ appId: '1' });
  });
});
