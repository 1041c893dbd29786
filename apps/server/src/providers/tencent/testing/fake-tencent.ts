/**
 * Tencent Cloud on this machine: checks TC3 signatures as the vendor documents them, written apart from our own signing, and
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
import { createTencentApi, type TencentApi } from '../api.ts';

export const SECRET_ID = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE';
export const SECRET_KEY = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE0';
const LATEST_SECONDS = 300;

type Parameters = Readonly<Record<string, unknown>>;
/** What stands in `Response` beside the request's number; a string is the code of an error. */
export type TencentReply = Readonly<Record<string, unknown>> | string | { readonly raw: ServiceAnswer | Fault };

export interface FakeTencent extends Pick<LoopbackService, 'url' | 'received' | 'close'> {
  readonly api: TencentApi;
  /** By `faceid.IdCardVerification` and the like. */
  readonly replies: Map<string, (parameters: Parameters) => TencentReply | Promise<TencentReply>>;
  /** What our own side has logged. */
  logged(): string;
}

export interface FakeTencentOptions {
  readonly tryMs?: number;
  /** What a person sees who is sent to the vendor's own page. */
  readonly page?: (query: URLSearchParams) => string;
}

export async function startFakeTencent({ tryMs = 2_000, page }: FakeTencentOptions = {}): Promise<FakeTencent> {
  const replies: FakeTencent['replies'] = new Map();
  const service = await startLoopbackService((request) => {
    const html = request.method === 'GET' ? page?.(request.query) : undefined;
    if (html === undefined) return answer(request, replies);
    return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: html };
  });
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'debug', destination: { write: (line) => void lines.push(line) } });
  const httpClient = createHttpClient({ allow: ['127.0.0.1'] });
  const account = { secretId: SECRET_ID, secretKey: SECRET_KEY, region: 'ap-guangzhou', endpoint: service.url };
  return {
    ...service,
    replies,
    api: createTencentApi({ account, httpClient, log, tryMs, clock: systemClock }),
    logged: () => lines.join(''),
    close: async () => {
      await httpClient.close();
      await service.close();
    },
  };
}

async function answer(request: ReceivedRequest, replies: FakeTencent['replies']): Promise<ServiceAnswer | Fault> {
  const fault = faultOfSignature(request, Date.now());
  const requestId = randomUUID();
  if (fault) return refusal(fault, requestId);
  const action = String(request.headers['x-tc-action']);
  const reply = await replies.get(`${serviceOf(request)}.${action}`)?.(JSON.parse(request.body));
  if (reply === undefined) return refusal('InvalidAction', requestId);
  if (typeof reply === 'string') return refusal(reply, requestId);
  if ('raw' in reply) return (reply as { raw: ServiceAnswer | Fault }).raw;
  return { body: { Response: { ...reply, RequestId: requestId } } };
}

function refusal(Code: string, RequestId: string): ServiceAnswer {
  return { body: { Response: { Error: { Code, Message: '张三 110101199003078857 的请求有误' }, RequestId } } };
}

/** `Credential=ID/date/service/tc3_request` */
function serviceOf({ headers }: Pick<ReceivedRequest, 'headers'>): string {
  return /Credential=[^/]+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** cloud.tencent.com/document/api/362/4208, step by step. @returns the vendor's code of what is wrong. */
export function faultOfSignature(request: Omit<ReceivedRequest, 'query'>, nowMs: number): string | undefined {
  const header = (name: string): string => String(request.headers[name] ?? '');
  const [, id, date, service, names = '', signature] =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/(\w+)\/tc3_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    ) ?? [];
  if (!id || !date || !service) return 'AuthFailure.InvalidAuthorization';
  if (id !== SECRET_ID) return 'AuthFailure.SecretIdNotFound';
  const timestamp = header('x-tc-timestamp');
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > LATEST_SECONDS) return 'AuthFailure.SignatureExpire';
  if (new Date(Number(timestamp) * 1000).toISOString().slice(0, 10) !== date) return 'AuthFailure.SignatureFailure';
  const signed = names.split(';');
  if (!signed.includes('content-type') || !signed.includes('host')) return 'AuthFailure.SignatureFailure';

  const lines = signed.map((name) => `${name}:${header(name).trim().toLowerCase()}\n`).join('');
  const canonical = `${request.method}\n${request.path}\n${request.rawQuery}\n${lines}\n${names}\n${digest(request.body)}`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${digest(canonical)}`;
  const ofDate = createHmac('sha256', `TC3${SECRET_KEY}`).update(date).digest();
  const ofService = createHmac('sha256', ofDate).update(service).digest();
  const ofRequest = createHmac('sha256', ofService).update('tc3_request').digest();
  const expected = createHmac('sha256', ofRequest).update(text).digest('hex');
  return expected === signature ? undefined : 'AuthFailure.SignatureFailure';
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
