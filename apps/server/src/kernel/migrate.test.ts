import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMigrationState, migrateDatabase } from './migrate.ts';
import { createSecretBox } from './secret-box.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const secretBox = createSecretBox(randomBytes(32));

let test: TestDatabase;
let migrationsFolder: string;

beforeEach(async () => {
  test = await createTestDatabase({ empty: true });
  migrationsFolder = mkdtempSync(join(tmpdir(), 'signet-migrations-'));
  writeMigrations(['create table first (id int)', 'create table second (id int)']);
});

afterEach(async () => {
  await test.drop();
  rmSync(migrationsFolder, { recursive: true });
});

function writeMigrations(statements: string[]): void {
  mkdirSync(join(migrationsFolder, 'meta'), { recursive: true });
  const entries = statements.map((statement, idx) => {
    writeFileSync(join(migrationsFolder, `000${idx}_step.sql`), statement);
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag: `000${idx}_step`, breakpoints: true };
  });
  writeFileSync(
    join(migrationsFolder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
}

const options = () => ({ migrationsFolder, mode: 'sandbox', secretBox });

describe('migrations', () => {
  it('brings an empty database up to date, with the job queue', async () => {
    await migrateDatabase(test.database, options());

    await test.database.pool.query('select * from first, second, graphile_worker.jobs');
    expect(await findMigrationState(test.database, migrationsFolder)).toEqual({ pending: 0, unknown: 0 });
  });

  it('lets several servers start at once', async () => {
    const servers = [test.database, test.connect(), test.connect()];

    await Promise.all(servers.map((server) => migrateDatabase(server, options())));

    expect(await findMigrationState(test.database, migrationsFolder)).toEqual({ pending: 0, unknown: 0 });
  });

  it('applies only what is new', async () => {
    await migrateDatabase(test.database, options());
    writeMigrations(['create table first (id int)', 'create table second (id int)', 'create table third (id int)']);

    expect(await findMigrationState(test.database, migrationsFolder)).toEqual({ pending: 1, unknown: 0 });
    await migrateDatabase(test.database, options());

    await test.database.pool.query('select * from third');
  });

  it('leaves a database alone that a newer release migrated', async () => {
    await migrateDatabase(test.database, options());
    writeMigrations(['create table first (id int)']);

    await expect(migrateDatabase(test.database, options())).rejects.toThrow(/newer release.*Mend:/);
  });

  it('leaves nothing of a migration that fails', async () => {
    writeMigrations(['create table first (id int)', 'create table second (id nonsense)']);

    await expect(migrateDatabase(test.database, options())).rejects.toThrow();

    const { rows } = await test.database.pool.query(`select to_regclass('first') as found`);
    expect(rows).toEqual([{ found: null }]);
  });

  it('refuses the other mode than the database was made in', async () => {
    await migrateDatabase(test.database, options());

    await expect(migrateDatabase(test.database, { ...options(), mode: 'production' })).rejects.toThrow(
      /belongs to a sandbox installation, but SIGNET_MODE is production\. Mend:/,
    );
  });

  it('refuses another master key than the one that encrypted the database', async () => {
    await migrateDatabase(test.database, options());

    const other = createSecretBox(randomBytes(32));

    await expect(migrateDatabase(test.database, { ...options(), secretBox: other })).rejects.toThrow(
      /master key is not the one.*Mend: set SIGNET_MASTER_KEY/,
    );
  });
});
