/** One-time SMS codes (短信验证码): issued, guessed at, used once. */
import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { newId19, newSixDigitCode } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import { countMessage, DEFAULT_SMS_LIMITS } from './limits.ts';
import { hashPhone, type MessagingParts, queueMessage } from './messages.ts';
import {
  CODE_TTL_SECONDS,
  type Guess,
  judgeGuess,
  MAX_ATTEMPTS,
  refuseExcessiveSending,
  SECONDS_BETWEEN_SENDS,
  type SmsPurpose,
  startOfDay,
} from './sms-code.ts';
import { CODE_TEMPLATE, codeParameters, codeText } from './sms-text.ts';
import * as store from './store.ts';

export type SmsApp = Pick<App, 'id' | 'smsLimits'>;

/** Where a code belongs: it counts only for this purpose, this subject and this phone. */
export interface CodeTarget {
  readonly purpose: SmsPurpose;
  readonly subject: string;
  readonly phone: string;
}

export interface IssuedCode {
  readonly codeId: string;
  readonly expireSeconds: number;
  /** When the next one may be asked for; 0 without limits. */
  readonly resendAfterSeconds: number;
  /** Sandbox mode only, where the message leaves the machine for nobody. */
  readonly sandboxCode?: string;
}

/** Codes that an app uses for purposes of its own: one series for each phone. */
const OWN_CODES = { purpose: 'app', subject: 'app' } as const;

/** `address`: whose request it was, as far as known. */
export async function issueCode(
  parts: MessagingParts,
  tx: Tx,
  { app, target, address }: { app: SmsApp; target: CodeTarget; address?: string | undefined },
): Promise<IssuedCode> {
  // An organization whose agent was forgotten has no number of its own any more.
  if (target.phone === '') throw new ApiError('PHONE_MISSING', { appId: app.id });
  const now = parts.clock.now();
  const key = codeKey(parts, app.id, target);
  if (app.smsLimits) await refuseBeyondLimits(parts, tx, { key, phone: target.phone, address });

  const codeId = newId19();
  const code = newSixDigitCode();
  await store.insertCode(tx, {
    ...key,
    id: codeId,
    codeHash: hashCode(parts, codeId, code),
    attemptsLeft: MAX_ATTEMPTS,
    expiresAt: new Date(now.getTime() + CODE_TTL_SECONDS * 1000),
    usedAt: null,
    createdAt: now,
  });
  await queueMessage(parts, tx, {
    ...{ appId: app.id, phone: target.phone, text: codeText(code, parts.signature), kind: 'code', code },
    template: { code: CODE_TEMPLATE, parameters: codeParameters(code) },
  });

  return {
    codeId,
    expireSeconds: CODE_TTL_SECONDS,
    resendAfterSeconds: app.smsLimits ? SECONDS_BETWEEN_SENDS : 0,
    ...(parts.keepTexts ? { sandboxCode: code } : {}),
  };
}

export function verifyCode(
  parts: MessagingParts,
  tx: Tx,
  { app, guess }: { app: SmsApp; guess: CodeTarget & { code: string; codeId?: string } },
): Promise<Guess> {
  return judge(parts, tx, codeKey(parts, app.id, guess), guess);
}

/** 短信验证码 for the app's own purposes. */
export function issueOwnCode(
  parts: MessagingParts,
  app: SmsApp,
  { phone, address }: { phone: string; address?: string | undefined },
): Promise<IssuedCode> {
  return parts.database.transaction((tx) => issueCode(parts, tx, { app, target: { ...OWN_CODES, phone }, address }));
}

/** A code that a newer one to the same phone has replaced is expired. */
export function verifyOwnCode(
  parts: MessagingParts,
  app: SmsApp,
  { codeId, code }: { codeId: string; code: string },
): Promise<Guess> {
  return parts.database.transaction(async (tx) => {
    const phoneHash = await store.findPhoneHash(tx, { appId: app.id, purpose: OWN_CODES.purpose, codeId });
    if (!phoneHash) throw new ApiError('SMS_NOT_FOUND', { codeId });
    return judge(parts, tx, { appId: app.id, ...OWN_CODES, phoneHash }, { codeId, code });
  });
}

async function refuseBeyondLimits(
  parts: MessagingParts,
  tx: Tx,
  { key, phone, address }: { key: store.CodeKey; phone: string; address: string | undefined },
): Promise<void> {
  const { secretBox, limits = DEFAULT_SMS_LIMITS } = parts;
  const now = parts.clock.now();
  const lockKey = Buffer.from(secretBox.keyedHash(phone, `sms.lock:${key.appId}`)).readBigInt64BE();
  await store.lockPhone(tx, lockKey);
  refuseExcessiveSending(await store.sendHistory(tx, key, startOfDay(now)), limits.perPhonePerDay, now);
  await countMessage(tx, limits, { appId: key.appId, addressHash: hashAddress(parts, address) }, now);
}

async function judge(
  parts: MessagingParts,
  tx: Tx,
  key: store.CodeKey,
  guess: { readonly code: string; readonly codeId?: string },
): Promise<Guess> {
  const now = parts.clock.now();
  const code = await store.lockNewestCode(tx, key);
  const isRight = code !== undefined && timingSafeEqual(code.codeHash, hashCode(parts, code.id, guess.code.trim()));
  const { codeId } = guess;

  const judged = judgeGuess(code, codeId === undefined ? { isRight } : { isRight, codeId }, now);
  if (code) {
    const usedAt = judged.outcome === 'passed' ? now : null;
    await store.saveGuess(tx, code, { attemptsLeft: judged.remainingAttempts, usedAt });
  }
  return judged;
}

/** An address is personal data too, and only ever compared. */
export function hashAddress(
  { secretBox }: Pick<MessagingParts, 'secretBox'>,
  address: string | undefined,
): string | undefined {
  return address === undefined ? undefined : Buffer.from(secretBox.keyedHash(address, 'sms.address')).toString('hex');
}

function codeKey(parts: MessagingParts, appId: string, target: CodeTarget): store.CodeKey {
  const { purpose, subject, phone } = target;
  return { appId, purpose, subject, phoneHash: hashPhone(parts, phone) };
}

/** Bound to its row, so that equal codes never have equal hashes. */
function hashCode(parts: MessagingParts, codeId: string, code: string): Uint8Array {
  return parts.secretBox.keyedHash(code, `sms_codes.code:${codeId}`);
}
