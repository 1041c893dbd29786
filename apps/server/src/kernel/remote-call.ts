/**
 * Calls of an outside service that answers in JSON: each try has a deadline, every fault has a name and a line in the log, and a
 * second try is made only where asking twice does no harm. Nothing of the question or of the service's own words reaches the log.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpClient, type OutgoingRequest, OutgoingRequestError } from './http-client.ts';
import type { Logger } from './log.ts';

export type RemoteFailure = 'unreachable' | 'timed-out' | 'throttled' | 'refused' | 'malformed';

/** Faults that may be gone a moment later. */
const PASSING: readonly RemoteFailure[] = ['unreachable', 'timed-out', 'throttled'];
const TRIES = 2;
const PAUSE_MS = 250;
const DEFAULT_TRY_MS = 5_000;
/** Services name their faults by such words; anything else may quote the question. */
const FAULT_CODE = /^[\w.:-]{1,80}$/;

export class RemoteCallError extends Error {
  override readonly name = 'RemoteCallError';
  readonly hasSafeMessage = true;
  readonly reason: RemoteFailure;
  /** The service's own name of the fault. */
  readonly code: string | undefined;

  constructor(reason: RemoteFailure, { code, cause }: { code?: string | undefined; cause?: unknown } = {}) {
    const named = code !== undefined && FAULT_CODE.test(code) ? code : undefined;
    super(named ? `${reason} (${named})` : reason, { cause });
    this.reason = reason;
    this.code = named;
  }
}

export interface RemoteService {
  /** Its name in the log. */
  readonly provider: string;
  readonly httpClient: HttpClient;
  readonly log: Logger;
  /** For one try; 5 seconds unless given. */
  readonly tryMs?: number;
}

export interface RemoteAction<T> {
  readonly action: string;
  /** Asking twice has no effect but a second answer. */
  readonly isRepeatable: boolean;
  readonly attempt: () => Promise<T>;
}

/** @throws RemoteCallError */
export async function callRemote<T>(
  { provider, log }: Pick<RemoteService, 'provider' | 'log'>,
  { action, isRepeatable, attempt }: RemoteAction<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RemoteCallError)) throw error;
      log.warn('an outside service gave no answer', {
        ...{ provider, action, code: error.code ?? error.reason, attempt: tries },
      });
      if (!isRepeatable || tries >= TRIES || !PASSING.includes(error.reason)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

export interface JsonAnswer {
  readonly status: number;
  /** Whatever the service said, as text and read. */
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** One request. Any status with a JSON object is an answer. @throws RemoteCallError */
export async function exchangeJson(
  { httpClient, tryMs = DEFAULT_TRY_MS }: Pick<RemoteService, 'httpClient' | 'tryMs'>,
  outgoing: OutgoingRequest,
): Promise<JsonAnswer> {
  const { status, body } = await httpClient.send({ ...outgoing, deadlineMs: tryMs }).catch((error: unknown) => {
    throw error instanceof OutgoingRequestError ? named(error) : error;
  });
  const text = Buffer.from(body).toString('utf8');
  const json = readObject(text);
  if (json) return { status, text, json };
  if (status === 429) throw new RemoteCallError('throttled', { code: 'HTTP_429' });
  throw new RemoteCallError(status >= 500 ? 'unreachable' : 'malformed', { code: `HTTP_${status}` });
}

/** An answer that has not the documented shape says nothing. @throws RemoteCallError */
export function malformed(cause?: unknown): RemoteCallError {
  return new RemoteCallError('malformed', { cause });
}

function named(error: OutgoingRequestError): RemoteCallError {
  if (error.reason === 'timed-out') return new RemoteCallError('timed-out', { cause: error });
  const isOurs = error.reason === 'bad-url' || error.reason === 'address-refused';
  if (isOurs) return new RemoteCallError('refused', { code: error.reason, cause: error });
  const reason = error.reason === 'unreachable' ? 'unreachable' : 'malformed';
  return new RemoteCallError(reason, { code: error.code ?? error.reason, cause: error });
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
