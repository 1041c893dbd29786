import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../kernel/database.ts';
import { openInstallation } from '../../kernel/installation.ts';
import { silentLog } from '../../kernel/log.ts';
import { migrateDatabase } from '../../kernel/migrate.ts';
import { createSecretBox } from '../../kernel/secret-box.ts';
import {
  createTestDatabase,
  MIGRATIONS_FOLDER,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '../../kernel/testing/test-database.ts';
import { runDoctor } from './doctor.ts';

let parent: string;
let dataFolder: string;
let test: TestDatabase;

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'signet-doctor-'));
  chmodSync(parent, 0o755);
  dataFolder = join(parent, 'data');
  test = await createTestDatabase();
});

afterEach(async () => {
  await test.drop();
  rmSync(parent, { recursive: true });
});

const healthy = () => ({
  PORT: '0',
  SIGNET_DATA: dataFolder,
  DATABASE_URL: test.url,
  SIGNET_MASTER_KEY: Buffer.from(TEST_MASTER_KEY).toString('hex'),
});

async function diagnose(environment: Record<string, string>): Promise<{ code: number; report: string }> {
  const lines: string[] = [];
  const code = await runDoctor({ environment, migrationsFolder: MIGRATIONS_FOLDER, write: (line) => lines.push(line) });
  return { code, report: lines.join('\n') };
}

describe('doctor', () => {
  it('finds nothing wrong with a healthy installation', async () => {
    await openInstallation({ dataFolder, mode: 'sandbox', masterKey: TEST_MASTER_KEY });

    const { code, report } = await diagnose(healthy());

    expect(report).toMatch(/ok +Encrypted data: open with the master key/);
    expect(report).toMatch(/ok +Migrations: all applied/);
    expect(report).toContain('No faults.');
    expect(code).toBe(0);
  });

  it('finds nothing wrong before the first start, and makes nothing', async () => {
    const { code, report } = await diagnose({ PORT: '0', SIGNET_DATA: dataFolder });

    expect(report).toMatch(/Database: embedded, made at the first start/);
    expect(code).toBe(0);
    expect(() => chmodSync(dataFolder, 0o700)).toThrow('ENOENT');
  });

  it('says who serves each port, and what production lacks', async () => {
    const tencent = {
      SIGNET_TENCENT_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74',
      SIGNET_TENCENT_SECRET_KEY: 'Gu5t9xGARNpq86cd98',
    };
    const sandbox = await diagnose({ ...healthy(), ...tencent, SIGNET_OCR: 'tencent' });
    const production = await diagnose({
      ...healthy(),
      ...tencent,
      SIGNET_MODE: 'production',
      SIGNET_IDENTITY: 'tencent',
    });

    expect(sandbox.report).toMatch(/ok +Identity source: sandbox\n/);
    expect(sandbox.report).toMatch(/ok +Card reading: tencent, which charges for a sandbox too/);
    expect(production.report).toMatch(/ok +Identity source: tencent\n/);
    expect(production.report).toMatch(
      /warning +SMS: nobody serves it: no code is sent\.\n +Mend: set SIGNET_SMS to tencent or alibaba\./,
    );
    expect(production.report).toMatch(/warning +Payouts: nobody serves it/);
  });

  it('names every wrong setting with its mend', async () => {
    const { code, report } = await diagnose({ PORT: 'x', SIGNET_MODE: 'y' });

    expect(report).toMatch(/fault +Settings: PORT=x: .*\n +Mend: set it to a number/);
    expect(report).toMatch(/fault +Settings: SIGNET_MODE=y/);
    expect(code).toBe(1);
  });

  it.each([
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/x' },
      /fault +Database: The database does not answer/,
    ],
    ['another master key', { SIGNET_MASTER_KEY: 'ab'.repeat(32) }, /fault +Encrypted data: do not open/],
    ['the other mode', { SIGNET_MODE: 'production' }, /fault +Database stamp: the database is a sandbox installation/],
    ['an address of another machine', { HOST: '203.0.113.9' }, /fault +Port: .*EADDRNOTAVAIL/],
    ['a data folder that cannot be', { SIGNET_DATA: '/proc/nowhere/data' }, /fault +Data folder: /],
    ['links that lead nowhere', { HOST: '0.0.0.0' }, /warning +Public URL: links lead to http:\/\/127/],
  ])('names %s', async (_fault, changed, expected) => {
    const { report } = await diagnose({ ...healthy(), ...changed });

    expect(report).toMatch(expected);
    expect(report).toContain('Mend: ');
    expect(report).not.toContain('secret');
  });

  it('names a lost master key', async () => {
    await openInstallation({ dataFolder, mode: 'sandbox', masterKey: undefined });
    rmSync(join(dataFolder, 'master-key'));

    const { SIGNET_MASTER_KEY: _key, ...environment } = healthy();

    expect((await diagnose(environment)).report).toMatch(/fault +Master key: none is set.*\n +Mend: restore that file/);
  });

  it('names a master key that others may read', async () => {
    await openInstallation({ dataFolder, mode: 'sandbox', masterKey: undefined });
    chmodSync(join(dataFolder, 'master-key'), 0o644);

    const { SIGNET_MASTER_KEY: _key, ...environment } = healthy();

    expect((await diagnose(environment)).report).toMatch(/fault +Master key: others may read.*\n +Mend: chmod 600/);
  });

  it('names a damaged stamp', async () => {
    await openInstallation({ dataFolder, mode: 'sandbox', masterKey: undefined });
    writeFileSync(join(dataFolder, 'installation.json'), '{');

    expect((await diagnose(healthy())).report).toMatch(/fault +Mode: .*installation.json cannot be read/);
  });

  it('names migrations of a newer release', async () => {
    await test.database.pool.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 4000000000000)`,
    );

    expect((await diagnose(healthy())).report).toMatch(/fault +Migrations: 1 come from a newer release/);
  });

  it('names migrations that are still to be applied', async () => {
    await test.database.pool.query('delete from drizzle.__drizzle_migrations');

    expect((await diagnose(healthy())).report).toMatch(/warning +Migrations: \d+ are still to be applied/);
  });

  it('names jobs that have given up', async () => {
    await test.database.pool.query(`select graphile_worker.add_job('seal-document', max_attempts := 1)`);
    await test.database.pool.query('update graphile_worker._private_jobs set attempts = max_attempts');

    expect((await diagnose(healthy())).report).toMatch(/warning +Jobs: 1 of the task seal-document have given up/);
  });

  it('tells a port of another program from one of a running platform', async () => {
    const stranger = await listen(404);
    const own = await listen(200);

    const [strange, ours] = [
      await diagnose({ ...healthy(), PORT: stranger.port }),
      await diagnose({ ...healthy(), PORT: own.port }),
    ];

    expect(strange.report).toMatch(/fault +Port: .* is in use by another program/);
    expect(ours.report).toMatch(/ok +Port: .* is served by a running platform/);
    stranger.server.close();
    own.server.close();
  });

  it('examines the embedded database while a platform runs it, and when none does', async () => {
    const environment = { PORT: '0', SIGNET_DATA: dataFolder };
    const { masterKey } = await openInstallation({ dataFolder, mode: 'sandbox', masterKey: undefined });
    const running = await openDatabase({ dataFolder }, silentLog);
    const options = { migrationsFolder: MIGRATIONS_FOLDER, mode: 'sandbox', secretBox: createSecretBox(masterKey) };
    await migrateDatabase(running, options);

    const during = await diagnose(environment);
    await running.close();
    const after = await diagnose(environment);

    expect(during.report).toMatch(/ok +Encrypted data/);
    expect(after.report).toMatch(/ok +Encrypted data/);
    expect([during.code, after.code]).toEqual([0, 0]);
  });
});

async function listen(status: number): Promise<{ server: Server; port: string }> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: String((server.address() as AddressInfo).port) };
}
