/** Calls of Tencent Cloud's API 3.0, signed by TC3-HMAC-SHA256 (cloud.tencent.com/document/api/362/4208). */
import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import {
  callRemote,
  exchangeJson,
  malformed,
  RemoteCallError,
  type RemoteFailure,
  type RemoteService,
} from '../../kernel/remote-call.ts';

export interface TencentAccount {
  readonly secretId: string;
  readonly secretKey: string;
  /** Where the services that have regions are called, such as ap-guangzhou. */
  readonly region: string;
  /** In place of `https://SERVICE.tencentcloudapi.com`. */
  readonly endpoint?: string | undefined;
}

export interface TencentCall {
  readonly service: 'faceid' | 'ocr' | 'sms';
  readonly version: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly isRepeatable: boolean;
}

export type TencentAnswer = Readonly<Record<string, unknown>> & { readonly RequestId: string };

export interface TencentApi {
  /** `read` may refuse an answer by a RemoteCallError, which counts as the call's own. @throws RemoteCallError */
  call<T>(call: TencentCall, read: (answer: TencentAnswer) => T): Promise<T>;
}

export interface TencentParts extends Omit<RemoteService, 'provider'> {
  readonly account: TencentAccount;
  readonly clock: Clock;
}

export const TENCENT = 'tencent';
const CONTENT_TYPE = 'application/json; charset=utf-8';
const SIGNED_HEADERS = 'content-type;host;x-tc-action';

export function createTencentApi(parts: TencentParts): TencentApi {
  return {
    call: (call, read) =>
      callRemote(
        { ...parts, provider: TENCENT },
        {
          action: `${call.service}.${call.action}`,
          isRepeatable: call.isRepeatable,
          attempt: async () => read(await attempt(parts, call)),
        },
      ),
  };
}

async function attempt(parts: TencentParts, call: TencentCall): Promise<TencentAnswer> {
  const url = parts.account.endpoint ?? `https://${call.service}.tencentcloudapi.com`;
  const body = JSON.stringify(call.parameters);
  const headers = signedHeaders(parts, call, { host: new URL(url).host, body });
  const { json } = await exchangeJson(parts, { url, method: 'POST', headers, body });
  const answer = json.Response as Partial<TencentAnswer> | null | undefined;
  if (typeof answer !== 'object' || answer === null) throw malformed();
  if (answer.Error) throw refusal((answer.Error as { Code?: unknown }).Code);
  if (typeof answer.RequestId !== 'string') throw malformed();
  return answer as TencentAnswer;
}

function signedHeaders(
  { account, clock }: TencentParts,
  { service, version, action }: TencentCall,
  { host, body }: { readonly host: string; readonly body: string },
): Record<string, string> {
  const now = clock.now();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const date = now.toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const canonicalHeaders = `content-type:${CONTENT_TYPE}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n`;
  const canonical = ['POST', '/', '', canonicalHeaders, SIGNED_HEADERS, sha256(body)].join('\n');
  const stringToSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${account.secretKey}`);
  const signature = hmac(key, stringToSign).toString('hex');
  const credential = `Credential=${account.secretId}/${scope}`;
  return {
    'Content-Type': CONTENT_TYPE,
    Authorization: `TC3-HMAC-SHA256 ${credential}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`,
    'X-TC-Action': action,
    'X-TC-Version': version,
    'X-TC-Timestamp': timestamp,
    ...(service === 'faceid' ? {} : { 'X-TC-Region': account.region }),
  };
}

/** Codes that every service shares (cloud.tencent.com/document/api/1007/31326, 公共错误码). */
function refusal(code: unknown): RemoteCallError {
  const name = typeof code === 'string' ? code : '';
  return new RemoteCallError(failureOf(name), { code: name });
}

function failureOf(code: string): RemoteFailure {
  if (/^RequestLimitExceeded/.test(code)) return 'throttled';
  return /^(InternalError|ServiceUnavailable|ResourceUnavailable)\b/.test(code) ? 'unreachable' : 'refused';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
