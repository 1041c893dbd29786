/** Uploads that nothing has come to use (未使用的上传文件). */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { EndingData } from '../../kernel/retention.ts';
import type { FileStorage } from './ports.ts';
import { files } from './schema.ts';
import type { Reference } from './unrecorded-bytes.ts';

export interface UnusedUploadsParts {
  readonly database: Database;
  readonly storage: Pick<FileStorage, 'remove'>;
  /** Whatever may use a file, by its code. */
  readonly references: readonly Reference[];
}

export interface UnusedUploads extends EndingData {
  /** Those of an app's files that nothing uses, whatever their age. */
  readonly eraseNamed: (appId: string, fileCodes: readonly string[]) => Promise<void>;
}

/** Whoever begins to use a file locks its row first (`hold`), so that what is seen here under the lock stays as it is. */
export function createUnusedUploads({ database, storage, references }: UnusedUploadsParts): UnusedUploads {
  const isUsed = sql.join(
    references.map((reference) => reference(sql`${files.fileCode}`)),
    sql` or `,
  );
  const isDue = (before: Date): SQL => sql`${files.createdAt} < ${before} and not (${isUsed})`;

  async function eraseWhere(condition: SQL | undefined, limit: number): Promise<number> {
    const erased = await database.transaction(async (tx) => {
      const due = await tx
        .select({ fileCode: files.fileCode })
        .from(files)
        .where(condition)
        .limit(limit)
        .for('update', { skipLocked: true });
      const codes = due.map(({ fileCode }) => fileCode);
      // Once more and in a statement of its own: a use may have been committed just before the rows were locked.
      return tx
        .delete(files)
        .where(sql`${inArray(files.fileCode, codes)} and not (${isUsed})`)
        .returning({ storageKey: files.storageKey });
    });
    // Bytes that a killed run leaves here belong to nothing any more and are found by the walk through the storage.
    for (const { storageKey } of erased) await storage.remove(storageKey);
    return erased.length;
  }

  return {
    count: (before) => database.db.$count(files, isDue(before)),
    erase: (before, limit) => eraseWhere(isDue(before), limit),
    eraseNamed: async (appId, fileCodes) => {
      const isNamed = and(eq(files.appId, appId), inArray(files.fileCode, [...fileCodes]), sql`not (${isUsed})`);
      await eraseWhere(isNamed, fileCodes.length);
    },
  };
}
