/**
 * The only way out: HTTP to addresses that integrators choose. The address is checked when the connection is made, on what the name
 * resolved to for that very connection, so a name that changes its address between check and use gains nothing. Redirects are not
 * followed, and time and size are bounded.
 */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, errors, request } from 'undici';
import { createNetworkPolicy, type NetworkPolicy } from './network-policy.ts';

const DEFAULT_DEADLINE_MS = 10_000;
const DEFAULT_MAX_RESPONSE_BYTES = 1024 * 1024;
// Short, so that a receiver that moved is found again soon.
const KEEP_ALIVE_MS = 4_000;

export type OutgoingFailure = 'bad-url' | 'address-refused' | 'unreachable' | 'timed-out' | 'response-too-large';

export class OutgoingRequestError extends Error {
  override readonly name = 'OutgoingRequestError';
  readonly hasSafeMessage = true;
  readonly reason: OutgoingFailure;
  /** Of the system or the client, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  readonly code: string | undefined;

  constructor(reason: OutgoingFailure, options?: { code?: string | undefined; cause?: unknown }) {
    super(options?.code ? `${reason} (${options.code})` : reason, { cause: options?.cause });
    this.reason = reason;
    this.code = options?.code;
  }
}

export interface OutgoingRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange, name resolution and body included. */
  readonly deadlineMs?: number;
  readonly maxResponseBytes?: number;
  /** Of a longer answer the beginning is enough; otherwise it is refused. */
  readonly truncate?: boolean;
}

export interface OutgoingResponse {
  readonly status: number;
  /** Names in lower case; of a repeated header the first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpClient {
  /** Any status is an answer, a redirect too. @throws OutgoingRequestError when there is none. */
  send(outgoing: OutgoingRequest): Promise<OutgoingResponse>;
  close(): Promise<void>;
}

export type ResolveName = (hostname: string) => Promise<LookupAddress[]>;

export interface HttpClientOptions {
  /** Hosts and networks that may be reached although they are private. */
  readonly allow: readonly string[];
  readonly resolve?: ResolveName;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const policy = createNetworkPolicy(options.allow);
  const resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true, verbatim: true }));
  const agent = new Agent({ connect: guardedConnector(policy, resolve), keepAliveMaxTimeout: KEEP_ALIVE_MS });

  return {
    send: async (outgoing) => {
      const url = checkUrl(outgoing.url);
      const signal = AbortSignal.timeout(outgoing.deadlineMs ?? DEFAULT_DEADLINE_MS);
      try {
        return await exchange(agent, url, outgoing, signal);
      } catch (error) {
        throw translate(error, signal);
      }
    },
    close: () => agent.destroy(),
  };
}

async function exchange(
  agent: Agent,
  url: URL,
  outgoing: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  const response = await request(url, {
    dispatcher: agent,
    method: outgoing.method ?? 'GET',
    headers: outgoing.headers ?? {},
    body: outgoing.body ?? null,
    signal,
  });
  const { maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES, truncate = false } = outgoing;
  return {
    status: response.statusCode,
    headers: firstValues(response.headers),
    body: await readBounded(response.body, maxResponseBytes, truncate),
  };
}

function checkUrl(text: string): URL {
  if (!URL.canParse(text)) throw new OutgoingRequestError('bad-url');
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isHttp || url.username !== '' || url.password !== '') throw new OutgoingRequestError('bad-url');
  return url;
}

async function readBounded(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  truncate: boolean,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop destroys the stream, and with it the connection.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes && !truncate) throw new OutgoingRequestError('response-too-large');
    chunks.push(chunk);
    if (length > maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), [value].flat()[0] ?? ''] as const,
  );
  return Object.fromEntries(entries);
}

function guardedConnector(policy: NetworkPolicy, resolve: ResolveName): buildConnector.connector {
  const connect = buildConnector({ lookup: guardedLookup(policy, resolve) });

  return (options, callback) => {
    // A literal address is never looked up, so it is judged here.
    const literal = options.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) && !policy.permits(literal, literal)) {
      callback(new OutgoingRequestError('address-refused'), null);
      return;
    }
    connect(options, callback);
  };
}

function guardedLookup(policy: NetworkPolicy, resolve: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const permitted = found.filter(({ address }) => policy.permits(hostname, address));
        const [first] = permitted;
        if (!first) return callback(new OutgoingRequestError('address-refused'), []);
        if (options.all) return callback(null, permitted);
        return callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function translate(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof OutgoingRequestError) return error;
  if (signal.aborted || error instanceof errors.ConnectTimeoutError) {
    return new OutgoingRequestError('timed-out', { cause: error });
  }
  if (!(error instanceof Error)) return error;

  const refused = findRefusal(error);
  return refused ?? new OutgoingRequestError('unreachable', { code: codeOf(error), cause: error });
}

/** Several addresses of one name fail together as one AggregateError. */
function findRefusal(error: Error): OutgoingRequestError | undefined {
  const candidates = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return candidates.find((candidate) => candidate instanceof OutgoingRequestError);
}

function codeOf(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : undefined;
}
