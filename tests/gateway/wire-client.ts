/** Requests byte by byte: what stands on the request line, in the headers and in the body is what a test says, signed or not. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface WireApp {
  readonly url: string;
  readonly appKey: string;
  readonly appSecret: string;
}

/** The lines of the string to sign, for variants of it. */
export interface Signable {
  readonly method: string;
  readonly fixed: readonly [accept: string, contentMd5: string, contentType: string, date: string];
  readonly signed: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
}

export interface WireCall {
  readonly method?: string;
  /** As it stands on the request line, with `/api`. */
  readonly target: string;
  /** What stands in the string to sign, when it is not the target as sent. */
  readonly signedUrl?: string;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  /** Sent and signed instead of what the client would send; undefined leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly toSign?: (parts: Signable) => string;
  /** Sent but not signed over. */
  readonly tamper?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Undefined when the answer is no JSON. */
  readonly body: Envelope;
}

export interface Envelope {
  readonly result: unknown;
  readonly code: string;
  readonly msg: string;
  readonly logKey: string;
  readonly ts: string;
  readonly success: boolean;
}

export const FORM = 'application/x-www-form-urlencoded';
const SIGNED = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];

export function documentedText({ method, fixed, signed, headers, url }: Signable): string {
  const block = signed.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  return `${[method, ...fixed].join('\n')}\n${block}${url}`;
}

/** A signed call. */
export function call(app: WireApp, wanted: WireCall): Promise<WireAnswer> {
  const { method = wanted.body === undefined ? 'GET' : 'POST', target, body, tamper } = wanted;
  const headers = signedHeaders(app, { ...wanted, method });
  const sent = tamper?.body ?? body;
  return send(app.url, {
    method,
    target,
    headers: { ...headers, ...tamper?.headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
}

export function callJson(
  app: WireApp,
  path: string,
  body: unknown,
  headers: WireCall['headers'] = {},
): Promise<WireAnswer> {
  return call(app, { target: `/api${path}`, body: JSON.stringify(body), headers });
}

export function get(app: WireApp, path: string, query: Readonly<Record<string, string>> = {}): Promise<WireAnswer> {
  const names = Object.keys(query).sort();
  if (names.length === 0) return call(app, { target: `/api${path}` });
  const target = `/api${path}?${names.map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`).join('&')}`;
  const signedUrl = `/api${path}?${names.map((name) => (query[name] ? `${name}=${query[name]}` : name)).join('&')}`;
  return call(app, { target, signedUrl });
}

export function signedHeaders(app: WireApp, wanted: WireCall & { readonly method: string }): Record<string, string> {
  const { method, target, signedUrl = target, body, type = 'application/json', toSign = documentedText } = wanted;
  const isForm = type.startsWith(FORM) || type.startsWith('multipart/');
  const all: Record<string, string | undefined> = {
    Accept: 'application/json',
    ...(body === undefined ? {} : { 'Content-Type': type }),
    ...(body === undefined || isForm ? {} : { 'Content-MD5': md5(body) }),
    'X-Ca-Key': app.appKey,
    'X-Ca-Timestamp': `${Date.now()}`,
    'X-Ca-Nonce': randomUUID(),
    'X-Ca-Signature-Headers': SIGNED.join(','),
    ...wanted.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const text = toSign({
    method,
    fixed: [headers.Accept ?? '', headers['Content-MD5'] ?? '', headers['Content-Type'] ?? '', headers.Date ?? ''],
    signed: headers['X-Ca-Signature-Headers']?.split(',') ?? ['X-Ca-Key'],
    headers,
    url: signedUrl,
  });
  return { 'X-Ca-Signature': hmac(app.appSecret, text), ...headers };
}

export function md5(body: string | Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

export function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64');
}

export interface RawMessage {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in chunks when it is made piece by piece. */
  readonly body?: string | Uint8Array | Iterable<Uint8Array>;
}

/** Sends the whole body before it listens, as simple clients do; the answer counts only when it arrives complete. */
export function send(baseUrl: string, { method, target, headers = {}, body }: RawMessage): Promise<WireAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path: target, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
      });
    });
    request.on('error', reject);
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) request.end(body);
    else pour(body, request).catch((error) => request.destroy(error));
  });
}

async function pour(chunks: Iterable<Uint8Array>, request: ReturnType<typeof httpRequest>): Promise<void> {
  const closed = once(request, 'close');
  for (const chunk of chunks) {
    if (request.destroyed) return;
    if (!request.write(chunk)) await Promise.race([once(request, 'drain'), closed]);
  }
  request.end();
}

function parsed(text: string): Envelope {
  try {
    return JSON.parse(text);
  } catch {
    return undefined as unknown as Envelope;
  }
}

export interface MultipartBody {
  readonly type: string;
  readonly body: Uint8Array;
}

export async function multipart(
  parts: readonly (readonly [name: string, value: string | Uint8Array, fileName?: string])[],
): Promise<MultipartBody> {
  const form = new FormData();
  for (const [name, value, fileName = 'contract.pdf'] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), fileName);
  }
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', body: new Uint8Array(await encoded.arrayBuffer()) };
}

/** One file as an integrator uploads it. */
export async function upload(app: WireApp, bytes: Uint8Array, headers: WireCall['headers'] = {}): Promise<WireAnswer> {
  return call(app, { target: '/api/open/file/upload', headers, ...(await multipart([['file', bytes]])) });
}
