import { bigint, boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { PageSize } from './file.ts';

/** An uploaded file after intake. The bytes lie in the storage under `storageKey`. */
export const files = pgTable(
  'files',
  {
    fileCode: text('file_code').primaryKey(),
    appId: text('app_id').notNull(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: bytea('sha256').notNull(),
    pageCount: integer('page_count').notNull(),
    /** Page sizes as displayed, one entry a page. */
    pages: jsonb('pages').$type<readonly PageSize[]>().notNull(),
    kind: text('kind').$type<'pdf' | 'png' | 'jpeg'>().notNull(),
    /** Carries signatures made elsewhere. */
    signed: boolean('signed').notNull(),
    storageKey: text('storage_key').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('files_app').on(table.appId, table.createdAt), index('files_storage_key').on(table.storageKey)],
);

/**
 * Bytes that nothing referred to and that were taken away. Whoever stored them and comes back after a very long pause must not
 * record them any more.
 */
export const erasedBytes = pgTable('erased_bytes', {
  storageKey: text('storage_key').primaryKey(),
  erasedAt: instant('erased_at').notNull(),
});

/** A short-lived right to fetch some bytes without a signature. Only the ticket's hash is stored. */
export const downloadTickets = pgTable(
  'download_tickets',
  {
    ticketHash: bytea('ticket_hash').primaryKey(),
    appId: text('app_id').notNull(),
    storageKeys: text('storage_keys').array().notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('download_tickets_expires_at').on(table.expiresAt)],
);
