/** Calls of a page to `/page-api`. The ticket of the link is exchanged for a session, which lives in memory only. */
import type { OpenSession, PageFailure, PageSession } from '@signet/protocol/page-api';
import { PageCallError } from './page-error.ts';

const PREFIX = '/page-api';
const CALL_TIMEOUT_MS = 20_000;
/** Signing waits for a certificate, a signature and a timestamp. */
const COMMAND_TIMEOUT_MS = 60_000;
const RANGE_TIMEOUT_MS = 45_000;

export type PageClient = ReturnType<typeof createPageClient>;

/** @param ticket of the link, the last part of its path. */
export function createPageClient(ticket: string) {
  let session: Promise<string> | undefined;
  const ahead = new Map<string, Promise<Uint8Array>>();

  async function openSession(): Promise<string> {
    const body: OpenSession = { ticket };
    const response = await send('/sessions', { method: 'POST', json: body, timeoutMs: CALL_TIMEOUT_MS });
    const opened = (await readJson(response)) as PageSession;
    return opened.session;
  }

  /** Opened once for all who ask at the same time; a failure is not remembered. */
  function currentSession(): Promise<string> {
    const opening = session ?? openSession();
    session = opening;
    opening.catch(() => {
      if (session === opening) session = undefined;
    });
    return opening;
  }

  async function call(path: string, request: Request): Promise<Response> {
    const bearer = currentSession();
    try {
      return await send(path, request, await bearer);
    } catch (error) {
      const isOver = error instanceof PageCallError && error.failure?.error === 'SESSION_EXPIRED';
      if (!isOver) throw error;
      if (session === bearer) session = undefined;
      return send(path, request, await currentSession());
    }
  }

  async function readRange(path: string, begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const range = `bytes=${begin}-${end - 1}`;
    const response = await call(path, {
      ...{ method: 'GET', range, timeoutMs: RANGE_TIMEOUT_MS },
      ...(signal && { signal }),
    });
    const bytes = await readBytes(response);
    return response.status === 206 ? bytes : bytes.subarray(begin, end);
  }

  return {
    /** @throws PageCallError */
    async get<Answer>(path: string): Promise<Answer> {
      return (await readJson(await call(path, { method: 'GET', timeoutMs: CALL_TIMEOUT_MS }))) as Answer;
    },

    /** @throws PageCallError */
    async post<Answer>(path: string, json: object = {}): Promise<Answer> {
      return (await readJson(await call(path, { method: 'POST', json, timeoutMs: COMMAND_TIMEOUT_MS }))) as Answer;
    },

    /** A picture, or null where there is none. @throws PageCallError */
    async picture(path: string): Promise<Blob | null> {
      const response = await call(path, { method: 'GET', timeoutMs: CALL_TIMEOUT_MS });
      return response.status === 204 ? null : new Blob([await readBytes(response)], { type: typeOf(response) });
    },

    /** Asks now for bytes that {@link readRange} will be asked for; it answers them once. */
    readAhead(path: string, begin: number, end: number): void {
      const bytes = readRange(path, begin, end);
      bytes.catch(() => undefined);
      ahead.set(rangeKey(path, begin, end), bytes);
    },

    /** Bytes `begin` up to and without `end`. @throws PageCallError */
    async readRange(path: string, begin: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
      const key = rangeKey(path, begin, end);
      const early = ahead.get(key);
      ahead.delete(key);
      return early ? early.catch(() => readRange(path, begin, end, signal)) : readRange(path, begin, end, signal);
    },
  };
}

function rangeKey(path: string, begin: number, end: number): string {
  return `${path} ${begin}-${end}`;
}

interface Request {
  readonly method: 'GET' | 'POST';
  readonly json?: object;
  readonly range?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

async function send(path: string, request: Request, bearer?: string): Promise<Response> {
  const { method, json, range, timeoutMs, signal } = request;
  const headers: Record<string, string> = {};
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (json) headers['Content-Type'] = 'application/json';
  if (range) headers.Range = range;

  const stopper = new AbortController();
  const stop = (): void => stopper.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop);
  const init: RequestInit = { method, headers, signal: stopper.signal, credentials: 'omit' };
  if (json) init.body = JSON.stringify(json);
  try {
    const response = await fetch(PREFIX + path, init);
    if (!response.ok) throw await refusalOf(response);
    return response;
  } catch (error) {
    if (error instanceof PageCallError) throw error;
    throw new PageCallError(stopper.signal.aborted ? 'timeout' : 'offline', null, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

async function refusalOf(response: Response): Promise<PageCallError> {
  const failure = (await response.json().catch(() => null)) as PageFailure | null;
  return new PageCallError(response.status >= 500 || !failure ? 'fault' : 'refused', failure);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new PageCallError('offline', null, error);
  }
}

function typeOf({ headers }: Response): string {
  return headers.get('Content-Type') ?? '';
}

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new PageCallError('offline', null, error);
  }
}
