import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { StoredFile } from './file.ts';
import { downloadTickets, files } from './schema.ts';

export async function insertFile(tx: Tx, file: StoredFile): Promise<void> {
  await tx.insert(files).values({ ...file, pageCount: file.pages.length });
}

export async function findFiles(db: Db, appId: string, fileCodes: readonly string[]): Promise<StoredFile[]> {
  return db
    .select()
    .from(files)
    .where(and(eq(files.appId, appId), inArray(files.fileCode, [...fileCodes])));
}

/** Which of them are there; they stay until the transaction ends. */
export async function lockFiles(tx: Tx, appId: string, fileCodes: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ fileCode: files.fileCode })
    .from(files)
    .where(and(eq(files.appId, appId), inArray(files.fileCode, [...fileCodes])))
    .orderBy(files.fileCode)
    .for('key share');
  return rows.map(({ fileCode }) => fileCode);
}

export type DownloadTicket = typeof downloadTickets.$inferSelect;

export async function insertTickets(tx: Tx, tickets: readonly DownloadTicket[]): Promise<void> {
  await tx.insert(downloadTickets).values([...tickets]);
}

export async function findTicket(db: Db, ticketHash: Uint8Array, now: Date): Promise<DownloadTicket | undefined> {
  const [ticket] = await db
    .select()
    .from(downloadTickets)
    .where(and(eq(downloadTickets.ticketHash, ticketHash), gt(downloadTickets.expiresAt, now)));
  return ticket;
}
