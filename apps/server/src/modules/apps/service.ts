import { randomInt } from 'node:crypto';
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { newId19, opaqueToken } from '../../kernel/ids.ts';
import { type App, type AppSettings, DEFAULT_SETTINGS, ROTATION_OVERLAP_HOURS } from './app.ts';
import {
  createCallbackReceivers,
  firstCallbackSecret,
  newCallbackSecret,
  sealCallbackSecret,
} from './callback-receiver.ts';
import { type AppsDependencies, secretContext } from './credentials.ts';
import * as store from './store.ts';

const SECRET_BYTES = 32;
const HOUR_MS = 3_600_000;

export interface AppWithSecret {
  readonly app: App;
  /** Shown once. */
  readonly secret: string;
}

export interface NewApp extends AppWithSecret {
  /** Shown once. */
  readonly callbackSecret: string;
}

/** More of the same transaction, e.g. the entry of an audit log. */
export type Alongside = (tx: Tx, app: App) => Promise<void>;

const nothingElse: Alongside = async () => undefined;

export type Apps = ReturnType<typeof createApps>;

export function createApps(dependencies: AppsDependencies) {
  const { database, secretBox, clock } = dependencies;
  const sealSecret = (appId: string, secret: string) => secretBox.seal(secret, secretContext(appId));

  return {
    ...createCallbackReceivers(dependencies),
    ...createQueries(dependencies),

    async create(
      settings: Partial<AppSettings> & { readonly name: string },
      alongside: Alongside = nothingElse,
    ): Promise<NewApp> {
      return database.transaction(async (tx) => {
        const made = await insertApp(tx, newAppKey(), opaqueToken(SECRET_BYTES), settings);
        await alongside(tx, made.app);
        return made;
      });
    },

    /** The app of the environment (SIGNET_APP_KEY): made or brought to this secret and these settings. */
    async ensure(appKey: string, secret: string, settings: Partial<AppSettings> & { name: string }): Promise<App> {
      return database.transaction(async (tx) => {
        const existing = await store.lockByKey(tx, appKey);
        if (!existing) return (await insertApp(tx, appKey, secret, settings)).app;
        // A start is no answer to a receiver that said 410: only another address is tried again.
        const change = settings.callbackUrl === existing.callbackUrl ? settings : columnsOf(settings);
        const secrets = {
          secret: sealSecret(existing.id, secret),
          ...firstCallbackSecret(secretBox, existing, change),
        };
        await store.update(tx, existing.id, { ...change, ...secrets });
        return store.toApp({ ...existing, ...change });
      });
    },

    async set(appKey: string, change: Partial<AppSettings>, alongside: Alongside = nothingElse): Promise<App> {
      return database.transaction(async (tx) => {
        const row = await mustLock(tx, appKey);
        const columns = columnsOf(change);
        if (Object.keys(columns).length > 0) {
          await store.update(tx, row.id, { ...columns, ...firstCallbackSecret(secretBox, row, change) });
        }
        const app = store.toApp({ ...row, ...columns });
        await alongside(tx, app);
        return app;
      });
    },

    /** A new secret; the old one works for 24 hours more. */
    async rotate(appKey: string, alongside: Alongside = nothingElse): Promise<AppWithSecret> {
      const secret = opaqueToken(SECRET_BYTES);
      return database.transaction(async (tx) => {
        const row = await mustLock(tx, appKey);
        const previousSecretUntil = new Date(clock.now().getTime() + ROTATION_OVERLAP_HOURS * HOUR_MS);
        await store.update(tx, row.id, {
          secret: sealSecret(row.id, secret),
          previousSecret: row.secret,
          previousSecretUntil,
        });
        const app = store.toApp({ ...row, previousSecretUntil });
        await alongside(tx, app);
        return { app, secret };
      });
    },
  };

  async function insertApp(tx: Tx, appKey: string, secret: string, settings: Partial<AppSettings>): Promise<NewApp> {
    const id = newId19();
    const callbackSecret = newCallbackSecret();
    const row = {
      ...columnsOf({ ...DEFAULT_SETTINGS, ...settings }),
      ...{ id, appKey, secret: sealSecret(id, secret), previousSecret: null, previousSecretUntil: null },
      callbackSecret: sealCallbackSecret(secretBox, id, callbackSecret),
      ...{ previousCallbackSecret: null, previousCallbackSecretUntil: null },
      ...{ callbackStoppedAt: null, confirmsCallbacks: false },
      createdAt: clock.now(),
    };
    await store.insert(tx, row);
    return { app: store.toApp(row), secret, callbackSecret };
  }

  async function mustLock(tx: Tx, appKey: string): Promise<store.AppRow> {
    const row = await store.lockByKey(tx, appKey);
    if (!row) throw new ApiError('BAD_PARAMETER', { appKey }, { detail: `appKey ${appKey}: 应用不存在` });
    return row;
  }
}

function createQueries({ database }: AppsDependencies) {
  return {
    /** The app as it is now, for work that goes on after its request. */
    async find(appId: string): Promise<App | undefined> {
      const row = await store.findById(database.db, appId);
      return row && store.toApp(row);
    },

    async findByKey(appKey: string): Promise<App | undefined> {
      const row = await store.findByKey(database.db, appKey);
      return row && store.toApp(row);
    },

    list: async (): Promise<App[]> => (await store.all(database.db)).map(store.toApp),
  };
}

/** Saving an address starts it again after a 410. */
function columnsOf<Settings extends Partial<AppSettings>>(settings: Settings) {
  return { ...settings, ...('callbackUrl' in settings && { callbackStoppedAt: null }) };
}

/** Nine digits, as the platform's own look; unguessability is the secret's matter. */
function newAppKey(): string {
  return String(randomInt(200_000_000, 1_000_000_000));
}
