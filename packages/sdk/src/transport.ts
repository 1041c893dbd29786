import type { ResponseEnvelope } from '@signet/protocol/response';
import type { Environment } from './environment.ts';
import { SignetApiError, SignetConnectionError } from './errors.ts';
import { signatureMismatch } from './signature-mismatch.ts';
import { type Credentials, type PlainRequest, type SignedHttpRequest, signedRequest } from './signed-request.ts';

export interface Policy {
  readonly timeoutMs: number;
  /** Attempts after the first, for calls that may safely be repeated. */
  readonly retries: number;
}

export interface CallOptions {
  /** Makes a POST safe to repeat: the same key and body get the first answer again. */
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Transport {
  readonly credentials: Credentials;
  readonly environment: Environment;
  readonly policy: Policy;
}

interface Attempt {
  readonly endpoint: string;
  readonly request: PlainRequest;
  readonly signal: AbortSignal | undefined;
}

const FIRST_WAIT_MS = 250;
/** A server that asks for a longer pause gets its refusal handed to the caller. */
const LONGEST_WAIT_MS = 30_000;

/** Sends, repeats where that is safe, and answers the `result`. Every attempt is signed anew. */
export async function send(transport: Transport, attempt: Attempt): Promise<unknown> {
  const { environment, policy } = transport;
  const repeatable = attempt.request.method === 'GET' || attempt.request.idempotencyKey !== undefined;
  for (let tried = 0; ; tried += 1) {
    const outcome = await attemptOnce(transport, attempt);
    if (outcome.kind === 'answer') return outcome.result;
    const pause = pauseBeforeRetry(outcome, tried, environment);
    if (!repeatable || tried >= policy.retries || pause === undefined) throw outcome.error;
    await environment.wait(pause);
    attempt.signal?.throwIfAborted();
  }
}

type Outcome =
  | { readonly kind: 'answer'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly error: Error }
  | { readonly kind: 'try-again'; readonly error: Error; readonly retryAfter: string | null };

/** Undefined: do not try again. */
function pauseBeforeRetry(outcome: Outcome, tried: number, environment: Environment): number | undefined {
  if (outcome.kind !== 'try-again') return undefined;
  const asked = retryAfterMs(outcome.retryAfter, environment.now());
  if (asked !== undefined) return asked <= LONGEST_WAIT_MS ? asked : undefined;
  return FIRST_WAIT_MS * 2 ** tried * (0.5 + environment.jitter() / 2);
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

async function attemptOnce(transport: Transport, { endpoint, request, signal }: Attempt): Promise<Outcome> {
  const { credentials, environment, policy } = transport;
  const signed = signedRequest(credentials, request, environment);
  const deadline = AbortSignal.timeout(policy.timeoutMs);
  try {
    const response = await environment.fetch(signed.url, {
      ...signed.init,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    return read(endpoint, signed, response, await response.text());
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const problem = deadline.aborted
      ? `no answer within ${policy.timeoutMs} ms`
      : `cannot reach ${credentials.baseUrl}`;
    return { kind: 'try-again', error: new SignetConnectionError(endpoint, problem, { cause }), retryAfter: null };
  }
}

function read(endpoint: string, signed: SignedHttpRequest, response: Response, body: string): Outcome {
  const httpStatus = response.status;
  const answer = parseAnswer(body);
  if (answer?.success) return { kind: 'answer', result: answer.result };
  const error = answer
    ? new SignetApiError({ endpoint, httpStatus, answer, signatureMismatch: mismatchOf(signed, response) })
    : new SignetConnectionError(endpoint, `HTTP ${httpStatus} without an answer of the platform`, { httpStatus });
  const again = httpStatus === 429 || httpStatus >= 500;
  return again
    ? { kind: 'try-again', error, retryAfter: response.headers.get('retry-after') }
    : { kind: 'refused', error };
}

function mismatchOf(signed: SignedHttpRequest, response: Response) {
  if (response.status !== 401) return undefined;
  return signatureMismatch(response.headers.get('x-ca-error-message'), signed.stringToSign);
}

function parseAnswer(body: string): ResponseEnvelope | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): value is ResponseEnvelope {
  if (typeof value !== 'object' || value === null) return false;
  const { code, msg, success } = value as Partial<ResponseEnvelope>;
  return typeof code === 'string' && typeof msg === 'string' && typeof success === 'boolean';
}
