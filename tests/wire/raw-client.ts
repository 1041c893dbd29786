/** A client that knows only the public text of the API: its own string to sign, nothing of ours. */
import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface RawApp {
  readonly url: string;
  readonly appKey: string;
  readonly appSecret: string;
}

export interface RawRequest {
  readonly method?: 'GET' | 'POST';
  /** Below `/api`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** Sent and signed instead of what the client would send; undefined leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent but not signed over. */
  readonly tamper?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly result: unknown;
    readonly code: string;
    readonly msg: string;
    readonly logKey: string;
    readonly ts: string;
    readonly success: boolean;
  };
}

const SIGNED = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];

export async function rawCall(app: RawApp, request: RawRequest): Promise<RawAnswer> {
  const { path, query = {} } = request;
  const method = request.method ?? (request.json || request.form ? 'POST' : 'GET');
  const body = bodyOf(request);
  const headers = headersOf(app, request, body);
  headers['X-Ca-Signature'] = signature(app, { method, path, headers, parameters: { ...query, ...request.form } });

  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  const sent = request.tamper?.body ?? body;
  const response = await fetch(`${app.url}/api${path}${search}`, {
    method,
    headers: { ...headers, ...request.tamper?.headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

function bodyOf({ json, form }: RawRequest): string | undefined {
  if (form) return new URLSearchParams(form).toString();
  return json === undefined ? undefined : JSON.stringify(json);
}

function headersOf({ appKey }: RawApp, request: RawRequest, body: string | undefined): Record<string, string> {
  const type = request.form ? 'application/x-www-form-urlencoded' : 'application/json';
  const all: Record<string, string | undefined> = {
    Accept: 'application/json',
    ...(body === undefined ? {} : { 'Content-Type': type }),
    ...(body === undefined || request.form ? {} : { 'Content-MD5': createHash('md5').update(body).digest('base64') }),
    'X-Ca-Key': appKey,
    'X-Ca-Timestamp': `${Date.now()}`,
    'X-Ca-Nonce': randomUUID(),
    'X-Ca-Signature-Headers': SIGNED.join(','),
    ...request.headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

interface Signable {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

function signature({ appSecret }: RawApp, { method, path, headers, parameters }: Signable): string {
  const listed = headers['X-Ca-Signature-Headers']?.split(',') ?? ['X-Ca-Key'];
  const block = listed.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const pairs = Object.keys(parameters)
    .sort()
    .map((key) => (parameters[key] === '' ? key : `${key}=${parameters[key]}`));
  const url = pairs.length > 0 ? `/api${path}?${pairs.join('&')}` : `/api${path}`;
  const fixed = [method, headers.Accept, headers['Content-MD5'], headers['Content-Type'], headers.Date];
  const text = `${fixed.map((value) => value ?? '').join('\n')}\n${block}${url}`;
  return createHmac('sha256', appSecret).update(text).digest('base64');
}
