import { and, eq, lt, or, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { operatorSessions, operators } from './schema.ts';
import { idleSince } from './session.ts';
import type { OperatorRow } from './store.ts';

export type SessionRow = typeof operatorSessions.$inferSelect;

export interface FoundSession {
  readonly session: SessionRow;
  readonly operator: OperatorRow;
}

export async function insert(tx: Tx, row: SessionRow): Promise<void> {
  await tx.insert(operatorSessions).values(row);
}

/** By the present token or the one before it. */
export async function findByToken(db: Db, tokenHash: Uint8Array): Promise<FoundSession | undefined> {
  const [row] = await db
    .select({ session: operatorSessions, operator: operators })
    .from(operatorSessions)
    .innerJoin(operators, eq(operators.id, operatorSessions.operatorId))
    .where(or(eq(operatorSessions.tokenHash, tokenHash), eq(operatorSessions.previousTokenHash, tokenHash)));
  return row;
}

/** A new token in place of this one; false when another request has replaced it already. */
export async function replaceToken(
  tx: Tx,
  session: Pick<SessionRow, 'id' | 'tokenHash'>,
  change: Pick<SessionRow, 'tokenHash' | 'previousTokenHash' | 'rotatedAt' | 'lastSeenAt'>,
): Promise<boolean> {
  const replaced = await tx
    .update(operatorSessions)
    .set(change)
    .where(and(eq(operatorSessions.id, session.id), eq(operatorSessions.tokenHash, session.tokenHash)))
    .returning({ id: operatorSessions.id });
  return replaced.length > 0;
}

export async function noteUse(tx: Tx, sessionId: string, at: Date): Promise<void> {
  await tx.update(operatorSessions).set({ lastSeenAt: at }).where(eq(operatorSessions.id, sessionId));
}

export async function remove(tx: Tx, sessionId: string): Promise<void> {
  await tx.delete(operatorSessions).where(eq(operatorSessions.id, sessionId));
}

export async function removeByToken(tx: Tx, tokenHash: Uint8Array): Promise<void> {
  await tx.delete(operatorSessions).where(eq(operatorSessions.tokenHash, tokenHash));
}

export async function removeAllOf(tx: Tx, operatorId: string): Promise<void> {
  await tx.delete(operatorSessions).where(eq(operatorSessions.operatorId, operatorId));
}

/** Ended before then, or idle for too long. */
export function isOver(before: Date): SQL | undefined {
  return or(lt(operatorSessions.expiresAt, before), lt(operatorSessions.lastSeenAt, idleSince(before)));
}
