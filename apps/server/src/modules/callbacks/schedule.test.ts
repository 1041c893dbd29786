import { describe, expect, it } from 'vitest';
import { afterReminder, afterTry, CALLBACK_TIMING, type DeliveryState, isDelivered, resent } from './schedule.ts';

const AT = new Date('2026-11-24T10:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const FRESH: DeliveryState = {
  ...{ status: 'pending', tries: 0, nextTryAt: AT, deliveredAt: null, confirmedAt: null, reminders: 0 },
};

function after(tries: number, answer: { status: number | null; retryAfter?: string }, jitter = 0): DeliveryState {
  const { status, retryAfter = null } = answer;
  return afterTry({ ...FRESH, tries }, { status, retryAfter }, { at: AT, jitter, timing: CALLBACK_TIMING });
}

const pauseOf = ({ nextTryAt }: DeliveryState) => ((nextTryAt?.getTime() ?? 0) - AT.getTime()) / SECOND;

describe('a try that fails', () => {
  it.each([
    [0, 5],
    [1, 30],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 64_800],
  ])('after %i earlier ones is followed by the next after %i seconds', (tries, seconds) => {
    const state = after(tries, { status: 500 });

    expect(state).toMatchObject({ status: 'pending', tries: tries + 1 });
    expect(pauseOf(state)).toBe(seconds);
  });

  it('waits up to a tenth longer', () => {
    expect(pauseOf(after(1, { status: 500 }, 1))).toBe(33);
  });

  it('is the last one after the whole schedule', () => {
    expect(after(8, { status: 500 })).toMatchObject({ status: 'dead', tries: 9, nextTryAt: null });
  });

  it('gives the event up at once when the address is gone', () => {
    expect(after(0, { status: 410 })).toMatchObject({ status: 'dead', tries: 1, nextTryAt: null });
  });
});

describe('an answer', () => {
  it.each([
    [200, true],
    [204, true],
    [299, true],
    [199, false],
    [301, false],
    [302, false],
    [400, false],
    [429, false],
    [500, false],
    [null, false],
  ])('of status %s: delivered is %s', (status, delivered) => {
    expect(isDelivered({ status })).toBe(delivered);
  });
});

describe('Retry-After', () => {
  it.each([
    ['60', 60],
    ['3', 5],
    ['Tue, 24 Nov 2026 10:02:00 GMT', 120],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 5],
    ['soon', 5],
    ['-60', 5],
    ['1.5', 5],
    ['', 5],
    ['9999999999', 24 * 3_600],
    ['Wed, 24 Nov 2066 10:02:00 GMT', 24 * 3_600],
  ])('of "%s" gives a pause of %i seconds', (retryAfter, seconds) => {
    expect(pauseOf(after(0, { status: 429, retryAfter }))).toBe(seconds);
  });

  it('does not lengthen the schedule', () => {
    expect(after(8, { status: 503, retryAfter: '60' }).status).toBe('dead');
  });
});

describe('a delivered event', () => {
  it('is reminded of five times within 72 hours when nobody confirms it', () => {
    let state = after(0, { status: 200 });
    const pauses = [pauseOf(state)];
    while (state.nextTryAt) {
      state = afterReminder(state, CALLBACK_TIMING);
      if (state.nextTryAt) pauses.push(pauseOf(state));
    }

    expect(state).toMatchObject({ status: 'delivered', reminders: 5, deliveredAt: AT });
    expect(pauses).toEqual([1_800, 7_200, 28_800, 86_400, 216_000]);
    expect(Math.max(...pauses) * SECOND).toBeLessThan(72 * HOUR);
  });

  it('that was confirmed before it was sent again is not reminded of', () => {
    const confirmed = { ...FRESH, confirmedAt: AT };

    expect(
      afterTry(confirmed, { status: 200, retryAfter: null }, { at: AT, jitter: 0, timing: CALLBACK_TIMING }),
    ).toMatchObject({ status: 'delivered', nextTryAt: null });
  });

  it('starts from the beginning when it is sent again', () => {
    expect(resent(AT)).toEqual({ status: 'pending', tries: 0, nextTryAt: AT, reminders: 0 });
  });
});

describe('the published timing', () => {
  it('keeps other senders away for longer than a send may take', () => {
    expect(CALLBACK_TIMING.claimMs).toBeGreaterThan(CALLBACK_TIMING.deadlineMs);
    expect(CALLBACK_TIMING.claimMs).toBeLessThanOrEqual(20 * SECOND);
  });
});
