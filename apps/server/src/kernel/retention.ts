/** Data that has an end (留存期限): each module offers its own, `modules/privacy` says how long and does the sweeping. */
import { and, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database, Tx } from './database.ts';

/** One kind of data: what is due, and its erasure in small parts. */
export interface EndingData {
  /** How much is due whose time began before this instant. */
  count(before: Date): Promise<number>;
  /**
   * Erases at most so many of them in a transaction of its own. Repeatable: what a killed run has left is due again.
   * @returns how many; fewer than `limit` means that nothing more is due.
   */
  erase(before: Date, limit: number): Promise<number>;
}

export interface EndingRows {
  readonly table: PgTable;
  readonly isDue: (before: Date) => SQL | undefined;
}

/** Rows that nothing else depends on. Several servers may sweep at once: none waits for rows that another one holds. */
export function endingRows(database: Database, { table, isDue }: EndingRows): EndingData {
  return {
    count: (before) => database.db.$count(table, isDue(before)),
    erase: (before, limit) =>
      database.transaction(async (tx) => {
        const { rowCount } = await tx.execute(sql`delete from ${table} where ctid = any(array(
          select ctid from ${table} where ${isDue(before)} limit ${limit} for update skip locked))`);
        return rowCount ?? 0;
      }),
  };
}

/** Cells of one column: they are emptied, their rows stay. */
export function endingCells(
  database: Database,
  { table, isDue, column }: EndingRows & { column: PgColumn },
): EndingData {
  const isFilledAndDue = (before: Date) => and(isNotNull(column), isDue(before));
  const name = sql.identifier(column.name);
  return {
    count: (before) => database.db.$count(table, isFilledAndDue(before)),
    erase: (before, limit) =>
      database.transaction(async (tx) => {
        const { rowCount } = await tx.execute(sql`update ${table} set ${name} = null where ctid = any(array(
          select ctid from ${table} where ${isFilledAndDue(before)} limit ${limit} for update skip locked))`);
        return rowCount ?? 0;
      }),
  };
}

export interface EndingSubjects extends EndingRows {
  readonly id: PgColumn;
  /** Removes the rows of these ids and all that belongs to them. */
  readonly erase: (tx: Tx, ids: readonly string[]) => Promise<void>;
}

/** Rows together with what hangs on them. */
export function endingSubjects(database: Database, { table, id, isDue, erase }: EndingSubjects): EndingData {
  return {
    count: (before) => database.db.$count(table, isDue(before)),
    erase: (before, limit) =>
      database.transaction(async (tx) => {
        const due = tx.select({ id }).from(table).where(isDue(before)).limit(limit);
        const ids = (await due.for('update', { skipLocked: true })).map((row) => String(row.id));
        await erase(tx, ids);
        return ids.length;
      }),
  };
}

/** Several tables of one kind: one part erases from the first that has anything due. */
export function endingTogether(...parts: readonly EndingData[]): EndingData {
  return {
    count: async (before) => {
      let total = 0;
      for (const part of parts) total += await part.count(before);
      return total;
    },
    erase: async (before, limit) => {
      let erased = 0;
      for (const part of parts) {
        if (erased < limit) erased += await part.erase(before, limit - erased);
      }
      return erased;
    },
  };
}
