/** The sign that a worker pool lives: an advisory lock that PostgreSQL drops together with the pool's connection. */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Tx } from './database.ts';
import type { Logger } from './log.ts';

/** First half of the two-part lock key; the second is the hash of the pool's name. The bytes of `jobs`. */
const LOCK_CLASS = 0x6a6f6273;
const RECONNECT_PAUSE_MS = 500;

// A pool locks jobs a moment before it holds its sign, so younger locks prove nothing.
const GRACE = '5 seconds';

export class WorkerPoolLock {
  private readonly connection: pg.ClientConfig;
  private readonly poolId: string;
  private readonly log: Logger;
  private client: pg.Client | undefined;
  private isReleased = false;

  constructor(connection: pg.ClientConfig, poolId: string, log: Logger) {
    this.connection = connection;
    this.poolId = poolId;
    this.log = log;
  }

  /** Takes the lock, and again whenever the connection is lost. */
  async hold(): Promise<void> {
    while (!this.isReleased) {
      const client = new pg.Client({ ...this.connection, application_name: 'signet jobs', keepAlive: true });
      client.on('error', (err) => this.log.warn('the connection that shows a living worker was lost', { err }));
      try {
        await client.connect();
        await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, this.poolId]);
      } catch {
        await client.end().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_PAUSE_MS));
        continue;
      }
      this.client = client;
      client.once('end', () => void this.hold());
      break;
    }
    if (this.isReleased) await this.client?.end().catch(() => undefined);
  }

  async release(): Promise<void> {
    this.isReleased = true;
    await this.client?.end().catch(() => undefined);
  }

  /** Frees the jobs of pools whose sign is gone. @returns how many pools that were. */
  static async releaseDeadPools(tx: Tx): Promise<number> {
    const { rows } = await tx.execute<{ dead: string }>(sql`
      select dead from (
        select distinct locked_by as dead from graphile_worker._private_jobs
        where locked_by is not null and locked_at < now() - ${GRACE}::interval
      ) as holders
      where pg_try_advisory_xact_lock(${LOCK_CLASS}::int, hashtext(dead))`);

    const dead = rows.map((row) => row.dead);
    if (dead.length > 0) await tx.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(dead)}::text[])`);
    return dead.length;
  }
}
