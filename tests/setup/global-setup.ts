/**
 * One embedded PostgreSQL per run and a migrated template database in it; every test then copies the template. Its settings are
 * those of production but for fsync: copying and dropping a database costs 75 ms without and over a second with it on a busy
 * disk. That gives up nothing a test can see, since fsync guards against the machine's crash, not against a killed process; the
 * tests that kill servers start their own with all settings.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { Database } from '../../apps/server/src/kernel/database.ts';
import { type DatabaseAddress, startEmbeddedPostgres } from '../../apps/server/src/kernel/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/kernel/log.ts';
import { migrateDatabase } from '../../apps/server/src/kernel/migrate.ts';
import { createSecretBox } from '../../apps/server/src/kernel/secret-box.ts';
import {
  MIGRATIONS_FOLDER,
  TEMPLATE_DATABASE,
  TEST_MASTER_KEY,
} from '../../apps/server/src/kernel/testing/test-database.ts';
import { buildWeb } from '../../scripts/build-web.mjs';

const log = createLogger({ logLevel: 'error' });

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // An earlier build would be tested in its place.
  if (!buildWeb()) throw new Error('the pages do not build');

  const dataFolder = mkdtempSync(join(tmpdir(), 'signet-tests-'));
  // The database user of a run as root must be able to pass.
  chmodSync(dataFolder, 0o711);

  const settings = { max_connections: '300', fsync: 'off' };
  const server = await startEmbeddedPostgres({ dataFolder, log, settings });
  await makeTemplate(server.address);
  project.provide('postgresAddress', server.address);

  return async () => {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}

async function makeTemplate(address: DatabaseAddress): Promise<void> {
  const admin = new pg.Client({ ...address });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE_DATABASE}`);
  await admin.end();

  const template = new Database({ ...address, database: TEMPLATE_DATABASE }, log, { maxConnections: 4 });
  await migrateDatabase(template, {
    migrationsFolder: MIGRATIONS_FOLDER,
    mode: 'sandbox',
    secretBox: createSecretBox(TEST_MASTER_KEY),
  });
  await template.close();
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgresAddress: DatabaseAddress;
  }
}
