/** Calls of Alibaba Cloud's RPC APIs, signed by ACS3-HMAC-SHA256 (help.aliyun.com, V3 版本请求体&签名机制). */
import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import {
  callRemote,
  exchangeJson,
  malformed,
  RemoteCallError,
  type RemoteFailure,
  type RemoteService,
} from '../../kernel/remote-call.ts';

export interface AlibabaAccount {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** In place of `https://SERVICE.aliyuncs.com`. */
  readonly endpoint?: string | undefined;
}

export interface AlibabaCall {
  readonly service: 'cloudauth' | 'dysmsapi';
  readonly version: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isRepeatable: boolean;
}

export type AlibabaAnswer = Readonly<Record<string, unknown>> & { readonly RequestId: string };

export interface AlibabaApi {
  /** `read` may refuse an answer by a RemoteCallError, which counts as the call's own. @throws RemoteCallError */
  call<T>(call: AlibabaCall, read: (answer: AlibabaAnswer) => T): Promise<T>;
}

export interface AlibabaParts extends Omit<RemoteService, 'provider'> {
  readonly account: AlibabaAccount;
  readonly clock: Clock;
}

export const ALIBABA = 'alibaba';
const ALGORITHM = 'ACS3-HMAC-SHA256';

export function createAlibabaApi(parts: AlibabaParts): AlibabaApi {
  return {
    call: (call, read) =>
      callRemote(
        { ...parts, provider: ALIBABA },
        {
          action: `${call.service}.${call.action}`,
          isRepeatable: call.isRepeatable,
          attempt: async () => read(await attempt(parts, call)),
        },
      ),
  };
}

/** The parameters stand in the query, where the vendor's own libraries put them for every action that we call. */
async function attempt(parts: AlibabaParts, call: AlibabaCall): Promise<AlibabaAnswer> {
  const base = parts.account.endpoint ?? `https://${call.service}.aliyuncs.com`;
  const query = canonicalQuery(call.parameters);
  const headers = signedHeaders(parts, call, { host: new URL(base).host, query });
  const { status, json } = await exchangeJson(parts, { url: `${base}/?${query}`, method: 'POST', headers });
  if (status !== 200) throw refusal(json.Code, status);
  if (typeof json.RequestId !== 'string') throw malformed();
  return json as AlibabaAnswer;
}

function signedHeaders(
  { account, clock }: AlibabaParts,
  { version, action }: AlibabaCall,
  { host, query }: { readonly host: string; readonly query: string },
): Record<string, string> {
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': clock
      .now()
      .toISOString()
      .replace(/\.\d{3}/, ''),
    'x-acs-signature-nonce': opaqueToken(16),
    'x-acs-version': version,
  };
  const names = Object.keys(headers).toSorted();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const signed = names.join(';');
  const canonical = ['POST', '/', query, lines, signed, sha256('')].join('\n');
  const signature = createHmac('sha256', account.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const credential = `Credential=${account.accessKeyId}`;
  return { ...headers, Authorization: `${ALGORITHM} ${credential},SignedHeaders=${signed},Signature=${signature}` };
}

function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&');
}

/** RFC 3986 §2.3: what `encodeURIComponent` leaves of the reserved characters is encoded, too. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function refusal(code: unknown, status: number): RemoteCallError {
  const name = typeof code === 'string' ? code : `HTTP_${status}`;
  return new RemoteCallError(failureOf(name, status), { code: name });
}

function failureOf(code: string, status: number): RemoteFailure {
  if (status === 429 || /^Throttling\b/.test(code)) return 'throttled';
  return status >= 500 || /^(ServiceUnavailable|InternalError)\b/.test(code) ? 'unreachable' : 'refused';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
