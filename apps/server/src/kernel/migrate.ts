/**
 * Brings a database to the state this code needs: our migrations, the job queue's, and the stamp that ties it to one mode and one
 * master key. One server at a time; a database newer than the code is left alone.
 */

import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { DATA_KEYS_TABLE } from './data-keys.ts';
import type { Database } from './database.ts';
import { InstallationError } from './installation-error.ts';
import type { SecretBox } from './secret-box.ts';

/** Any number that no other tool locks in the same database: the bytes of `signet`. */
const MIGRATION_LOCK = 0x7369676e6574;

const KEY_CHECK_CONTEXT = 'installation.key_check';
const KEY_CHECK_TEXT = 'signet';

export interface MigrationOptions {
  readonly migrationsFolder: string;
  readonly mode: string;
  readonly secretBox: SecretBox;
}

export interface MigrationState {
  readonly pending: number;
  /** Migrations in the database that this code does not have. */
  readonly unknown: number;
}

/** What the database is stamped with; undefined before the first start. */
export interface DatabaseStamp {
  readonly mode: string;
  readonly keyCheck: Uint8Array;
}

export async function migrateDatabase(database: Database, options: MigrationOptions): Promise<void> {
  // A connection of its own: migrations may run long, and the lock must live as long as they do.
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await checkStamp(client, options);
    await runOurs(client, options.migrationsFolder);
    await runMigrations({ pgPool: database.pool });
    await stamp(client, options);
  } finally {
    await client.end();
  }
}

export async function findMigrationState(database: Database, migrationsFolder: string): Promise<MigrationState> {
  return compareMigrations(database.pool, readMigrationFiles({ migrationsFolder }));
}

export async function findDatabaseStamp(database: Database): Promise<DatabaseStamp | undefined> {
  return readStamp(database.pool);
}

/** Whether the master key is the one whose boxes this database holds. */
export function opensKeyCheck(secretBox: SecretBox, stampOfDatabase: DatabaseStamp): boolean {
  try {
    return secretBox.openText(stampOfDatabase.keyCheck, KEY_CHECK_CONTEXT) === KEY_CHECK_TEXT;
  } catch {
    return false;
  }
}

type Queryable = Pick<pg.Pool, 'query'> | pg.Client;

async function runOurs(client: pg.Client, migrationsFolder: string): Promise<void> {
  const { unknown } = await compareMigrations(client, readMigrationFiles({ migrationsFolder }));
  if (unknown > 0) {
    throw new InstallationError(
      `The database was migrated by a newer release (${unknown} migrations are unknown to this one).`,
      'start that release or a later one, or restore the backup made before the upgrade.',
    );
  }
  await migrate(drizzle(client), { migrationsFolder });
}

async function compareMigrations(client: Queryable, ours: readonly MigrationMeta[]): Promise<MigrationState> {
  const applied = (await tableExists(client, 'drizzle.__drizzle_migrations'))
    ? (await client.query<{ at: string }>('select created_at::text as at from drizzle.__drizzle_migrations')).rows
    : [];
  const appliedAt = new Set(applied.map((row) => Number(row.at)));
  const knownAt = new Set(ours.map((migration) => migration.folderMillis));

  return {
    pending: ours.filter((migration) => !appliedAt.has(migration.folderMillis)).length,
    unknown: [...appliedAt].filter((at) => !knownAt.has(at)).length,
  };
}

async function checkStamp(client: Queryable, options: MigrationOptions): Promise<void> {
  const found = await readStamp(client);
  if (!found) return;

  if (found.mode !== options.mode) {
    throw new InstallationError(
      `The database belongs to a ${found.mode} installation, but SIGNET_MODE is ${options.mode}.`,
      `set SIGNET_MODE=${found.mode}, or give the ${options.mode} installation its own SIGNET_DATA and DATABASE_URL.`,
    );
  }
  if (!opensKeyCheck(options.secretBox, found)) {
    throw new InstallationError(
      'The master key is not the one that encrypted this database.',
      'set SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE to the key of the first start.',
    );
  }
}

async function stamp(client: pg.Client, options: MigrationOptions): Promise<void> {
  const keyCheck = options.secretBox.seal(KEY_CHECK_TEXT, KEY_CHECK_CONTEXT);
  await client.query('create schema if not exists kernel');
  await client.query(
    `create table if not exists kernel.installation (
       only_row boolean primary key default true check (only_row), mode text not null, key_check bytea not null)`,
  );
  await client.query(DATA_KEYS_TABLE);
  await client.query('insert into kernel.installation (mode, key_check) values ($1, $2) on conflict do nothing', [
    options.mode,
    Buffer.from(keyCheck),
  ]);
}

async function readStamp(client: Queryable): Promise<DatabaseStamp | undefined> {
  if (!(await tableExists(client, 'kernel.installation'))) return undefined;
  const { rows } = await client.query<DatabaseStamp>('select mode, key_check as "keyCheck" from kernel.installation');
  return rows[0];
}

async function tableExists(client: Queryable, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [name]);
  return rows[0]?.found === true;
}
