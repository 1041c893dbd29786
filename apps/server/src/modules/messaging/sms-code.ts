/** The rules of one-time SMS codes (短信验证码), open API §2.1. */
import { ApiError } from '@signet/protocol/errors';
import { toShanghai } from '../../kernel/time.ts';

export const CODE_TTL_SECONDS = 300;
export const MAX_ATTEMPTS = 5;
export const SECONDS_BETWEEN_SENDS = 60;

/** What a code is for; a code of one purpose never counts for another. */
export type SmsPurpose = 'identity' | 'identify' | 'signing' | 'grant' | 'app';

export interface SmsCode {
  readonly id: string;
  readonly attemptsLeft: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export interface Guess {
  readonly outcome: 'passed' | 'un_passed';
  readonly remainingAttempts: number;
}

/** What earlier sends to one phone leave open. */
export interface SendHistory {
  readonly sentToday: number;
  readonly lastSentAt: Date | undefined;
}

/** A day is a calendar day in Shanghai, since that is what 今日 means to the person. */
export function startOfDay(now: Date): Date {
  return new Date(`${toShanghai(now).slice(0, 10)}T00:00:00+08:00`);
}

export function refuseExcessiveSending(history: SendHistory, sendsPerDay: number, now: Date): void {
  const { lastSentAt, sentToday } = history;
  const waitedSeconds = lastSentAt ? (now.getTime() - lastSentAt.getTime()) / 1000 : Number.POSITIVE_INFINITY;
  if (waitedSeconds < SECONDS_BETWEEN_SENDS) {
    const wait = Math.ceil(SECONDS_BETWEEN_SENDS - waitedSeconds);
    throw new ApiError('SMS_TOO_SOON', { retryAfterSeconds: wait }, { detail: `${wait}秒后可重新发送` });
  }
  if (sentToday >= sendsPerDay) throw new ApiError('SMS_DAILY_LIMIT', { sentToday });
}

/** Judges one guess at the code that was sent last. A code that can no longer be guessed at has an error of its own. */
export function judgeGuess(code: SmsCode | undefined, guess: { isRight: boolean; codeId?: string }, now: Date): Guess {
  if (!code) throw new ApiError('SMS_CODE_NOT_SENT');
  if (guess.codeId !== undefined && guess.codeId !== code.id)
    throw new ApiError('SMS_CODE_EXPIRED', { superseded: true });
  if (code.usedAt) throw new ApiError('SMS_CODE_USED');
  if (code.expiresAt <= now) throw new ApiError('SMS_CODE_EXPIRED');
  if (code.attemptsLeft <= 0) throw new ApiError('SMS_CODE_EXHAUSTED');

  return { outcome: guess.isRight ? 'passed' : 'un_passed', remainingAttempts: code.attemptsLeft - 1 };
}
