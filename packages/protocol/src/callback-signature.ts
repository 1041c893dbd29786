/** How a callback is signed, so that its receiver knows it is ours, whole, and not an old one (Standard Webhooks 1.0). */
import { createHmac } from 'node:crypto';

/** Seconds a receiver should accept a timestamp for, either way. */
export const CALLBACK_TOLERANCE_SECONDS = 300;

export const CALLBACK_SECRET_PREFIX = 'whsec_';

const VERSION = 'v1';

export interface SignedCallback {
  readonly transactionId: string;
  /** Seconds since the epoch, as the header has them. */
  readonly timestamp: string;
  /** Exactly as it is sent. */
  readonly body: string;
}

/** What a signature covers. */
export function callbackStringToSign({ transactionId, timestamp, body }: SignedCallback): string {
  return `${transactionId}.${timestamp}.${body}`;
}

/** One entry of `webhook-signature`: `v1,` and the base64 of an HMAC-SHA256 under the base64 part of `whsec_…`. */
export function signCallback(secret: string, callback: SignedCallback): string {
  const key = Buffer.from(secret.replace(CALLBACK_SECRET_PREFIX, ''), 'base64');
  return `${VERSION},${createHmac('sha256', key).update(callbackStringToSign(callback)).digest('base64')}`;
}

/** `webhook-id`, `webhook-timestamp` and `webhook-signature` with an entry for each secret. */
export function callbackHeaders(secrets: readonly string[], callback: SignedCallback): Record<string, string> {
  return {
    'webhook-id': callback.transactionId,
    'webhook-timestamp': callback.timestamp,
    'webhook-signature': secrets.map((secret) => signCallback(secret, callback)).join(' '),
  };
}
