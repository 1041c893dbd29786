/**
 * Alibaba Cloud on this machine: checks ACS3 signatures as the vendor documents them, written apart from our own signing, and
 * answers each action as a test tells it.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { systemClock } from '../../../kernel/clock.ts';
import { createHttpClient } from '../../../kernel/http-client.ts';
import { createLogger } from '../../../kernel/log.ts';
import {
  type Fault,
  type LoopbackService,
  type ReceivedRequest,
  type ServiceAnswer,
  startLoopbackService,
} from '../../../kernel/testing/loopback-service.ts';
import { type AlibabaApi, createAlibabaApi } from '../api.ts';

export const ACCESS_KEY_ID = 'LTAI5tEXAMPLEKEY0000';
export const ACCESS_KEY_SECRET = 'EXAMPLEsecret0123456789abcdef';
const LATEST_MS = 15 * 60_000;

/** What stands in the answer beside the request's number; a status of 400 and more makes it a refusal. */
export type AlibabaReply = Readonly<Record<string, unknown>> | { readonly raw: ServiceAnswer | Fault };

export interface FakeAlibaba extends Pick<LoopbackService, 'url' | 'received' | 'close'> {
  readonly api: AlibabaApi;
  readonly replies: Map<string, (parameters: URLSearchParams) => AlibabaReply>;
  /** What our own side has logged. */
  logged(): string;
}

export async function startFakeAlibaba({ tryMs = 2_000 } = {}): Promise<FakeAlibaba> {
  const replies: FakeAlibaba['replies'] = new Map();
  const nonces = new Set<string>();
  const service = await startLoopbackService((request) => answer(request, replies, nonces));
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'debug', destination: { write: (line) => void lines.push(line) } });
  const httpClient = createHttpClient({ allow: ['127.0.0.1'] });
  const account = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET, endpoint: service.url };
  return {
    ...service,
    replies,
    api: createAlibabaApi({ account, httpClient, log, tryMs, clock: systemClock }),
    logged: () => lines.join(''),
    close: async () => {
      await httpClient.close();
      await service.close();
    },
  };
}

function answer(request: ReceivedRequest, replies: FakeAlibaba['replies'], nonces: Set<string>): ServiceAnswer | Fault {
  const nonce = String(request.headers['x-acs-signature-nonce']);
  const fault = nonces.has(nonce) ? 'SignatureNonceUsed' : faultOfSignature(request, Date.now());
  nonces.add(nonce);
  if (fault) return refused(fault, 400);
  const reply = replies.get(String(request.headers['x-acs-action']))?.(request.query);
  if (!reply) return refused('InvalidAction.NotFound', 404);
  if ('raw' in reply) return (reply as { raw: ServiceAnswer | Fault }).raw;
  return { body: { Message: 'success', ...reply, RequestId: randomUUID().toUpperCase() } };
}

export function refused(Code: string, status: number): ServiceAnswer {
  return {
    status,
    body: { Code, Message: '张三 110101199003078857 的请求有误', RequestId: randomUUID(), HostId: 'x' },
  };
}

/** V3 版本请求体&签名机制, step by step. @returns the vendor's code of what is wrong. */
export function faultOfSignature(request: Omit<ReceivedRequest, 'query'>, nowMs: number): string | undefined {
  const header = (name: string): string => String(request.headers[name] ?? '').trim();
  const [, id, names = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=(\w+),\s?SignedHeaders=([\w;-]+),\s?Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    ) ?? [];
  if (!id) return 'IncompleteSignature';
  if (id !== ACCESS_KEY_ID) return 'InvalidAccessKeyId.NotFound';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(header('x-acs-date'))) return 'InvalidTimeStamp.Format';
  if (Math.abs(nowMs - Date.parse(header('x-acs-date'))) > LATEST_MS) return 'InvalidTimeStamp.Expired';
  const signed = names.split(';');
  const must = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-acs-'))];
  if (must.some((name) => !signed.includes(name))) return 'SignatureDoesNotMatch';
  if (header('x-acs-content-sha256') !== digest(request.body)) return 'SignatureDoesNotMatch';

  const query = request.rawQuery.split('&').filter(Boolean).map(normalized).toSorted(byName).join('&');
  const lines = signed.map((name) => `${name}:${header(name)}\n`).join('');
  const canonical = `${request.method}\n${request.path}\n${query}\n${lines}\n${names}\n${header('x-acs-content-sha256')}`;
  const expected = createHmac('sha256', ACCESS_KEY_SECRET)
    .update(`ACS3-HMAC-SHA256\n${digest(canonical)}`, 'utf8')
    .digest('hex');
  return expected === signature ? undefined : 'SignatureDoesNotMatch';
}

/** The gateway reads the request and writes it anew, so that it does not matter which characters the sender left as they are. */
function normalized(pair: string): string {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)].map((part) => percentEncoded(decodeURIComponent(part))).join('=');
}

/** Byte by byte; RFC 3986 §2.3 leaves letters, digits and -._~ alone. */
function percentEncoded(text: string): string {
  const isPlain = (byte: number): boolean => /[\w.~-]/.test(String.fromCharCode(byte)) && byte < 0x80;
  const encode = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return [...Buffer.from(text, 'utf8')].map((b) => (isPlain(b) ? String.fromCharCode(b) : encode(b))).join('');
}

function byName(a: string, b: string): number {
  const [one = '', other = ''] = [a.split('=')[0], b.split('=')[0]];
  return one < other ? -1 : Number(one > other);
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
