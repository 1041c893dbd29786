import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { type EndingData, endingRows } from '../../kernel/retention.ts';
import { seals } from './schema.ts';

/** Signatures that were drawn for one contract and then not used for it. `references`: what may use a seal, by its number. */
export function createUnusedDrawings(database: Database, references: readonly ((sealId: SQL) => SQL)[]): EndingData {
  const isUsed = sql.join(
    references.map((reference) => reference(sql`${seals.id}`)),
    sql` or `,
  );
  return endingRows(database, {
    table: seals,
    isDue: (before) => sql`not ${seals.listed} and ${seals.createdAt} < ${before} and not (${isUsed})`,
  });
}
