import { randomUUID } from 'node:crypto';
import { contentMd5, type SignedRequest, sign, stringToSign } from '@signet/protocol/request-signature';

export interface BenchApp {
  readonly host: string;
  readonly appKey: string;
  readonly appSecret: string;
}

const SIGNED = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];

/** One request as it goes over the wire, with timestamp, nonce and, for a body, Content-MD5, all signed. */
export function signedRequest(
  app: BenchApp,
  path: string,
  given: { query?: [string, string][]; json?: unknown },
): Buffer {
  const body = given.json === undefined ? undefined : Buffer.from(JSON.stringify(given.json));
  const method = body ? 'POST' : 'GET';
  const headers: Record<string, string> = {
    Accept: 'application/json',
    ...(body ? { 'Content-Type': 'application/json', 'Content-MD5': contentMd5(body) } : {}),
    'X-Ca-Key': app.appKey,
    'X-Ca-Nonce': randomUUID(),
    'X-Ca-Timestamp': String(Date.now()),
    'X-Ca-Signature-Headers': SIGNED.join(','),
  };
  const parameters = given.query ?? [];
  const signed: SignedRequest = {
    ...{ method, path: `/api${path}`, parameters, signedHeaders: SIGNED },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
  headers['X-Ca-Signature'] = sign(app.appSecret, stringToSign(signed));
  const search = parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : '';
  return plainRequest(app.host, `${method} /api${path}${search}`, headers, body);
}

export function plainRequest(host: string, target: string, headers: Record<string, string>, body?: Buffer): Buffer {
  const all = { Host: host, ...headers, ...(body ? { 'Content-Length': String(body.length) } : {}) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body ?? Buffer.alloc(0)]);
}
