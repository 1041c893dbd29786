/** A whole platform for tests: real PostgreSQL, real keys, real HTTP on a free port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Database } from '../kernel/database.ts';
import { silentLog } from '../kernel/log.ts';
import { createTestDatabase, TEST_MASTER_KEY } from '../kernel/testing/test-database.ts';
import type { AppSettings } from '../modules/apps/index.ts';
import type { CallbackTiming } from '../modules/callbacks/index.ts';
import type { PasswordCost } from '../modules/operators/index.ts';
import { type RunningServer, startServer } from '../server.ts';

export interface TestPlatformOptions {
  /** Settings as an operator would write them, on top of the test's own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly app?: Partial<AppSettings>;
  readonly clock?: Clock;
  /** Tests that try many passwords want them cheap. */
  readonly passwordCost?: PasswordCost;
  /** Tests that see a callback fail cannot wait for hours. */
  readonly callbackTiming?: CallbackTiming;
}

export interface TestApp {
  readonly id: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly callbackSecret: string;
}

export interface TestPlatform extends RunningServer {
  readonly app: TestApp;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly dataFolder: string;
  /** One more app beside the first. */
  createApp(settings?: Partial<AppSettings>): Promise<TestApp>;
}

/** What automated tests of an integrator would get: self-certification and silent signing on, SMS limits off. */
const TEST_APP = { selfCertification: true, silentSigning: true, smsLimits: false } as const;

export async function startTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const { database, url: databaseUrl, drop } = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'signet-test-'));
  const config = loadConfig({
    PORT: '0',
    SIGNET_DATA: dataFolder,
    DATABASE_URL: databaseUrl,
    SIGNET_MASTER_KEY: Buffer.from(TEST_MASTER_KEY).toString('hex'),
    ...options.environment,
  });
  const { clock, passwordCost, callbackTiming } = options;
  const server = await startServer(config, silentLog, {
    ...{ database, ...(clock ? { clock } : {}), ...(passwordCost ? { passwordCost } : {}) },
    ...(callbackTiming ? { callbackTiming } : {}),
  });
  const createApp = async (settings: Partial<AppSettings> = {}): Promise<TestApp> => {
    const created = await server.modules.apps.create({ name: 'test', ...TEST_APP, ...settings });
    const { app, secret: appSecret, callbackSecret } = created;
    return { id: app.id, appKey: app.appKey, appSecret, callbackSecret };
  };
  return {
    ...server,
    ...{ database, databaseUrl, dataFolder, createApp },
    app: await createApp(options.app),
    close: async () => {
      await server.close();
      await drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
