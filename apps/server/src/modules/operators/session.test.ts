import { describe, expect, it } from 'vitest';
import { beginSession, judgeSession, type SessionVerdict } from './session.ts';

const START = new Date('2026-11-24T08:00:00Z');
const later = (ms: number) => new Date(START.getTime() + ms);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the present token', () => {
  it.each<[string, readonly [rotated: number, seen: number, now: number], SessionVerdict]>([
    ['just begun', [0, 0, 0], 'current'],
    ['in use a minute ago', [0, 0, MINUTE], 'seen'],
    ['in use less than a minute ago', [0, 0, MINUTE - 1], 'current'],
    ['almost ten minutes old', [0, 10 * MINUTE - 30_000, 10 * MINUTE - 1], 'current'],
    ['ten minutes old', [0, 10 * MINUTE - 1, 10 * MINUTE], 'due'],
    ['unused for almost half an hour', [0, 0, 30 * MINUTE - 1], 'due'],
    ['unused for half an hour', [0, 0, 30 * MINUTE], 'ended'],
    ['of a session of almost twelve hours', [12 * HOUR - 2, 12 * HOUR - 2, 12 * HOUR - 1], 'current'],
    ['of a session of twelve hours', [12 * HOUR - 2, 12 * HOUR - 2, 12 * HOUR], 'ended'],
  ])('%s', (_, [rotated, seen, now], verdict) => {
    const times = { ...beginSession(START), rotatedAt: later(rotated), lastSeenAt: later(seen) };

    expect(judgeSession(times, false, later(now))).toBe(verdict);
  });
});

describe('the token before it', () => {
  it.each<[string, number, SessionVerdict]>([
    ['right after the change', 0, 'current'],
    ['almost half a minute after', 29_999, 'current'],
    ['half a minute after', 30_000, 'stolen'],
    ['long after, when the session has ended anyway', 30 * MINUTE, 'ended'],
  ])('%s', (_, sinceRotation, verdict) => {
    expect(judgeSession(beginSession(START), true, later(sinceRotation))).toBe(verdict);
  });
});
