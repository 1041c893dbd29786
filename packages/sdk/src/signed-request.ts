import { Buffer } from 'node:buffer';
import type { Endpoint } from '@signet/protocol/open-api';
import { contentMd5, sign, stringToSign } from '@signet/protocol/request-signature';
import type { Environment } from './environment.ts';

export interface Credentials {
  /** Up to and without `/api`, no slash at the end. */
  readonly baseUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
}

/** What goes out, not yet signed: the same for every attempt. */
export interface PlainRequest {
  readonly method: 'GET' | 'POST';
  /** With `/api`; a prefix that a proxy strips belongs to the base address and is not signed. */
  readonly path: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  readonly idempotencyKey: string | undefined;
}

export interface SignedHttpRequest {
  readonly url: string;
  readonly init: { method: string; headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> };
  readonly stringToSign: string;
}

const SIGNED_HEADERS = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];

/** A file part: bytes, or a Blob; a `File` also brings its name. */
export type FilePart = Uint8Array | Blob;

export async function plainRequest(
  endpoint: Endpoint,
  input: object,
  idempotencyKey: string | undefined,
): Promise<PlainRequest> {
  const method = endpoint.methods[0];
  const base = { method, path: `/api${endpoint.path}`, parameters: [], idempotencyKey };
  if (method === 'GET') {
    return { ...base, parameters: scalars(input), contentType: undefined, body: undefined };
  }
  if (endpoint.multipart && 'file' in input && input.file !== undefined) {
    return { ...base, ...(await multipartBody(input as { file: FilePart })) };
  }
  return { ...base, contentType: 'application/json', body: Buffer.from(JSON.stringify(input)) };
}

/** Timestamp, nonce and Content-MD5 always: what an app in strict mode demands. */
export function signedRequest(
  credentials: Credentials,
  request: PlainRequest,
  environment: Environment,
): SignedHttpRequest {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'X-Ca-Key': credentials.appKey,
    'X-Ca-Nonce': environment.nonce(),
    'X-Ca-Timestamp': `${environment.now()}`,
    'X-Ca-Signature-Headers': SIGNED_HEADERS.join(','),
    ...bodyHeaders(request),
    ...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
  };
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const text = stringToSign({ ...request, headers: lowerCase, signedHeaders: SIGNED_HEADERS });
  headers['X-Ca-Signature'] = sign(credentials.appSecret, text);
  return {
    url: `${credentials.baseUrl}${request.path}${query(request.parameters)}`,
    init: { method: request.method, headers, ...(request.body ? { body: request.body } : {}) },
    stringToSign: text,
  };
}

/** Uploads carry a digest too: it is what binds their content to the signature. */
function bodyHeaders({ body, contentType }: PlainRequest): Record<string, string> {
  return body && contentType ? { 'Content-Type': contentType, 'Content-MD5': contentMd5(body) } : {};
}

function query(parameters: PlainRequest['parameters']): string {
  if (parameters.length === 0) return '';
  return `?${parameters.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}`;
}

function scalars(input: object): [string, string][] {
  return Object.entries(input)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [key, String(value)]);
}

/** The platform's own FormData encoder writes the body, so that the boundary can be signed. */
async function multipartBody({ file, ...fields }: { file: FilePart }): Promise<{
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}> {
  const form = new FormData();
  const values = scalars(fields);
  for (const [key, value] of values) form.append(key, value);
  const given = values.find(([key]) => key === 'fileName')?.[1] ?? (file instanceof File ? file.name : 'file');
  form.append('file', file instanceof Blob ? file : new Blob([Uint8Array.from(file)]), given);
  const encoded = new Response(form);
  return {
    contentType: encoded.headers.get('content-type') ?? '',
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}
