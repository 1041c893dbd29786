import type { Config } from '../../config.ts';
import { systemClock } from '../../kernel/clock.ts';
import { type Database, openDatabase } from '../../kernel/database.ts';
import { findOwnMasterKey, findStampedMode } from '../../kernel/installation.ts';
import { InstallationError } from '../../kernel/installation-error.ts';
import { silentLog } from '../../kernel/log.ts';
import { findDatabaseStamp, findMigrationState, opensKeyCheck } from '../../kernel/migrate.ts';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { type Finding, fault, ok, warning } from './doctor-finding.ts';

const SKEW_WARNING_MS = 2_000;
const SKEW_FAULT_MS = 60_000;

/** The database: of the running platform, of the settings, or the embedded one started for a moment. */
export async function* databaseFindings(config: Config, migrationsFolder: string): AsyncGenerator<Finding> {
  const isNew = (await findStampedMode(config.dataFolder).catch(() => 'damaged')) === undefined;
  if (isNew && !config.databaseUrl) {
    yield ok('Database', 'embedded, made at the first start');
    return;
  }

  const opened = await tryOpen(config);
  yield opened.finding;
  if (!opened.database) return;
  try {
    yield await checkMigrations(opened.database, migrationsFolder);
    yield* await checkStamp(opened.database, config);
    yield await checkClock(opened.database);
    yield* await checkJobs(opened.database);
  } finally {
    await opened.database.close();
  }
}

async function tryOpen(config: Config): Promise<{ finding: Finding; database?: Database }> {
  try {
    const database = await openDatabase({ ...config, maxConnections: 2, joinRunning: true }, silentLog);
    const { rows } = await database.pool.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    const where = config.databaseUrl ? 'of DATABASE_URL' : 'embedded';
    return { database, finding: ok('Database', `PostgreSQL ${rows[0]?.version}, ${where}`) };
  } catch (error) {
    if (!(error instanceof InstallationError)) throw error;
    return { finding: fault('Database', error.problem, error.mend) };
  }
}

async function checkMigrations(database: Database, migrationsFolder: string): Promise<Finding> {
  const { pending, unknown } = await findMigrationState(database, migrationsFolder);
  if (unknown > 0) {
    return fault('Migrations', `${unknown} come from a newer release.`, 'start that release or a later one.');
  }
  if (pending > 0)
    return warning('Migrations', `${pending} are still to be applied.`, 'start the server: it applies them.');
  return ok('Migrations', 'all applied');
}

async function checkStamp(database: Database, config: Config): Promise<Finding[]> {
  const stamp = await findDatabaseStamp(database);
  if (!stamp) return [ok('Database stamp', 'not yet started')];

  const modeMend = `set SIGNET_MODE=${stamp.mode}, or use another database.`;
  const mode = `the database is a ${stamp.mode} installation, SIGNET_MODE is ${config.mode}.`;
  const findings = stamp.mode === config.mode ? [] : [fault('Database stamp', mode, modeMend)];

  const masterKey = config.masterKey ?? (await findOwnMasterKey(config.dataFolder).catch(() => undefined));
  if (!masterKey) return findings;
  if (opensKeyCheck(createSecretBox(masterKey), stamp))
    return [...findings, ok('Encrypted data', 'open with the master key')];
  return [
    ...findings,
    fault(
      'Encrypted data',
      'do not open with this master key.',
      'set SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE to the key of the first start.',
    ),
  ];
}

async function checkClock(database: Database): Promise<Finding> {
  const before = systemClock.now().getTime();
  const { rows } = await database.pool.query<{ now: Date }>('select clock_timestamp() as now');
  const here = (before + systemClock.now().getTime()) / 2;
  const skewMs = Math.abs((rows[0]?.now.getTime() ?? 0) - here);

  const text = `the clocks of this machine and of the database differ by ${(skewMs / 1000).toFixed(1)} s.`;
  const mend = 'let both follow a time server (chrony, systemd-timesyncd).';
  if (skewMs > SKEW_FAULT_MS) return fault('Clock', text, mend);
  return skewMs > SKEW_WARNING_MS ? warning('Clock', text, mend) : ok('Clock', 'agrees with the database');
}

async function checkJobs(database: Database): Promise<Finding[]> {
  const queue = await database.pool.query<{ found: boolean }>(
    `select to_regclass('graphile_worker.jobs') is not null as found`,
  );
  if (!queue.rows[0]?.found) return [];

  const { rows } = await database.pool.query<{ task: string; count: number }>(
    `select task_identifier as task, count(*)::int as count from graphile_worker.jobs
     where attempts >= max_attempts and locked_at is null group by 1 order by 1`,
  );
  if (rows.length === 0) return [ok('Jobs', 'none has given up')];
  return rows.map(({ task, count }) => {
    return warning(
      'Jobs',
      `${count} of the task ${task} have given up.`,
      'read the log for the cause; see `signet --help` for repairs.',
    );
  });
}
