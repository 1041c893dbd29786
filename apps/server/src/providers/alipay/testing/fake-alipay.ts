/** The Alipay gateway on this machine: checks RSA2 signatures, signs its answers, and keeps what it was told to pay. */
import { execFileSync } from 'node:child_process';
import { createHash, createSign, createVerify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { type AlipayAccount, type AlipayApi, createAlipayApi } from '../api.ts';

export const APP_ID = '2021000000000001';

export type Content = Readonly<Record<string, unknown>>;
/** The inside of the answer, signed; `raw` is sent as it is. */
export type AlipayReply = Content | { readonly raw: ServiceAnswer | Fault };

export interface FakeAlipay extends Pick<LoopbackService, 'url' | 'received' | 'close'> {
  readonly api: AlipayApi;
  readonly account: AlipayAccount;
  /** By method. */
  readonly replies: Map<string, (content: Content) => AlipayReply>;
  /** As the gateway would sign it. */
  sign(text: string): string;
  logged(): string;
}

interface Identity {
  readonly key: string;
  readonly certificate: string;
}

export async function startFakeAlipay({ tryMs = 2_000 } = {}): Promise<FakeAlipay> {
  const [app, gateway, root] = identities();
  const replies: FakeAlipay['replies'] = new Map();
  const sign = (text: string): string => createSign('RSA-SHA256').update(text, 'utf8').sign(gateway.key, 'base64');
  const service = await startLoopbackService((request) => {
    const fault = faultOfRequest(request, app);
    if (fault) return { body: { error_response: { code: '40002', msg: 'Invalid Arguments', sub_code: fault } } };
    const method = String(request.query.get('method'));
    const content = JSON.parse(new URLSearchParams(request.body).get('biz_content') ?? '{}');
    const reply = replies.get(method)?.(content) ?? {
      code: '40006',
      msg: 'No permission',
      sub_code: 'isv.no-permission',
    };
    if ('raw' in reply) return (reply as { raw: ServiceAnswer | Fault }).raw;
    const inside = JSON.stringify(reply);
    const number = `"alipay_cert_sn":"${numberOf(gateway.certificate)}"`;
    return { body: `{"${method.replaceAll('.', '_')}_response":${inside},${number},"sign":"${sign(inside)}"}` };
  });
  const account = {
    ...{ appId: APP_ID, privateKeyPem: app.key, appCertificatePem: app.certificate, gateway: service.url },
    ...{ alipayCertificatePem: gateway.certificate, rootCertificatePem: root.certificate },
  };
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'debug', destination: { write: (line) => void lines.push(line) } });
  const httpClient = createHttpClient({ allow: ['127.0.0.1'] });
  return {
    ...service,
    ...{ replies, account, sign, logged: () => lines.join('') },
    api: createAlipayApi({ account, httpClient, log, tryMs, clock: systemClock }),
    close: async () => {
      await httpClient.close();
      await service.close();
    },
  };
}

let made: readonly [Identity, Identity, Identity] | undefined;

function identities(): readonly [app: Identity, gateway: Identity, root: Identity] {
  made ??= makeIdentities();
  return made;
}

/** Keys and certificates of the app, of Alipay and of its root, by openssl. */
function makeIdentities(): readonly [app: Identity, gateway: Identity, root: Identity] {
  const folder = mkdtempSync(join(tmpdir(), 'signet-alipay-'));
  const make = (name: string, subject: string): Identity => {
    const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const files = ['-keyout', key, '-out', certificate];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', subject, ...files],
      {
        stdio: 'ignore',
      },
    );
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  };
  try {
    return [
      make('app', '/C=CN/O=示例公司/OU=Alipay/CN=示例公司-2088000000000001'),
      make('gateway', '/C=CN/O=Ant Financial/OU=Alipay/CN=gateway'),
      make('root', '/C=CN/O=Ant Financial/OU=Certification Authority/CN=Ant Financial Root'),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns the vendor's code of what is wrong. */
function faultOfRequest({ query, body, method }: ReceivedRequest, app: Identity): string | undefined {
  const all = new Map([...query, ...new URLSearchParams(body)]);
  if (method !== 'POST' || all.get('app_id') !== APP_ID) return 'isv.invalid-app-id';
  if (all.get('app_cert_sn') !== numberOf(app.certificate)) return 'isv.app-cert-sn-error';
  if (!/^[0-9a-f]{32}$/.test(all.get('alipay_root_cert_sn') ?? '')) return 'isv.missing-root-cert-sn';
  if (all.get('sign_type') !== 'RSA2' || all.get('charset') !== 'utf-8') return 'isv.invalid-signature-type';
  const moment = Date.parse(`${all.get('timestamp')?.replace(' ', 'T')}+08:00`);
  if (!(Math.abs(Date.now() - moment) < 600_000)) return 'isv.invalid-timestamp';
  return isGenuine(all, app.certificate) ? undefined : 'isv.invalid-signature';
}

/** Whether the holder of the certificate has signed all the others of these parameters. */
export function isGenuine(parameters: ReadonlyMap<string, string>, certificate: string): boolean {
  const text = [...parameters.keys()]
    .filter((name) => name !== 'sign' && parameters.get(name) !== '')
    .sort()
    .map((name) => `${name}=${parameters.get(name)}`)
    .join('&');
  const signature = parameters.get('sign') ?? '';
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(certificate, signature, 'base64');
}

function numberOf(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.trim().split('\n').reverse().join(',');
  return createHash('md5')
    .update(name + BigInt(`0x${serialNumber}`).toString(10), 'utf8')
    .digest('hex');
}
