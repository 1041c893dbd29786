import { timingSafeEqual } from 'node:crypto';
import { CALLBACK_TOLERANCE_SECONDS, signCallback } from '@signet/protocol/callback-signature';
import type { CallbackBody } from '@signet/protocol/open-api';
import { processEnvironment } from './environment.ts';
import { type CallbackProblem, SignetCallbackError } from './errors.ts';

export interface CallbackRequest {
  /** `whsec_…` of the app; several while it is being rotated. */
  readonly secret: string | readonly string[];
  /** As Node, Express, Fastify (`request.headers`) or fetch (`Headers`) give them. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes or text exactly as they came: a body that was parsed and written again has another signature. */
  readonly body: string | Uint8Array;
  /** Milliseconds since the epoch; the present unless given. */
  readonly now?: number;
  /** How far the timestamp may be away, either way; 300 unless given. */
  readonly toleranceSeconds?: number;
}

/**
 * Checks that a callback (回调) comes from the platform, is whole and not an old one sent again, and answers its content.
 * The same event may come more than once, always under the same `transactionId`.
 *
 * ```ts
 * const callback = verifyCallback({ secret, headers: request.headers, body: rawBody });
 * if (callback.businessType === 'OPEN_CONTRACT_STATUS_CHANGED') await note(callback.contractId, callback.contractStatus);
 * await client.callbacks.confirm({ transactionId: callback.transactionId });
 * ```
 *
 * @throws SignetCallbackError when it must not be trusted; answer 400 then, never 2xx.
 */
export function verifyCallback(request: CallbackRequest): CallbackBody {
  const { toleranceSeconds = CALLBACK_TOLERANCE_SECONDS, now = processEnvironment().now() } = request;
  const body = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
  const transactionId = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  const sent = headerOf(request, 'webhook-signature').split(' ');

  if (!/^\d{1,12}$/.test(timestamp)) throw problem('timestamp', 'webhook-timestamp is no number of seconds');
  const secrets = [request.secret].flat();
  if (!secrets.some((secret) => isAmong(signCallback(secret, { transactionId, timestamp, body }), sent))) {
    throw problem('signature', 'no signature fits: wrong secret, or the body is not as it was sent');
  }
  if (Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) {
    throw problem('timestamp', `webhook-timestamp is more than ${toleranceSeconds} seconds away`);
  }
  return parse(body, transactionId);
}

function parse(body: string, transactionId: string): CallbackBody {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw problem('body', 'the body is no JSON');
  }
  const callback = (content ?? {}) as Partial<CallbackBody>;
  if (callback.transactionId !== transactionId || typeof callback.businessType !== 'string') {
    throw problem('body', 'the body is no callback, or not the one that webhook-id names');
  }
  return callback as CallbackBody;
}

function headerOf({ headers }: CallbackRequest, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : plainHeader(headers, name);
  if (!value) throw problem('header', `${name} is missing`);
  return value;
}

/** Node writes names in lower case; a gateway's own object may not. */
function plainHeader(headers: Exclude<CallbackRequest['headers'], Headers>, name: string): string | undefined {
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return [entry?.[1]].flat()[0];
}

function isAmong(expected: string, sent: readonly string[]): boolean {
  const wanted = new TextEncoder().encode(expected);
  return sent.some((each) => {
    const given = new TextEncoder().encode(each);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

function problem(which: CallbackProblem, message: string): SignetCallbackError {
  return new SignetCallbackError(which, message);
}
