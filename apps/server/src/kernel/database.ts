/** The database: a pool, transactions with retry, and the embedded server when no other is configured. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgTransaction, PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { databaseErrorCode, isConflict, isConnectionLoss } from './database-error.ts';
import { type EmbeddedPostgres, findRunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { InstallationError } from './installation-error.ts';
import type { Logger } from './log.ts';

export const OLDEST_POSTGRES = 15;

const DEFAULT_CONNECTIONS = 20;
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;
// Inside a transaction there is only SQL, so a pause this long means a lost or stuck caller that holds locks.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

const CLOSE_LIMIT_MS = 10_000;
const CLOSE_POLL_MS = 10;

const MAX_ATTEMPTS = 6;
const RETRY_BASE_MS = 10;

/** A transaction: the first argument of every function that writes. */
export type Tx = PgTransaction<
  NodePgQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>;

/** Statements one by one, each its own transaction: for reads. A `Tx` will do as well. */
export type Db = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'selectDistinctOn' | 'execute' | '$count'>;

export interface DatabaseOptions {
  readonly databaseUrl?: string | undefined;
  /** Home of the embedded server when there is no `databaseUrl`. */
  readonly dataFolder: string;
  readonly maxConnections?: number;
  /** For operators' commands: use the embedded server of a running platform, else start one. */
  readonly joinRunning?: boolean;
}

export class Database {
  /** For single reads outside a transaction. */
  readonly db: Db;
  readonly pool: pg.Pool;
  /** How to reach the same database from another process or a tool. */
  readonly connection: pg.ClientConfig;
  readonly isEmbedded: boolean;
  private readonly orm: NodePgDatabase;
  private readonly openConnections = new Set<pg.PoolClient>();
  private readonly embedded: EmbeddedPostgres | undefined;

  constructor(
    connection: pg.ClientConfig,
    log: Logger,
    options: { maxConnections: number; embedded?: EmbeddedPostgres | undefined },
  ) {
    this.connection = connection;
    this.embedded = options.embedded;
    this.isEmbedded = options.embedded !== undefined;
    this.pool = this.createPool(options.maxConnections, log);
    this.orm = drizzle(this.pool);
    this.db = this.orm;
  }

  /**
   * Runs `work` in one transaction. On a serialization failure or a deadlock it is rolled back and run again, so `work` must be
   * re-runnable: only SQL through `tx`, and no change to anything outside. A connection lost before `work` began is replaced; one
   * lost later is an error, since the commit may or may not have happened.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>, config?: PgTransactionConfig): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let hasBegun = false;
      const begin = (tx: Tx): Promise<T> => {
        hasBegun = true;
        return work(tx);
      };
      try {
        return await this.orm.transaction(begin, config);
      } catch (error) {
        const isWorthARetry = isConflict(error) || (!hasBegun && isConnectionLoss(error));
        if (attempt === MAX_ATTEMPTS || !isWorthARetry) throw error;
        await pauseBeforeRetry(attempt);
      }
    }
  }

  /** Answers when the database does; throws otherwise. */
  async ping(): Promise<void> {
    await this.db.execute(sql`select 1`);
  }

  /** Waits for statements in flight, then closes every connection and stops the embedded server if it is ours. */
  async close(): Promise<void> {
    let hasEnded = false;
    const ended = this.pool.end().then(() => {
      hasEnded = true;
    });
    ended.catch(() => undefined);

    // The pool waits for every connection to be handed back, but the job queue never hands back one that broke under it.
    const deadline = performance.now() + CLOSE_LIMIT_MS;
    while (!hasEnded && this.openConnections.size > 0 && performance.now() < deadline) await sleep(CLOSE_POLL_MS);
    await this.embedded?.stop();
  }

  private createPool(maxConnections: number, log: Logger): pg.Pool {
    const pool = new pg.Pool({
      ...this.connection,
      application_name: 'signet',
      max: maxConnections,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      keepAlive: true,
    });
    // The pool drops a broken connection and opens another; a statement that was running on it fails by its own promise. Without
    // these listeners the event alone would end the process.
    const onLost = (err: Error): void => log.warn('a database connection was lost', { err });
    pool.on('error', onLost);
    pool.on('connect', (client) => {
      this.openConnections.add(client);
      client.on('error', onLost);
      client.on('end', () => this.openConnections.delete(client));
    });
    return pool;
  }
}

export async function openDatabase(options: DatabaseOptions, log: Logger): Promise<Database> {
  const maxConnections = options.maxConnections ?? DEFAULT_CONNECTIONS;
  const running =
    options.joinRunning && !options.databaseUrl ? await findRunningPostgres(options.dataFolder) : undefined;
  const embedded =
    options.databaseUrl || running ? undefined : await startEmbeddedPostgres({ dataFolder: options.dataFolder, log });

  const address = running ?? embedded?.address;
  const connection = address ? { ...address } : { connectionString: options.databaseUrl ?? '' };
  const database = new Database(connection, log, { maxConnections, embedded });
  try {
    await checkServer(database, options.databaseUrl);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function checkServer(database: Database, databaseUrl: string | undefined): Promise<void> {
  const version = await readServerVersion(database, databaseUrl);
  if (version >= OLDEST_POSTGRES) return;
  throw new InstallationError(
    `The database server is PostgreSQL ${version}; ${OLDEST_POSTGRES} or newer is needed.`,
    'upgrade it, or unset DATABASE_URL to use the embedded one.',
  );
}

async function readServerVersion(database: Database, databaseUrl: string | undefined): Promise<number> {
  try {
    const { rows } = await database.pool.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    );
    return rows[0]?.version ?? 0;
  } catch (cause) {
    const reason = databaseErrorCode(cause) ?? (cause as Error).name;
    const setting = databaseUrl ? `DATABASE_URL ${withoutPassword(databaseUrl)}` : 'the embedded server';
    throw new InstallationError(
      `The database does not answer (${setting}, ${reason}).`,
      'check that the server runs and that host, port, user, password and database name are right.',
      { cause },
    );
  }
}

/** A database URL as it may be shown. */
export function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return '(not a URL)';
  const url = new URL(databaseUrl);
  return `${url.protocol}//${url.username ? `${url.username}:***@` : ''}${url.host}${url.pathname}`;
}

async function pauseBeforeRetry(attempt: number): Promise<void> {
  const longest = RETRY_BASE_MS * 2 ** attempt;
  await sleep(longest * (0.5 + Math.random() / 2));
}
