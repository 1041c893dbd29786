/**
 * Calls of the Alipay gateway, signed by RSA2 (SHA256withRSA) with certificates, as calls that move money must be. An answer
 * counts only when Alipay has signed it.
 */
import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { callRemote, exchangeJson, malformed, RemoteCallError, type RemoteService } from '../../kernel/remote-call.ts';
import { toShanghai } from '../../kernel/time.ts';
import { certificateNumber, rootNumbers } from './certificates.ts';

export interface AlipayAccount {
  readonly appId: string;
  /** 应用私钥 */
  readonly privateKeyPem: string;
  /** 应用公钥证书 */
  readonly appCertificatePem: string;
  /** 支付宝公钥证书 */
  readonly alipayCertificatePem: string;
  /** 支付宝根证书 */
  readonly rootCertificatePem: string;
  /** In place of the public gateway. */
  readonly gateway?: string | undefined;
}

/** What stands in `…_response`. Codes other than 10000 are answers, too: the caller knows what they mean for its action. */
export interface AlipayAnswer {
  readonly code: string;
  readonly subCode: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface AlipayCall {
  readonly method: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly isRepeatable: boolean;
}

export interface AlipayApi {
  /** `read` may refuse an answer by a RemoteCallError, which counts as the call's own. @throws RemoteCallError */
  call<T>(call: AlipayCall, read: (answer: AlipayAnswer) => T): Promise<T>;
}

export interface AlipayParts extends Omit<RemoteService, 'provider'> {
  readonly account: AlipayAccount;
  readonly clock: Clock;
}

export const ALIPAY = 'alipay';
const GATEWAY = 'https://openapi.alipay.com/gateway.do';

interface Keys {
  readonly own: KeyObject;
  readonly alipay: KeyObject;
  readonly appNumber: string;
  readonly alipayNumber: string;
  readonly rootNumber: string;
}

export function createAlipayApi(parts: AlipayParts): AlipayApi {
  const keys = readKeys(parts.account);
  return {
    call: (call, read) =>
      callRemote(
        { ...parts, provider: ALIPAY },
        {
          action: call.method,
          isRepeatable: call.isRepeatable,
          attempt: async () => read(await attempt(parts, keys, call)),
        },
      ),
  };
}

function readKeys(account: AlipayAccount): Keys {
  return {
    own: createPrivateKey(account.privateKeyPem),
    alipay: new X509Certificate(account.alipayCertificatePem).publicKey,
    appNumber: certificateNumber(account.appCertificatePem),
    alipayNumber: certificateNumber(account.alipayCertificatePem),
    rootNumber: rootNumbers(account.rootCertificatePem),
  };
}

async function attempt(parts: AlipayParts, keys: Keys, { method, content }: AlipayCall): Promise<AlipayAnswer> {
  const { appId, gateway = GATEWAY } = parts.account;
  const common = {
    ...{ app_id: appId, method, format: 'JSON', charset: 'utf-8', sign_type: 'RSA2', version: '1.0' },
    ...{ timestamp: toShanghai(parts.clock.now()), app_cert_sn: keys.appNumber, alipay_root_cert_sn: keys.rootNumber },
  };
  const business = { biz_content: JSON.stringify(content) };
  const signature = sign('RSA-SHA256', Buffer.from(stringToSign({ ...common, ...business })), keys.own);
  const query = new URLSearchParams({ ...common, sign: signature.toString('base64') });
  const { text, json } = await exchangeJson(parts, {
    ...{ url: `${gateway}?${query}`, method: 'POST', body: new URLSearchParams(business).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
  });
  return readAnswer(keys, { method, text, json });
}

/** Every parameter but the signature, sorted, as it is before it is encoded. */
function stringToSign(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .toSorted()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
}

interface RawAnswer {
  readonly method: string;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

function readAnswer(keys: Keys, { method, text, json }: RawAnswer): AlipayAnswer {
  const name = `${method.replaceAll('.', '_')}_response`;
  // A gateway that does not know who asks signs nothing, and answers nothing that could count.
  if (json.error_response) throw refusal(json.error_response as Readonly<Record<string, unknown>>);
  const fields = json[name];
  if (typeof fields !== 'object' || fields === null) throw malformed();
  requireSignature(keys, json, rawObject(text, name));

  const { code, sub_code: subCode } = fields as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string') throw malformed();
  if (code === '20000') throw new RemoteCallError('unreachable', { code });
  return { code, subCode: typeof subCode === 'string' ? subCode : '', fields: fields as AlipayAnswer['fields'] };
}

function refusal({ code, sub_code: subCode }: Readonly<Record<string, unknown>>): RemoteCallError {
  const isBusy = code === '20000';
  const name = String(subCode ?? code ?? '');
  return new RemoteCallError(isBusy ? 'unreachable' : 'refused', { code: name });
}

function requireSignature(keys: Keys, json: RawAnswer['json'], signed: string): void {
  const { sign: signature, alipay_cert_sn: number } = json;
  if (number !== undefined && number !== keys.alipayNumber) {
    throw new RemoteCallError('refused', { code: 'ALIPAY_CERTIFICATE_CHANGED' });
  }
  if (typeof signature !== 'string') throw malformed();
  const isGenuine = verify('RSA-SHA256', Buffer.from(signed), keys.alipay, Buffer.from(signature, 'base64'));
  if (!isGenuine) throw new RemoteCallError('malformed', { code: 'SIGNATURE_WRONG' });
}

/** The very characters that were signed: the object behind the name, from its first brace to the one that closes it. */
function rawObject(text: string, name: string): string {
  const key = `"${name}"`;
  const start = text.indexOf('{', text.indexOf(key) + key.length);
  let depth = 0;
  let isInText = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') isInText = !isInText;
    else if (!isInText && character === '{') depth += 1;
    else if (!isInText && character === '}') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  throw malformed();
}
