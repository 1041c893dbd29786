/** Every setting of an installation (open API §10), its default and its check. The only reader of the environment. */
import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { LogLevel } from './kernel/log.ts';
import { MASTER_KEY_BYTES } from './kernel/secret-box.ts';
import {
  ConfigError,
  type Environment,
  isHttpUrl,
  isNetwork,
  maskSecret,
  SettingsReader,
} from './kernel/settings-reader.ts';
import { type RetentionSettings, readRetention } from './retention-settings.ts';
import { readVendorSettings, type VendorSettings } from './vendor-settings.ts';

export { ConfigError } from './kernel/settings-reader.ts';

const MODES = ['sandbox', 'production'] as const;
const PARTY_KEYS = ['p256', 'rsa-2048', 'rsa-3072'] as const;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[];
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
const MIN_SECRET_LENGTH = 8;

export type Mode = (typeof MODES)[number];
export type PartyKey = (typeof PARTY_KEYS)[number];

/** How many messages apps with limits may send. */
export interface SmsLimits {
  /** Codes, and as many notices, to one phone of an app. */
  readonly perPhonePerDay: number;
  readonly perAppPerDay: number;
  /** Of one calling address. */
  readonly perAddressPerHour: number;
}

export interface FirstApp {
  readonly appKey: string;
  readonly appSecret: string;
  /** Callbacks of all types go there. */
  readonly callbackUrl: string | undefined;
  /** `whsec_…`; undefined leaves the one that was made with the app. */
  readonly callbackSecret: string | undefined;
}

export interface Config {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly dataFolder: string;
  /** Undefined means the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly mode: Mode;
  /** Undefined means the key file that a sandbox makes for itself in its data folder. */
  readonly masterKey: Uint8Array | undefined;
  /** Without a trailing slash; undefined means the listening address (`publicUrlOf`). */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** Hosts and networks that callbacks and image fetches may reach although they are private. */
  readonly callbackAllow: readonly string[];
  readonly firstApp: FirstApp | undefined;
  readonly partyKey: PartyKey;
  readonly logLevel: LogLevel;
  /** Background jobs at a time. */
  readonly workers: number;
  readonly smsLimits: SmsLimits;
  readonly retention: RetentionSettings;
  readonly vendors: VendorSettings;
  /** What looks odd but does not stop the start. */
  readonly warnings: readonly string[];
}

/** @throws ConfigError that names every wrong setting at once. */
export function loadConfig(environment: Environment = process.env): Config {
  const reader = new SettingsReader(environment);
  const mode = reader.choice('SIGNET_MODE', MODES, 'sandbox');
  const host = reader.text('HOST', HOST_RULE) ?? '127.0.0.1';
  const dataFolder = resolve(reader.text('SIGNET_DATA') ?? 'data');

  const config = {
    host,
    port: reader.integer('PORT', { min: 0, max: 65_535, fallback: 8080 }),
    dataFolder,
    databaseUrl: reader.text('DATABASE_URL', DATABASE_URL_RULE),
    mode,
    masterKey: readMasterKey(reader, mode, dataFolder),
    publicUrl: reader.text('SIGNET_PUBLIC_URL', PUBLIC_URL_RULE)?.replace(/\/+$/, ''),
    trustedProxies: reader.list('SIGNET_TRUSTED_PROXIES', PROXY_RULE),
    callbackAllow: [...reader.list('SIGNET_CALLBACK_ALLOW', CALLBACK_ALLOW_RULE), ...localReceivers(mode, host)],
    firstApp: readFirstApp(reader),
    partyKey: reader.choice('SIGNET_PARTY_KEY', PARTY_KEYS, 'p256'),
    logLevel: reader.choice('SIGNET_LOG_LEVEL', LOG_LEVELS, 'info'),
    workers: reader.integer('SIGNET_WORKERS', { min: 1, max: 64, fallback: 4 }),
    smsLimits: {
      perPhonePerDay: reader.integer('SIGNET_SMS_PER_PHONE', { min: 1, max: 1_000, fallback: 10 }),
      perAppPerDay: reader.integer('SIGNET_SMS_PER_APP', { min: 1, max: 100_000_000, fallback: 50_000 }),
      perAddressPerHour: reader.integer('SIGNET_SMS_PER_ADDRESS', { min: 1, max: 10_000_000, fallback: 1_000 }),
    },
    retention: readRetention(reader),
    vendors: readVendorSettings(reader, mode),
  };

  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return { ...config, warnings: reader.unknownNames('SIGNET_').map((name) => `${name} is no setting and is ignored.`) };
}

/** The base of every link we hand out, given the port that the server really listens on. */
export function publicUrlOf(config: Config, listeningPort: number): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${listeningPort}`;
}

const HOST_RULE = {
  accepts: (value: string) => /^[\w.:-]+$/.test(value),
  problem: 'not an address or host name to listen on.',
  mend: 'set it to 127.0.0.1, 0.0.0.0 or an address of this machine, without scheme and port.',
};

const DATABASE_URL_RULE = {
  isSecret: true,
  accepts: (value: string) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
  problem: 'not a PostgreSQL address.',
  mend: 'set it to postgresql://USER:PASSWORD@HOST:5432/DATABASE (percent-encode special characters), or unset it for the embedded one.',
};

const PUBLIC_URL_RULE = {
  accepts: (value: string) => isHttpUrl(value) && !/[?#]|\/\/[^/]*@/.test(value),
  problem: 'not a base address.',
  mend: 'set it to http(s)://HOST[:PORT][/PATH] without query, fragment or password.',
};

const PROXY_RULE = {
  accepts: (value: string) => isNetwork(value) || PROXY_NAMES.includes(value),
  problem: 'an entry is no address or network.',
  mend: `list addresses or networks such as 10.0.0.0/8, or ${PROXY_NAMES.join(', ')}, separated by commas.`,
};

const CALLBACK_ALLOW_RULE = {
  accepts: (value: string) => isNetwork(value) || (/^[a-z0-9.-]+$/i.test(value) && /[a-z]/i.test(value)),
  problem: 'an entry is no host or network.',
  mend: 'list host names without scheme and port, addresses, or networks such as 10.0.0.0/8, separated by commas.',
};

const APP_KEY_RULE = {
  accepts: (value: string) => /^[\w-]{1,64}$/.test(value),
  problem: 'not an app key.',
  mend: 'use 1 to 64 letters, digits, - and _.',
};

const APP_SECRET_RULE = {
  isSecret: true,
  accepts: (value: string) => value.length >= MIN_SECRET_LENGTH && /^[\x21-\x7e]+$/.test(value),
  problem: 'not an app secret.',
  mend: `use at least ${MIN_SECRET_LENGTH} printable ASCII characters without spaces.`,
};

const APP_CALLBACK_RULE = {
  accepts: isHttpUrl,
  problem: 'not an http or https address.',
  mend: 'set it to the whole address of the callback receiver.',
};

// Standard Webhooks: 24 to 64 bytes.
const CALLBACK_SECRET_RULE = {
  isSecret: true,
  accepts: (value: string) => {
    const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === base64;
  },
  problem: 'not a callback secret.',
  mend: 'make one with: echo whsec_$(openssl rand -base64 32)',
};

/** A sandbox that only this machine can reach may call back to this machine. */
function localReceivers(mode: Mode, host: string): string[] {
  const isLocal = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return mode === 'sandbox' && isLocal ? ['127.0.0.0/8', '::1/128'] : [];
}

function readFirstApp(reader: SettingsReader): FirstApp | undefined {
  const problemsBefore = reader.problems.length;
  const appKey = reader.text('SIGNET_APP_KEY', APP_KEY_RULE);
  const appSecret = reader.text('SIGNET_APP_SECRET', APP_SECRET_RULE);
  const callbackUrl = reader.text('SIGNET_APP_CALLBACK_URL', APP_CALLBACK_RULE);
  const callbackSecret = reader.text('SIGNET_APP_CALLBACK_SECRET', CALLBACK_SECRET_RULE);
  if (appKey && appSecret) return { appKey, appSecret, callbackUrl, callbackSecret };

  const isNamed = appKey || appSecret || callbackUrl || callbackSecret;
  if (reader.problems.length > problemsBefore || !isNamed) return undefined;
  const missing = appKey ? 'SIGNET_APP_SECRET' : 'SIGNET_APP_KEY';
  reader.fail(
    missing,
    '(not set)',
    'an app needs its key and its secret.',
    `set ${missing} too, or unset the other SIGNET_APP_ settings.`,
  );
  return undefined;
}

const KEY_MEND =
  'make a key with "openssl rand -hex 32" and keep a copy of it in a safe place: without it the data cannot be read.';

function readMasterKey(reader: SettingsReader, mode: Mode, dataFolder: string): Uint8Array | undefined {
  const value = reader.text('SIGNET_MASTER_KEY');
  const path = reader.text('SIGNET_MASTER_KEY_FILE');

  if (value && path) {
    reader.fail('SIGNET_MASTER_KEY_FILE', path, 'SIGNET_MASTER_KEY is set as well.', 'set only one of the two.');
    return undefined;
  }
  if (path) return readMasterKeyFile(reader, path, mode, dataFolder);
  if (value) {
    const key = decodeMasterKey(value);
    if (!key) reader.fail('SIGNET_MASTER_KEY', maskSecret(value), 'not a key of 32 bytes in hex or base64.', KEY_MEND);
    return key;
  }
  if (mode === 'production') {
    reader.fail(
      'SIGNET_MASTER_KEY',
      '(not set)',
      'production needs a master key from outside the data folder.',
      KEY_MEND,
    );
  }
  return undefined;
}

function readMasterKeyFile(
  reader: SettingsReader,
  path: string,
  mode: Mode,
  dataFolder: string,
): Uint8Array | undefined {
  const fail = (problem: string, mend: string): void => reader.fail('SIGNET_MASTER_KEY_FILE', path, problem, mend);
  try {
    const key = decodeMasterKey(readFileSync(path, 'utf8').trim());
    if (!key) fail('the file holds no key of 32 bytes in hex or base64.', KEY_MEND);
    if (mode === 'production' && isInside(path, dataFolder)) {
      fail('the file lies inside SIGNET_DATA, so a copy of the data would be a copy of the key.', 'move it elsewhere.');
    }
    return key;
  } catch (error) {
    fail(`the file cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'check the path and its permissions.');
    return undefined;
  }
}

function isInside(path: string, folder: string): boolean {
  const real = realpathSync(path);
  const inside = [folder, realFolder(folder)].some((parent) => real.startsWith(parent + sep));
  return inside || resolve(path).startsWith(join(folder, sep));
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function decodeMasterKey(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;

  const key = new Uint8Array(Buffer.from(text, 'base64'));
  return key.length === MASTER_KEY_BYTES ? key : undefined;
}
