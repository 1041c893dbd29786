import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import { Database } from '../database.ts';
import type { DatabaseAddress } from '../embedded-postgres.ts';
import { silentLog } from '../log.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));
export const TEMPLATE_DATABASE = 'signet_template';

/** The key that the template database of a test run is stamped with. */
export const TEST_MASTER_KEY: Uint8Array = new Uint8Array(32).fill(7);

const CONNECTIONS_PER_TEST = 10;

export interface TestDatabase {
  readonly database: Database;
  /** For a server process of its own: what to put into DATABASE_URL. */
  readonly url: string;
  /** Another handle on the same database, as a second server would have. */
  connect(): Database;
  drop(): Promise<void>;
}

/** A fresh, migrated database of the run's own PostgreSQL server. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const address = inject('postgresAddress');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.empty ? 'template0' : TEMPLATE_DATABASE;
  await administer(address, `create database ${name} template ${template} strategy file_copy`);

  const handles: Database[] = [];
  const connect = (): Database => {
    const handle = new Database({ ...address, database: name }, silentLog, { maxConnections: CONNECTIONS_PER_TEST });
    handles.push(handle);
    return handle;
  };
  return {
    database: connect(),
    url: databaseUrl(address, name),
    connect,
    drop: async () => {
      await Promise.all(handles.map((handle) => handle.close()));
      await administer(address, `drop database ${name} with (force)`);
    },
  };
}

async function administer(address: DatabaseAddress, statement: string): Promise<void> {
  const client = new pg.Client({ ...address });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(address: DatabaseAddress, name: string): string {
  const credentials = `${address.user}:${encodeURIComponent(address.password)}`;
  return `postgresql://${credentials}@${encodeURIComponent(address.host)}:${address.port}/${name}`;
}
