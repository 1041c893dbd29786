/**
 * Data keys: random keys that encrypt secrets and personal data, each wrapped by the master-derived key, so that they can be
 * rotated while servers run. A new key is announced first; when every server has read it, it becomes current; when every box has
 * been made again, the old ones are removed.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database, Tx } from './database.ts';
import type { MasterSecretBox } from './secret-box.ts';

const KEY_BYTES = 32;
const LAST_ID = 255;
/** How often a server looks for keys. */
export const REFRESH_MS = 5_000;
/** After this time every running server has looked. */
const SEEN_BY_ALL_MS = 2 * REFRESH_MS + 2_000;
const ROWS_PER_STEP = 500;

/** A column of boxes, with what is needed to open one: without it, its data would stay under a key that is about to go. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key's columns, all text or numbers. */
  readonly key: readonly string[];
  /** Other columns that the context names. */
  readonly also?: readonly string[];
  readonly contextOf: (cell: (column: string) => string) => string;
}

export interface DataKeysDependencies {
  readonly database: Database;
  readonly secretBox: MasterSecretBox;
  /** How long every server needs at most to see a change; shorter only where there is one. */
  readonly seenByAllMs?: number;
}

export type DataKeys = ReturnType<typeof createDataKeys>;

export function createDataKeys({ database, secretBox, seenByAllMs = SEEN_BY_ALL_MS }: DataKeysDependencies) {
  let timer: NodeJS.Timeout | undefined;

  async function load(): Promise<void> {
    const { rows } = await database.db.execute<{ id: number; wrapped: Uint8Array; is_current: boolean }>(
      sql`select id, wrapped, is_current from kernel.data_keys order by id`,
    );
    const current = rows.find((row) => row.is_current);
    if (!current) return;
    const keys = new Map(rows.map(({ id, wrapped }) => [id, secretBox.open(wrapped, contextOf(id))]));
    secretBox.useKeyring({ current: current.id, keys });
  }

  return {
    load,

    /** Makes the first key where there is none, reads all of them, and goes on looking for new ones. */
    async start(onFailure: (error: unknown) => void): Promise<void> {
      await database.transaction((tx) => ensureFirst(tx, secretBox));
      await load();
      timer = setInterval(() => void load().catch(onFailure), REFRESH_MS);
      timer.unref();
    },

    stop(): void {
      clearInterval(timer);
    },

    /** Every box is made again with a new key, and the old keys are removed. @returns how many boxes. */
    async rotate(columns: readonly SealedColumn[], onStep: (step: string) => void): Promise<number> {
      const id = await database.transaction((tx) => announce(tx, secretBox));
      onStep(`data key ${id} is announced to all servers`);
      await pause(seenByAllMs);
      await database.transaction(async (tx) => {
        await tx.execute(sql`update kernel.data_keys set is_current = (id = ${id})`);
      });
      await load();
      onStep(`data key ${id} is in use`);
      await pause(seenByAllMs);
      await untilOlderTransactionsEnd(database);

      let count = 0;
      for (const column of columns) count += await renewColumn({ database, secretBox }, column, id);
      onStep(`${count} boxes were made again`);
      await database.transaction(async (tx) => {
        await tx.execute(sql`delete from kernel.data_keys where id <> ${id}`);
      });
      await load();
      return count;
    },
  };
}

/** For the migration: the table that everything above reads. */
export const DATA_KEYS_TABLE = `create table if not exists kernel.data_keys (
  id integer primary key check (id between 1 and ${LAST_ID}), wrapped bytea not null, is_current boolean not null,
  created_at timestamptz not null default now())`;

/** Only one server makes the very first key. */
async function ensureFirst(tx: Tx, secretBox: MasterSecretBox): Promise<void> {
  if ((await lockIds(tx)).length === 0) await insertKey(tx, secretBox, { id: 1, isCurrent: true });
}

/** The key to rotate to: a new one, or the one of a rotation that was interrupted, which is then finished. */
async function announce(tx: Tx, secretBox: MasterSecretBox): Promise<number> {
  const [newest = 0, ...older] = await lockIds(tx);
  if (older.length > 0) return newest;
  // From 1 again after the last; at most two are in use at a time.
  const id = (newest % LAST_ID) + 1;
  await insertKey(tx, secretBox, { id, isCurrent: false });
  return id;
}

/** Newest first. */
async function lockIds(tx: Tx): Promise<number[]> {
  await tx.execute(sql`lock table kernel.data_keys in share row exclusive mode`);
  const { rows } = await tx.execute<{ id: number }>(sql`select id from kernel.data_keys order by created_at desc`);
  return rows.map((row) => row.id);
}

async function insertKey(
  tx: Tx,
  secretBox: MasterSecretBox,
  { id, isCurrent }: { readonly id: number; readonly isCurrent: boolean },
): Promise<void> {
  const wrapped = Buffer.from(secretBox.wrap(randomBytes(KEY_BYTES), contextOf(id)));
  await tx.execute(sql`
    insert into kernel.data_keys (id, wrapped, is_current) values (${id}, ${wrapped}, ${isCurrent})`);
}

/** A transaction that began before the new key was in use may still commit a box of the old one. */
async function untilOlderTransactionsEnd(database: Database): Promise<void> {
  const { rows } = await database.db.execute<{ now: string }>(sql`select now()::text as now`);
  const since = rows[0]?.now ?? '';
  for (;;) {
    const { rows: open } = await database.db.execute(sql`
      select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and xact_start < ${since}::timestamptz limit 1`);
    if (open.length === 0) return;
    await pause(200);
  }
}

interface Means {
  readonly database: Database;
  readonly secretBox: MasterSecretBox;
}

async function renewColumn({ database, secretBox }: Means, column: SealedColumn, keyId: number): Promise<number> {
  let count = 0;
  for (;;) {
    const renewed = await database.transaction((tx) => renewRows(tx, secretBox, column, keyId));
    count += renewed;
    if (renewed === 0) return count;
  }
}

async function renewRows(tx: Tx, secretBox: MasterSecretBox, sealed: SealedColumn, keyId: number): Promise<number> {
  const { table, column, key, also = [], contextOf: contextOfRow } = sealed;
  const box = sql.identifier(column);
  const names = sql.join(
    [...key, ...also].map((name) => sql`${sql.identifier(name)}::text as ${sql.identifier(name)}`),
    sql`, `,
  );
  const { rows } = await tx.execute<Record<string, string> & { box: Uint8Array }>(sql`
    select ${names}, ${box} as box from ${sql.identifier(table)}
    where ${box} is not null and get_byte(${box}, 1) <> ${keyId} limit ${ROWS_PER_STEP} for update`);
  for (const { box: old, ...row } of rows) {
    const context = contextOfRow((name) => {
      const value = row[name];
      if (value === undefined) throw new Error(`${table}.${column}: its context needs ${name}`);
      return value;
    });
    const renewed = Buffer.from(secretBox.seal(secretBox.open(old, context), context));
    const isRow = sql.join(
      key.map((name) => sql`${sql.identifier(name)}::text = ${row[name] ?? ''}`),
      sql` and `,
    );
    await tx.execute(sql`update ${sql.identifier(table)} set ${box} = ${renewed} where ${isRow}`);
  }
  return rows.length;
}

function contextOf(id: number): string {
  return `kernel.data_keys:${id}`;
}
