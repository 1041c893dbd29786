import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { App } from './app.ts';
import { apps } from './schema.ts';

export type AppRow = typeof apps.$inferSelect;

export async function findByKey(db: Db, appKey: string): Promise<AppRow | undefined> {
  const [row] = await db.select().from(apps).where(eq(apps.appKey, appKey));
  return row;
}

export async function findById(db: Db, appId: string): Promise<AppRow | undefined> {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId));
  return row;
}

export async function lockByKey(tx: Tx, appKey: string): Promise<AppRow | undefined> {
  const [row] = await tx.select().from(apps).where(eq(apps.appKey, appKey)).for('update');
  return row;
}

export async function lockById(tx: Tx, appId: string): Promise<AppRow | undefined> {
  const [row] = await tx.select().from(apps).where(eq(apps.id, appId)).for('update');
  return row;
}

export async function all(db: Db): Promise<AppRow[]> {
  return db.select().from(apps).orderBy(apps.createdAt);
}

export async function insert(tx: Tx, row: AppRow): Promise<void> {
  await tx.insert(apps).values(row);
}

export async function update(tx: Tx, appId: string, change: Partial<AppRow>): Promise<void> {
  await tx.update(apps).set(change).where(eq(apps.id, appId));
}

export function toApp(row: AppRow): App {
  const { secret: _1, previousSecret: _2, callbackSecret: _3, previousCallbackSecret: _4, ...rest } = row;
  const { confirmsCallbacks: _5, ...app } = rest;
  return app;
}

export interface Nonce {
  readonly appId: string;
  readonly nonce: string;
}

export interface NonceUse extends Nonce {
  readonly expiresAt: Date;
}

/**
 * Records nonces that are unused or whose time is over, and answers which ones. The commit is not flushed to disk one by one:
 * after a crash of the whole machine less than a second of nonces can be forgotten, and their timestamps still expire. All
 * servers insert in the same order, so that two batches with the same nonces do not lock each other out.
 */
export async function recordNonces(db: Db, uses: readonly NonceUse[], now: Date): Promise<Nonce[]> {
  const appIds = sql.param(uses.map((use) => use.appId));
  const nonces = sql.param(uses.map((use) => use.nonce));
  const ends = sql.param(uses.map((use) => use.expiresAt.toISOString()));
  const { rows } = await db.execute<{ app_id: string; nonce: string }>(sql`
    with fast as materialized (select set_config('synchronous_commit', 'off', true))
    insert into used_nonces (app_id, nonce, expires_at)
    select used.* from unnest(${appIds}::text[], ${nonces}::text[], ${ends}::timestamptz[]) as used(app_id, nonce, expires_at), fast
    order by used.app_id, used.nonce
    on conflict (app_id, nonce) do update set expires_at = excluded.expires_at where used_nonces.expires_at <= ${now}
    returning app_id, nonce`);
  return rows.map((row) => ({ appId: row.app_id, nonce: row.nonce }));
}
