/** Who serves each port to the outside world, and what that vendor wants to know. Read by config.ts from the same environment. */
import { certificate, privateKey, secret, wanted } from './kernel/credential-settings.ts';
import type { SettingsReader, TextRule } from './kernel/settings-reader.ts';

export interface VendorTemplateSetting {
  readonly id: string;
  readonly parameters: readonly string[] | undefined;
}

export interface TencentSettings {
  readonly secretId: string;
  readonly secretKey: string;
  readonly region: string;
  readonly endpoint: string | undefined;
}

export interface AlibabaSettings {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly endpoint: string | undefined;
}

export interface AlipaySettings {
  readonly appId: string;
  readonly privateKeyPem: string;
  readonly appCertificatePem: string;
  readonly alipayCertificatePem: string;
  readonly rootCertificatePem: string;
  readonly gateway: string | undefined;
}

export interface SmsSettings {
  /** Undefined means ours. */
  readonly signature: string | undefined;
  /** By our own code of the template. */
  readonly templates: ReadonlyMap<string, VendorTemplateSetting>;
}

/** `sandbox` only in a sandbox; undefined in production where nobody serves the port. */
export type Chosen<Vendor extends string> = Vendor | 'sandbox' | undefined;

export interface VendorSettings {
  readonly identity: Chosen<'tencent' | 'alibaba'>;
  readonly sms: Chosen<'tencent' | 'alibaba'>;
  readonly payout: Chosen<'alipay'>;
  readonly face: Chosen<'tencent'>;
  readonly ocr: 'local' | 'tencent';
  readonly smsTexts: SmsSettings;
  readonly tencent: TencentSettings;
  readonly tencentSmsAppId: string;
  readonly tencentFaceRule: string;
  readonly alibaba: AlibabaSettings;
  readonly alibabaScene: string;
  /** Undefined unless it is used. */
  readonly alipay: AlipaySettings | undefined;
}

const CLOUDS = ['tencent', 'alibaba'] as const;

export function readVendorSettings(reader: SettingsReader, mode: 'sandbox' | 'production'): VendorSettings {
  const identity = choose(reader, mode, { setting: 'SIGNET_IDENTITY', vendors: CLOUDS });
  const sms = choose(reader, mode, { setting: 'SIGNET_SMS', vendors: CLOUDS });
  const payout = choose(reader, mode, { setting: 'SIGNET_PAYOUT', vendors: ['alipay'] as const });
  const face = choose(reader, mode, { setting: 'SIGNET_FACE', vendors: ['tencent'] as const });
  const ocr = reader.choice('SIGNET_OCR', ['local', 'tencent'] as const, 'local');
  const uses = (vendor: string): string[] => [
    ...(identity === vendor ? ['SIGNET_IDENTITY'] : []),
    ...(sms === vendor ? ['SIGNET_SMS'] : []),
    ...(payout === vendor ? ['SIGNET_PAYOUT'] : []),
    ...(face === vendor ? ['SIGNET_FACE'] : []),
    ...(ocr === vendor ? ['SIGNET_OCR'] : []),
  ];
  return {
    ...{ identity, sms, payout, face, ocr },
    smsTexts: readSms(reader, sms),
    tencent: readTencent(reader, mode, uses('tencent')),
    tencentSmsAppId: wanted(reader, 'SIGNET_TENCENT_SMS_APP_ID', {
      ...APP_NUMBER,
      because: sms === 'tencent' ? ['SIGNET_SMS'] : [],
    }),
    tencentFaceRule: wanted(reader, 'SIGNET_TENCENT_FACE_RULE', {
      ...RULE_ID,
      because: face === 'tencent' ? ['SIGNET_FACE'] : [],
    }),
    alibaba: readAlibaba(reader, mode, uses('alibaba')),
    alibabaScene: reader.text('SIGNET_ALIBABA_SCENE', SCENE) ?? 'signet',
    alipay: readAlipay(reader, mode, uses('alipay')),
  };
}

interface Choice<Vendor extends string> {
  readonly setting: string;
  readonly vendors: readonly Vendor[];
}

/** What only pretends never serves a production installation. */
function choose<Vendor extends string>(
  reader: SettingsReader,
  mode: 'sandbox' | 'production',
  { setting, vendors }: Choice<Vendor>,
): Chosen<Vendor> {
  const choices = [...vendors, 'sandbox'] as const;
  const accepts = (value: string): boolean => (choices as readonly string[]).includes(value);
  const mend = `set it to ${(mode === 'production' ? vendors : choices).join(' or ')}, or unset it.`;
  const value = reader.text(setting, { accepts, problem: 'nobody who serves this.', mend }) as Chosen<Vendor>;
  if (mode === 'sandbox') return value ?? 'sandbox';
  if (value !== 'sandbox') return value;
  reader.fail(setting, value, 'the sandbox only pretends, and this is a production installation.', mend);
  return undefined;
}

const APP_NUMBER: TextRule = {
  accepts: (value) => /^\d{6,20}$/.test(value),
  problem: 'not an SmsSdkAppId.',
  mend: 'set it to the digits of 短信控制台 > 应用管理.',
};
const RULE_ID: TextRule = {
  accepts: (value) => /^[\w-]{1,64}$/.test(value),
  problem: 'not a RuleId.',
  mend: 'set it to the RuleId of 人脸核身控制台 > 自助接入.',
};
const SCENE: TextRule = {
  accepts: (value) => /^\w{1,32}$/.test(value),
  problem: 'not a scene.',
  mend: 'use 1 to 32 letters, digits and _.',
};
const KEY_ID: TextRule = {
  accepts: (value) => /^\w{10,128}$/.test(value),
  problem: 'not the id of an access key.',
  mend: "set it to the id that the vendor's console shows beside the secret.",
};
const REGION: TextRule = {
  accepts: (value) => /^[a-z]{2}-[a-z]+(-\d)?$/.test(value),
  problem: 'not a region.',
  mend: 'set it to a region such as ap-guangzhou.',
};
const ALIPAY_APP: TextRule = {
  accepts: (value) => /^\d{16}$/.test(value),
  problem: 'not an app id of Alipay.',
  mend: 'set it to the 16 digits of 开放平台控制台 > 应用.',
};
const SIGNATURE: TextRule = {
  accepts: (value) => /^[^【】\p{Cc}\s]{2,20}$/u.test(value),
  problem: 'not a signature of messages.',
  mend: 'set it to the approved 短信签名, 2 to 20 characters without 【】 and blanks.',
};

function readTencent(reader: SettingsReader, mode: string, because: readonly string[]): TencentSettings {
  return {
    secretId: wanted(reader, 'SIGNET_TENCENT_SECRET_ID', { ...KEY_ID, because }),
    secretKey: secret(reader, 'SIGNET_TENCENT_SECRET_KEY', because),
    region: reader.text('SIGNET_TENCENT_REGION', REGION) ?? 'ap-guangzhou',
    endpoint: endpoint(reader, 'SIGNET_TENCENT_ENDPOINT', mode),
  };
}

function readAlibaba(reader: SettingsReader, mode: string, because: readonly string[]): AlibabaSettings {
  return {
    accessKeyId: wanted(reader, 'SIGNET_ALIBABA_ACCESS_KEY_ID', { ...KEY_ID, because }),
    accessKeySecret: secret(reader, 'SIGNET_ALIBABA_ACCESS_KEY_SECRET', because),
    endpoint: endpoint(reader, 'SIGNET_ALIBABA_ENDPOINT', mode),
  };
}

function readAlipay(reader: SettingsReader, mode: string, because: readonly string[]): AlipaySettings | undefined {
  const settings = {
    appId: wanted(reader, 'SIGNET_ALIPAY_APP_ID', { ...ALIPAY_APP, because }),
    privateKeyPem: privateKey(reader, 'SIGNET_ALIPAY_PRIVATE_KEY', because),
    appCertificatePem: certificate(reader, 'SIGNET_ALIPAY_APP_CERT_FILE', because),
    alipayCertificatePem: certificate(reader, 'SIGNET_ALIPAY_CERT_FILE', because),
    rootCertificatePem: certificate(reader, 'SIGNET_ALIPAY_ROOT_CERT_FILE', because),
    gateway: endpoint(reader, 'SIGNET_ALIPAY_GATEWAY', mode),
  };
  return because.length > 0 ? settings : undefined;
}

/** Test servers of a sandbox may be plain; what carries people's data is not. */
function endpoint(reader: SettingsReader, setting: string, mode: string): string | undefined {
  const isFit = (value: string): boolean =>
    URL.canParse(value) &&
    (mode === 'production' ? /^https:$/ : /^https?:$/).test(new URL(value).protocol) &&
    !/[?#]|\/\/[^/]*@/.test(value);
  const rule = {
    accepts: isFit,
    problem: 'not an address to call.',
    mend: "set it to https://HOST without query, or unset it for the vendor's own.",
  };
  return reader.text(setting, rule)?.replace(/\/+$/, '');
}

/** `OURS=THEIRS`, or `OURS=THEIRS(first second)` where the vendor's places have another order or number. */
const TEMPLATE = /^(\w{1,64})=([\w-]{1,40})(?:\(([\w ]*)\))?$/;
const TEMPLATES = {
  accepts: (value: string) => TEMPLATE.test(value),
  problem: 'an entry names no template.',
  mend: 'list OURS=THEIRS, separated by commas, such as CODE=1234567(code minutes),NOTICE_SIGN=1234568.',
};

function readSms(reader: SettingsReader, sms: VendorSettings['sms']): SmsSettings {
  const isVendor = sms === 'tencent' || sms === 'alibaba';
  const because = isVendor ? ['SIGNET_SMS'] : [];
  const signature = wanted(reader, 'SIGNET_SMS_SIGNATURE', { ...SIGNATURE, because }) || undefined;
  const before = reader.problems.length;
  const entries = reader.list('SIGNET_SMS_TEMPLATES', TEMPLATES);
  const templates = new Map(entries.map(readTemplate));
  if (isVendor && reader.problems.length === before && !templates.has('CODE')) {
    const mend = 'add CODE=THEIRS for the approved template of one-time codes.';
    reader.fail('SIGNET_SMS_TEMPLATES', entries.join(',') || '(not set)', 'codes have no template.', mend);
  }
  return { signature, templates };
}

function readTemplate(entry: string): [string, VendorTemplateSetting] {
  const [, ours = '', id = '', places] = TEMPLATE.exec(entry) ?? [];
  return [ours, { id, parameters: places?.split(' ').filter(Boolean) }];
}
