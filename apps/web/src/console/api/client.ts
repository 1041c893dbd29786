/** Calls to `/console-api`: JSON, the session in a cookie that no script can read, and a header that no foreign page can send. */
import type { ConsoleFailure } from '@signet/protocol/console-api';

const PREFIX = '/console-api';
const DEADLINE_MS = 30_000;

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the server refused, or that it could not be asked: then `status` is 0 and `failure.error` is UNREACHABLE. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly status: number;
  readonly failure: ConsoleFailure;

  constructor(status: number, failure: ConsoleFailure) {
    super(failure.error);
    this.status = status;
    this.failure = failure;
  }
}

/** @throws ConsoleError */
export function get<Answer>(path: string, query: Query = {}): Promise<Answer> {
  return call<Answer>(path + toSearch(query), { method: 'GET' });
}

/** @throws ConsoleError */
export function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  return call<Answer>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Signet-Console': '1' },
    body: JSON.stringify(body),
  });
}

/** The address of bytes that the browser fetches by itself, with the cookie. */
export function addressOf(path: string, query: Query = {}): string {
  return PREFIX + path + toSearch(query);
}

export function isRefusal(error: unknown, name: string): error is ConsoleError {
  return error instanceof ConsoleError && error.failure.error === name;
}

async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(PREFIX + path, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => {
    throw unreachable();
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Answer;
  throw isFailure(body) ? new ConsoleError(response.status, body) : unreachable(response.status);
}

/** A proxy's own error page counts as not reached: what it says is not ours. */
function unreachable(status = 0): ConsoleError {
  return new ConsoleError(status, { error: 'UNREACHABLE', code: String(status), msg: '', logKey: '' });
}

function isFailure(body: unknown): body is ConsoleFailure {
  return typeof body === 'object' && body !== null && 'error' in body && 'logKey' in body;
}

function toSearch(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}
