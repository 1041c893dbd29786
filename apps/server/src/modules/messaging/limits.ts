/** How many messages may be sent, beside the pause between two codes to one phone; open API §2.1. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { startOfDay } from './sms-code.ts';
import { countUp } from './store.ts';

export interface SmsLimits {
  /** Codes, and as many notices, to one phone of an app within a day. */
  readonly perPhonePerDay: number;
  readonly perAppPerDay: number;
  /** Of one calling address within an hour. */
  readonly perAddressPerHour: number;
}

export const DEFAULT_SMS_LIMITS: SmsLimits = { perPhonePerDay: 10, perAppPerDay: 50_000, perAddressPerHour: 1_000 };

const HOUR_MS = 3_600_000;

export interface CountedMessage {
  readonly appId: string;
  /** Keyed hash in hex; undefined when no caller is known. */
  readonly addressHash: string | undefined;
}

/** Counts one message of an app. What is refused is not counted, since its transaction is rolled back. */
export async function countMessage(tx: Tx, limits: SmsLimits, message: CountedMessage, now: Date): Promise<void> {
  const { appId, addressHash } = message;
  const ofApp = await countUp(tx, { scope: 'app', key: appId, windowStart: startOfDay(now) });
  if (ofApp > limits.perAppPerDay) throw new ApiError('SMS_APP_LIMIT', { appId });

  if (addressHash === undefined) return;
  const windowStart = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const ofAddress = await countUp(tx, { scope: 'address', key: addressHash, windowStart });
  if (ofAddress > limits.perAddressPerHour) throw new ApiError('SMS_ADDRESS_LIMIT', { appId });
}

/** Counts one notice to a phone. */
export async function countNotice(
  tx: Tx,
  limits: SmsLimits,
  notice: { readonly appId: string; readonly phoneHash: string },
  now: Date,
): Promise<void> {
  const key = `${notice.appId}:${notice.phoneHash}`;
  const toPhone = await countUp(tx, { scope: 'notice-phone', key, windowStart: startOfDay(now) });
  if (toPhone > limits.perPhonePerDay) throw new ApiError('SMS_DAILY_LIMIT', { appId: notice.appId });
}
