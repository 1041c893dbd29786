import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { TicketSubject } from './ticket.ts';

/** The right that a page link carries: for one purpose, one subject, until it expires. Only the hash is stored. */
export const pageTickets = pgTable(
  'page_tickets',
  {
    ticketHash: bytea('ticket_hash').primaryKey(),
    appId: text('app_id').notNull(),
    purpose: text('purpose').$type<TicketSubject['purpose']>().notNull(),
    /** What the link is for; ids only. */
    subject: jsonb('subject').$type<TicketSubject>().notNull(),
    clientType: text('client_type').$type<'h5' | 'pc'>().notNull(),
    redirectUrl: text('redirect_url'),
    redirectDelaySeconds: integer('redirect_delay_seconds'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('page_tickets_expires_at').on(table.expiresAt)],
);

/** A bearer session that a page holds in memory; it lives shorter than its ticket. */
export const pageSessions = pgTable(
  'page_sessions',
  {
    sessionHash: bytea('session_hash').primaryKey(),
    ticketHash: bytea('ticket_hash')
      .notNull()
      .references(() => pageTickets.ticketHash),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('page_sessions_expires_at').on(table.expiresAt),
    index('page_sessions_ticket').on(table.ticketHash),
  ],
);
