import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { pageSessions, pageTickets } from './schema.ts';
import type { PageTicket, TicketSubject } from './ticket.ts';

export async function insertTicket(tx: Tx, row: typeof pageTickets.$inferInsert): Promise<void> {
  await tx.insert(pageTickets).values(row);
}

export async function insertSession(tx: Tx, row: typeof pageSessions.$inferInsert): Promise<void> {
  await tx.insert(pageSessions).values(row);
}

export async function findTicket(db: Db, ticketHash: Uint8Array): Promise<PageTicket | undefined> {
  const [row] = await db.select().from(pageTickets).where(eq(pageTickets.ticketHash, ticketHash));
  return row;
}

export async function findBySession(db: Db, sessionHash: Uint8Array, now: Date): Promise<PageTicket | undefined> {
  const [row] = await db
    .select({ ticket: pageTickets })
    .from(pageSessions)
    .innerJoin(pageTickets, eq(pageTickets.ticketHash, pageSessions.ticketHash))
    .where(and(eq(pageSessions.sessionHash, sessionHash), gt(pageSessions.expiresAt, now)));
  return row?.ticket;
}

export async function revoke(tx: Tx, appId: string, subject: TicketSubject, at: Date): Promise<void> {
  await tx
    .update(pageTickets)
    .set({ revokedAt: at })
    .where(
      and(
        eq(pageTickets.appId, appId),
        eq(pageTickets.purpose, subject.purpose),
        sql`${pageTickets.subject} @> ${JSON.stringify(subject)}::jsonb`,
        isNull(pageTickets.revokedAt),
      ),
    );
}

export async function revokeAll(
  tx: Tx,
  { appId, parts }: { readonly appId: string; readonly parts: Readonly<Record<string, string>> },
  at: Date,
): Promise<void> {
  const isMeant = sql`${pageTickets.subject} @> ${JSON.stringify(parts)}::jsonb`;
  await tx
    .update(pageTickets)
    .set({ revokedAt: at })
    .where(and(eq(pageTickets.appId, appId), isMeant, isNull(pageTickets.revokedAt)));
}

/** Ended before then, and nobody holds a session of it any more. */
export function isOver(endedBefore: Date): SQL {
  return sql`${pageTickets.expiresAt} < ${endedBefore}
    and not exists (select 1 from page_sessions s where s.ticket_hash = ${pageTickets.ticketHash})`;
}
