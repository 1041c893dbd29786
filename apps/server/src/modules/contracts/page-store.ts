import { and, asc, desc, eq, lte } from 'drizzle-orm';
import type { Db } from '../../kernel/database.ts';
import { contractAttachments, contracts, fileRevisions } from './schema.ts';
import type { FileRevision } from './store.ts';

export interface RevisionKey {
  readonly contractId: string;
  readonly fileCode: string;
  /** 0 for the upload, also for an attachment, which has no other. */
  readonly revision: number;
}

export type RevisionSize = Pick<FileRevision, 'fileCode' | 'revision' | 'totalSize'>;

/** The newest revision of each file of a contract. */
export async function newestRevisions(db: Db, contractId: string): Promise<RevisionSize[]> {
  const { fileCode, revision, totalSize } = fileRevisions;
  return db
    .selectDistinctOn([fileCode], { fileCode, revision, totalSize })
    .from(fileRevisions)
    .where(eq(fileRevisions.contractId, contractId))
    .orderBy(asc(fileCode), desc(revision));
}

/** All segments of a file up to a revision, in order; none for a file of another app. */
export async function revisionsUpTo(db: Db, appId: string, key: RevisionKey): Promise<FileRevision[]> {
  const rows = await db
    .select({ revision: fileRevisions })
    .from(fileRevisions)
    .innerJoin(contracts, eq(contracts.id, fileRevisions.contractId))
    .where(
      and(
        eq(contracts.appId, appId),
        eq(contracts.id, key.contractId),
        eq(fileRevisions.fileCode, key.fileCode),
        lte(fileRevisions.revision, key.revision),
      ),
    )
    .orderBy(asc(fileRevisions.revision));
  return rows.map((row) => row.revision);
}

export async function hasAttachment(db: Db, appId: string, key: RevisionKey): Promise<boolean> {
  const rows = await db
    .select({ fileCode: contractAttachments.fileCode })
    .from(contractAttachments)
    .innerJoin(contracts, eq(contracts.id, contractAttachments.contractId))
    .where(
      and(eq(contracts.appId, appId), eq(contracts.id, key.contractId), eq(contractAttachments.fileCode, key.fileCode)),
    );
  return rows.length > 0;
}
