import { describe, expect, it } from 'vitest';
import { judgeGuess, refuseExcessiveSending, type SmsCode, startOfDay } from './sms-code.ts';

const now = new Date('2026-11-24T10:00:00+08:00');
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const open: SmsCode = { id: '2', attemptsLeft: 5, expiresAt: new Date(now.getTime() + 1), usedAt: null };

describe('a guess at an SMS code', () => {
  it.each([
    ['right, first try', open, { isRight: true }, { outcome: 'passed', remainingAttempts: 4 }],
    ['wrong, first try', open, { isRight: false }, { outcome: 'un_passed', remainingAttempts: 4 }],
    [
      'wrong, last try',
      { ...open, attemptsLeft: 1 },
      { isRight: false },
      { outcome: 'un_passed', remainingAttempts: 0 },
    ],
    ['right, last try', { ...open, attemptsLeft: 1 }, { isRight: true }, { outcome: 'passed', remainingAttempts: 0 }],
    ['right, naming the send', open, { isRight: true, codeId: '2' }, { outcome: 'passed', remainingAttempts: 4 }],
  ])('is judged: %s', (_, code, guess, expected) => {
    expect(judgeGuess(code, guess, now)).toEqual(expected);
  });

  it.each([
    ['nothing was sent', undefined, {}, 'SMS_CODE_NOT_SENT'],
    ['it has expired', { ...open, expiresAt: now }, {}, 'SMS_CODE_EXPIRED'],
    ['a later send has replaced it', open, { codeId: '1' }, 'SMS_CODE_EXPIRED'],
    ['it has passed before', { ...open, usedAt: secondsAgo(1) }, {}, 'SMS_CODE_USED'],
    ['its tries are used up', { ...open, attemptsLeft: 0 }, {}, 'SMS_CODE_EXHAUSTED'],
  ])('is refused even when right: %s', (_, code, more, error) => {
    expect(() => judgeGuess(code, { isRight: true, ...more }, now)).toThrow(error);
  });
});

describe('the limits of sending', () => {
  it.each([
    ['the first one', { sentToday: 0, lastSentAt: undefined }],
    ['after 60 seconds', { sentToday: 1, lastSentAt: secondsAgo(60) }],
    ['the tenth of the day', { sentToday: 9, lastSentAt: secondsAgo(61) }],
  ])('allow %s', (_, history) => {
    expect(() => refuseExcessiveSending(history, 10, now)).not.toThrow();
  });

  it.each([
    ['another after 59 seconds', { sentToday: 1, lastSentAt: secondsAgo(59) }, 'SMS_TOO_SOON'],
    ['the eleventh of the day', { sentToday: 10, lastSentAt: secondsAgo(3600) }, 'SMS_DAILY_LIMIT'],
  ])('refuse %s', (_, history, error) => {
    expect(() => refuseExcessiveSending(history, 10, now)).toThrow(error);
  });

  it('count by the calendar day of Shanghai', () => {
    expect(startOfDay(new Date('2026-11-24T15:59:59Z'))).toEqual(new Date('2026-11-23T16:00:00Z'));
    expect(startOfDay(new Date('2026-11-24T16:00:00Z'))).toEqual(new Date('2026-11-24T16:00:00Z'));
  });
});
