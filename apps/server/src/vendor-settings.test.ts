import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const PRODUCTION = { SIGNET_MODE: 'production', SIGNET_MASTER_KEY: '0123456789abcdef'.repeat(4) };
const TENCENT = {
  SIGNET_TENCENT_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74',
  SIGNET_TENCENT_SECRET_KEY: 'Gu5t9xGARNpq86cd98joQYCN3',
};
const ALIBABA = {
  SIGNET_ALIBABA_ACCESS_KEY_ID: 'LTAI5tEXAMPLEKEY0000',
  SIGNET_ALIBABA_ACCESS_KEY_SECRET: 'EXAMPLEsecret0123456789',
};
const TEXTS = { SIGNET_SMS_SIGNATURE: '示例科技', SIGNET_SMS_TEMPLATES: 'CODE=SMS_1' };

let folder: string;
let alipay: Record<string, string>;
let keyBase64: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signet-vendors-'));
  const recorded = new URL('./providers/alipay/testing/sdk-request.json', import.meta.url);
  const { certificates } = JSON.parse(readFileSync(recorded, 'utf8'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  keyBase64 = privateKey.export({ format: 'der', type: 'pkcs1' }).toString('base64');
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  alipay = {
    ...{ SIGNET_PAYOUT: 'alipay', SIGNET_ALIPAY_APP_ID: '2021000000000001' },
    SIGNET_ALIPAY_PRIVATE_KEY_FILE: write('app.key', `${keyBase64}\n`),
    SIGNET_ALIPAY_APP_CERT_FILE: write('app.crt', certificates.app),
    SIGNET_ALIPAY_CERT_FILE: write('alipay.crt', certificates.alipay),
    SIGNET_ALIPAY_ROOT_CERT_FILE: write('root.crt', certificates.root),
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

type Environment = Readonly<Record<string, string>>;

function problemsOf(environment: Environment): ConfigError['problems'] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}

const settingsOf = (environment: Environment) => problemsOf(environment).map(({ setting }) => setting);

describe('vendors', () => {
  it('are those of the sandbox in a sandbox, and nobody in production', () => {
    expect(loadConfig({}).vendors).toMatchObject({
      ...{ identity: 'sandbox', sms: 'sandbox', payout: 'sandbox', face: 'sandbox', ocr: 'local', alipay: undefined },
    });
    expect(loadConfig(PRODUCTION).vendors).toMatchObject({
      ...{ identity: undefined, sms: undefined, payout: undefined, face: undefined, ocr: 'local' },
    });
  });

  it('are chosen for each port, in a sandbox too', () => {
    const faces = { SIGNET_FACE: 'tencent', SIGNET_TENCENT_FACE_RULE: '1', SIGNET_OCR: 'tencent' };
    const environment = {
      ...TENCENT,
      ...ALIBABA,
      ...TEXTS,
      ...faces,
      SIGNET_IDENTITY: 'alibaba',
      SIGNET_SMS: 'alibaba',
    };

    for (const mode of [{}, PRODUCTION]) {
      expect(loadConfig({ ...environment, ...alipay, ...mode })).toMatchObject({
        vendors: {
          ...{ identity: 'alibaba', sms: 'alibaba', payout: 'alipay', face: 'tencent', ocr: 'tencent' },
          ...{ tencentFaceRule: '1', alibabaScene: 'signet', smsTexts: { signature: '示例科技' } },
          ...{ tencent: { region: 'ap-guangzhou', endpoint: undefined }, alipay: { appId: '2021000000000001' } },
        },
        warnings: [],
      });
    }
  });

  it.each(['SIGNET_IDENTITY', 'SIGNET_SMS', 'SIGNET_PAYOUT', 'SIGNET_FACE'])(
    'that pretend do not serve production: %s',
    (setting) => {
      expect(problemsOf({ ...PRODUCTION, [setting]: 'sandbox' })).toMatchObject([
        {
          setting,
          value: 'sandbox',
          problem: expect.stringContaining('production'),
          mend: expect.not.stringContaining('sandbox'),
        },
      ]);
      expect(problemsOf({ [setting]: 'sandbox' })).toEqual([]);
    },
  );

  it.each([
    [{ SIGNET_IDENTITY: 'tencent' }, ['SIGNET_TENCENT_SECRET_ID', 'SIGNET_TENCENT_SECRET_KEY']],
    [{ SIGNET_OCR: 'tencent' }, ['SIGNET_TENCENT_SECRET_ID', 'SIGNET_TENCENT_SECRET_KEY']],
    [{ ...TENCENT, SIGNET_FACE: 'tencent' }, ['SIGNET_TENCENT_FACE_RULE']],
    [{ ...TENCENT, ...TEXTS, SIGNET_SMS: 'tencent' }, ['SIGNET_TENCENT_SMS_APP_ID']],
    [{ ...ALIBABA, SIGNET_SMS: 'alibaba' }, ['SIGNET_SMS_SIGNATURE', 'SIGNET_SMS_TEMPLATES']],
    [{ ...ALIBABA, ...TEXTS, SIGNET_SMS: 'alibaba', SIGNET_SMS_TEMPLATES: 'NOTICE=1' }, ['SIGNET_SMS_TEMPLATES']],
    [
      { SIGNET_PAYOUT: 'alipay' },
      [
        ...['SIGNET_ALIPAY_APP_ID', 'SIGNET_ALIPAY_PRIVATE_KEY', 'SIGNET_ALIPAY_APP_CERT_FILE'],
        ...['SIGNET_ALIPAY_CERT_FILE', 'SIGNET_ALIPAY_ROOT_CERT_FILE'],
      ],
    ],
  ])('are complete or refused, naming all that is missing at once: %o', (environment, missing) => {
    expect(settingsOf(environment).toSorted()).toEqual(missing.toSorted());
  });

  it('need nothing of a vendor that serves nothing', () => {
    expect(settingsOf({ ...PRODUCTION, ...TENCENT })).toEqual([]);
  });

  it.each([
    [{ SIGNET_IDENTITY: 'baidu' }, 'SIGNET_IDENTITY'],
    [{ SIGNET_OCR: 'sandbox' }, 'SIGNET_OCR'],
    [{ SIGNET_TENCENT_SECRET_ID: 'a b' }, 'SIGNET_TENCENT_SECRET_ID'],
    [{ SIGNET_TENCENT_REGION: 'guangzhou' }, 'SIGNET_TENCENT_REGION'],
    [{ SIGNET_TENCENT_SMS_APP_ID: 'x' }, 'SIGNET_TENCENT_SMS_APP_ID'],
    [{ SIGNET_TENCENT_ENDPOINT: 'tencent' }, 'SIGNET_TENCENT_ENDPOINT'],
    [{ ...PRODUCTION, SIGNET_ALIBABA_ENDPOINT: 'http://proxy.example' }, 'SIGNET_ALIBABA_ENDPOINT'],
    [{ SIGNET_ALIBABA_SCENE: 'a-b' }, 'SIGNET_ALIBABA_SCENE'],
    [{ SIGNET_ALIPAY_APP_ID: '1' }, 'SIGNET_ALIPAY_APP_ID'],
    [{ SIGNET_ALIPAY_GATEWAY: 'https://x/?a=1' }, 'SIGNET_ALIPAY_GATEWAY'],
    [{ SIGNET_SMS_SIGNATURE: '【示例】' }, 'SIGNET_SMS_SIGNATURE'],
    [{ SIGNET_SMS_TEMPLATES: 'CODE' }, 'SIGNET_SMS_TEMPLATES'],
    [{ SIGNET_SMS_TEMPLATES: 'CODE=1,=2' }, 'SIGNET_SMS_TEMPLATES'],
    [{ SIGNET_ALIPAY_CERT_FILE: '/no/such/file' }, 'SIGNET_ALIPAY_CERT_FILE'],
  ])('are refused with a mend when a setting is wrong: %o', (environment, setting) => {
    expect(problemsOf(environment)).toMatchObject([
      { setting, mend: expect.stringMatching(/^(set|use|list|check|name)/) },
    ]);
  });
});

describe('templates of messages', () => {
  it('are named by ours, with the vendor’s places where they differ', () => {
    const { templates } = loadConfig({ SIGNET_SMS_TEMPLATES: 'CODE=1110(code), NOTICE_SIGN=1111, N2=SMS_9(b a)' })
      .vendors.smsTexts;

    expect([...templates]).toEqual([
      ['CODE', { id: '1110', parameters: ['code'] }],
      ['NOTICE_SIGN', { id: '1111', parameters: undefined }],
      ['N2', { id: 'SMS_9', parameters: ['b', 'a'] }],
    ]);
  });
});

describe('secrets of vendors', () => {
  it('may lie in files', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, ' EXAMPLEsecret0123456789\n');
    const { SIGNET_TENCENT_SECRET_ID } = TENCENT;
    const environment = { SIGNET_IDENTITY: 'tencent', SIGNET_TENCENT_SECRET_ID, SIGNET_TENCENT_SECRET_KEY_FILE: path };

    expect(loadConfig(environment).vendors.tencent.secretKey).toBe('EXAMPLEsecret0123456789');
    expect(settingsOf({ ...environment, ...TENCENT })).toEqual(['SIGNET_TENCENT_SECRET_KEY_FILE']);
  });

  it('of Alipay may be PEM or bare base64, in the environment or in a file', () => {
    const { SIGNET_ALIPAY_PRIVATE_KEY_FILE: _, ...rest } = alipay;
    const pem = loadConfig(alipay).vendors.alipay?.privateKeyPem ?? '';

    expect(pem).toContain('PRIVATE KEY');
    expect(loadConfig({ ...rest, SIGNET_ALIPAY_PRIVATE_KEY: keyBase64 }).vendors.alipay?.privateKeyPem).toBe(pem);
    expect(
      loadConfig({ ...rest, SIGNET_ALIPAY_PRIVATE_KEY: pem.replaceAll('\n', '\\n') }).vendors.alipay?.privateKeyPem,
    ).toBe(pem);
  });

  it.each([
    ['SIGNET_TENCENT_SECRET_KEY', 'with blanks in it'],
    ['SIGNET_ALIBABA_ACCESS_KEY_SECRET', 'short'],
    ['SIGNET_ALIPAY_PRIVATE_KEY', 'MIIEnotakeyatall'],
  ])('are never shown: %s', (setting, value) => {
    const [problem] = problemsOf({ [setting]: value });

    expect(problem).toMatchObject({ setting, value: `*** (${value.length} characters)` });
  });

  it('in a file are never shown either', () => {
    const path = join(folder, 'wrong');
    writeFileSync(path, 'two words');
    expect(problemsOf({ SIGNET_TENCENT_SECRET_KEY_FILE: path })).toMatchObject([{ value: '*** (9 characters)' }]);
    expect(problemsOf({ SIGNET_ALIPAY_ROOT_CERT_FILE: path })).toMatchObject([{ value: '(a file)' }]);
  });
});
