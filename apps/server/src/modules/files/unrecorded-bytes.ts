/**
 * Bytes are stored before the transaction that records them, so a killed server leaves bytes that nothing refers to. Sweeping them
 * must not take away what a slow signer is just about to record, however long it has slept: the two decide under one lock who was
 * first. The recorder holds it shared, and does not record what is in the list of erased keys; the sweeper holds it alone while it
 * looks once more for references and writes the list, and removes the bytes only after that has been committed.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Db, Tx } from '../../kernel/database.ts';
import type { EndingData } from '../../kernel/retention.ts';
import type { FileStorage } from './ports.ts';
import { erasedBytes } from './schema.ts';

// Two-part advisory locks: the first part is the module's, ASCII `file`.
const LOCK_SPACE = 0x66696c65;
const BYTES_LOCK = 1;

/** A condition under which something refers to the value. */
export type Reference = (value: SQL) => SQL;

/**
 * Part of the transaction that records these keys, before its commit. False: a sweep took the bytes for abandoned, and they must
 * not be recorded.
 */
export async function claimBytes(tx: Tx, storageKeys: readonly string[]): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${LOCK_SPACE}, ${BYTES_LOCK})`);
  // A statement of its own, so that it sees what was committed while the lock was waited for.
  const { rowCount } = await tx.execute(
    sql`select 1 from ${erasedBytes} where storage_key = any(${sql.param([...storageKeys])}::text[])`,
  );
  return rowCount === 0;
}

export interface UnrecordedBytesParts {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly clock: Clock;
  readonly references: readonly Reference[];
}

/** `before` is compared with when the bytes were stored. */
export function createUnrecordedBytes({ database, storage, clock, references }: UnrecordedBytesParts): EndingData {
  const isReferred = (key: SQL) =>
    sql.join(
      references.map((reference) => reference(key)),
      sql` or `,
    );
  const unreferred = async (db: Db, keys: readonly string[]): Promise<string[]> => {
    const { rows } = await db.execute<{ key: string }>(sql`
      select stored.key from unnest(${sql.param([...keys])}::text[]) as stored(key) where not (${isReferred(sql`stored.key`)})`);
    return rows.map(({ key }) => key);
  };

  async function* batches(before: Date, size: number): AsyncGenerator<string[]> {
    let batch: string[] = [];
    for await (const key of storage.listPutBefore(before)) {
      batch.push(key);
      if (batch.length < size) continue;
      yield unreferred(database.db, batch);
      batch = [];
    }
    if (batch.length > 0) yield unreferred(database.db, batch);
  }

  async function take(candidates: readonly string[]): Promise<string[]> {
    return database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${BYTES_LOCK})`);
      const keys = await unreferred(tx, candidates);
      const erasedAt = clock.now();
      if (keys.length > 0) {
        const rows = keys.map((storageKey) => ({ storageKey, erasedAt }));
        // In the list already: a run that was killed before it removed the bytes.
        await tx.insert(erasedBytes).values(rows).onConflictDoNothing();
      }
      return keys;
    });
  }

  return {
    async count(before) {
      let total = 0;
      for await (const keys of batches(before, COUNTED_AT_ONCE)) total += keys.length;
      return total;
    },
    // One walk takes all that is due, `limit` at a time.
    async erase(before, limit) {
      let erased = 0;
      for await (const candidates of batches(before, limit)) {
        if (candidates.length === 0) continue;
        for (const key of await take(candidates)) {
          await storage.remove(key);
          erased++;
        }
      }
      return erased;
    },
  };
}

const COUNTED_AT_ONCE = 1_000;
