import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, publicUrlOf } from './config.ts';

const HEX_KEY = '0123456789abcdef'.repeat(4);
const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

describe('settings', () => {
  it('start a sandbox on this machine when nothing is set', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      dataFolder: join(process.cwd(), 'data'),
      databaseUrl: undefined,
      mode: 'sandbox',
      masterKey: undefined,
      publicUrl: undefined,
      trustedProxies: [],
      firstApp: undefined,
      partyKey: 'p256',
      logLevel: 'info',
      warnings: [],
    });
  });

  it('treat an empty value as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', SIGNET_MODE: '' })).toEqual(loadConfig({}));
  });

  it('are read in all their forms', () => {
    const config = loadConfig({
      HOST: '0.0.0.0',
      PORT: '9000',
      SIGNET_DATA: '/srv/signet',
      DATABASE_URL: 'postgresql://me:p%40ss@db:5432/signet',
      SIGNET_MODE: 'production',
      SIGNET_MASTER_KEY: HEX_KEY,
      SIGNET_PUBLIC_URL: 'https://sign.example.com/esign/',
      SIGNET_TRUSTED_PROXIES: '10.0.0.0/8, loopback,2001:db8::1',
      SIGNET_CALLBACK_ALLOW: 'intranet.example, 192.168.0.0/16',
      SIGNET_APP_KEY: '203900001',
      SIGNET_APP_SECRET: 'qd-test-secret-0001',
      SIGNET_APP_CALLBACK_URL: 'https://app.example/callback?x=1',
      SIGNET_APP_CALLBACK_SECRET: CALLBACK_SECRET,
      SIGNET_PARTY_KEY: 'rsa-3072',
      SIGNET_LOG_LEVEL: 'warn',
      SIGNET_WORKERS: '8',
      SIGNET_SMS_PER_PHONE: '3',
      SIGNET_SMS_PER_APP: '100',
      SIGNET_SMS_PER_ADDRESS: '20',
    });

    expect(config).toMatchObject({
      port: 9000,
      dataFolder: '/srv/signet',
      masterKey: new Uint8Array(Buffer.from(HEX_KEY, 'hex')),
      publicUrl: 'https://sign.example.com/esign',
      trustedProxies: ['10.0.0.0/8', 'loopback', '2001:db8::1'],
      callbackAllow: ['intranet.example', '192.168.0.0/16'],
      firstApp: {
        appKey: '203900001',
        appSecret: 'qd-test-secret-0001',
        callbackUrl: 'https://app.example/callback?x=1',
        callbackSecret: CALLBACK_SECRET,
      },
      partyKey: 'rsa-3072',
      workers: 8,
      smsLimits: { perPhonePerDay: 3, perAppPerDay: 100, perAddressPerHour: 20 },
    });
  });

  it.each([
    ['HOST', 'http://x'],
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['SIGNET_MODE', 'prod'],
    ['SIGNET_PUBLIC_URL', 'sign.example.com'],
    ['SIGNET_PUBLIC_URL', 'https://sign.example.com/?a=1'],
    ['SIGNET_PUBLIC_URL', 'https://user@sign.example.com'],
    ['SIGNET_TRUSTED_PROXIES', '10.0.0.0/8,nonsense'],
    ['SIGNET_TRUSTED_PROXIES', '10.0.0.0/40'],
    ['SIGNET_CALLBACK_ALLOW', 'http://x'],
    ['SIGNET_PARTY_KEY', 'rsa'],
    ['SIGNET_LOG_LEVEL', 'verbose'],
    ['SIGNET_WORKERS', '0'],
    ['SIGNET_MASTER_KEY_FILE', '/no/such/file'],
  ])('refuse %s=%s, naming setting, value and mend', (setting, value) => {
    const [problem] = problemsOf({ [setting]: value });

    expect(problem).toMatchObject({ setting, value });
    expect(problem?.mend).toMatch(/^(set|list|check|use)/);
  });

  it.each([
    ['SIGNET_MASTER_KEY', 'correct-horse'],
    ['DATABASE_URL', 'mysql://me:hunter2@db/x'],
    ['SIGNET_APP_SECRET', 'short'],
    ['SIGNET_APP_CALLBACK_SECRET', CALLBACK_SECRET.slice(6)],
    ['SIGNET_APP_CALLBACK_SECRET', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['SIGNET_APP_CALLBACK_SECRET', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['SIGNET_APP_CALLBACK_SECRET', 'whsec_not/base64!at_all_but_long_enough_for_a_key'],
  ])('never show the value of the secret %s', (setting, value) => {
    const error = errorOf({ SIGNET_APP_KEY: 'a', [setting]: value });

    expect(error.message).toContain(`${setting}=*** (${value.length} characters)`);
    expect(error.message).not.toContain(value);
  });

  it('are refused all at once', () => {
    const problems = problemsOf({ PORT: 'x', SIGNET_MODE: 'y', SIGNET_WORKERS: 'z' });

    expect(problems.map((problem) => problem.setting).sort()).toEqual(['PORT', 'SIGNET_MODE', 'SIGNET_WORKERS']);
  });

  it('warn of a name with our prefix that is no setting', () => {
    expect(loadConfig({ SIGNET_MODES: 'production' }).warnings).toEqual(['SIGNET_MODES is no setting and is ignored.']);
  });

  it.each([
    [{ SIGNET_APP_KEY: 'a' }, 'SIGNET_APP_SECRET'],
    [{ SIGNET_APP_SECRET: 'long-enough' }, 'SIGNET_APP_KEY'],
    [{ SIGNET_APP_CALLBACK_URL: 'https://x' }, 'SIGNET_APP_KEY'],
    [{ SIGNET_APP_CALLBACK_SECRET: CALLBACK_SECRET }, 'SIGNET_APP_KEY'],
  ])('refuse half an app: %o', (environment, missing) => {
    expect(problemsOf(environment)).toMatchObject([{ setting: missing, value: '(not set)' }]);
  });

  it.each([
    [{ HOST: '127.0.0.1' }, ['127.0.0.0/8', '::1/128']],
    [{ HOST: 'localhost' }, ['127.0.0.0/8', '::1/128']],
    [{ HOST: '0.0.0.0' }, []],
    [{ HOST: '127.0.0.1', SIGNET_MODE: 'production', SIGNET_MASTER_KEY: HEX_KEY }, []],
  ])('let only a local sandbox call back to this machine: %o', (environment, allowed) => {
    expect(loadConfig(environment).callbackAllow).toEqual(allowed);
  });

  it.each([
    [{}, 8080, 'http://127.0.0.1:8080'],
    [{ HOST: '0.0.0.0' }, 9000, 'http://127.0.0.1:9000'],
    [{ HOST: '::1' }, 8080, 'http://[::1]:8080'],
    [{ SIGNET_PUBLIC_URL: 'https://a.example/' }, 8080, 'https://a.example'],
  ])('give the base of links: %o', (environment, port, expected) => {
    expect(publicUrlOf(loadConfig(environment), port)).toBe(expected);
  });
});

describe('the master key', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signet-config-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function keyFile(path: string, content = `${HEX_KEY}\n`): string {
    writeFileSync(path, content);
    return path;
  }

  it.each([
    ['hex', HEX_KEY],
    ['base64', Buffer.from(HEX_KEY, 'hex').toString('base64')],
    ['base64url', Buffer.from(HEX_KEY, 'hex').toString('base64url')],
  ])('is read as %s', (_form, text) => {
    expect(loadConfig({ SIGNET_MASTER_KEY: text }).masterKey).toEqual(new Uint8Array(Buffer.from(HEX_KEY, 'hex')));
  });

  it('is read from a file', () => {
    const path = keyFile(join(folder, 'key'));

    expect(loadConfig({ SIGNET_MASTER_KEY_FILE: path }).masterKey).toHaveLength(32);
  });

  it('must be set in production', () => {
    expect(problemsOf({ SIGNET_MODE: 'production' })).toMatchObject([
      { setting: 'SIGNET_MASTER_KEY', value: '(not set)' },
    ]);
  });

  it('must not lie inside the data folder in production, a symbolic link included', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const inside = keyFile(join(data, 'key'));
    const linked = join(folder, 'link');
    symlinkSync(inside, linked);

    const settings = (path: string) => ({ SIGNET_MODE: 'production', SIGNET_DATA: data, SIGNET_MASTER_KEY_FILE: path });

    expect(problemsOf(settings(inside))).toMatchObject([{ problem: expect.stringContaining('inside SIGNET_DATA') }]);
    expect(problemsOf(settings(linked))).toMatchObject([{ problem: expect.stringContaining('inside SIGNET_DATA') }]);
  });

  it('is refused when the file holds something else', () => {
    const path = keyFile(join(folder, 'key'), 'hello');

    expect(problemsOf({ SIGNET_MASTER_KEY_FILE: path })).toMatchObject([{ setting: 'SIGNET_MASTER_KEY_FILE' }]);
  });

  it('is refused when it is set twice', () => {
    const path = keyFile(join(folder, 'key'));

    expect(problemsOf({ SIGNET_MASTER_KEY: HEX_KEY, SIGNET_MASTER_KEY_FILE: path })).toMatchObject([
      { setting: 'SIGNET_MASTER_KEY_FILE', mend: 'set only one of the two.' },
    ]);
  });
});

function errorOf(environment: Record<string, string>): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

function problemsOf(environment: Record<string, string>): ConfigError['problems'] {
  return errorOf(environment).problems;
}
