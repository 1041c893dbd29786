import { bigint, boolean, index, jsonb, pgSequence, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../../kernel/columns.ts';
import type { SealKind, SealStatus, StoredArtwork } from './seal.ts';

/** sealId on the wire: nine digits or more. */
export const sealNumbers = pgSequence('seal_numbers', { startWith: 100_000_000, minValue: 100_000_000 });

export const seals = pgTable(
  'seals',
  {
    id: bigint('id', { mode: 'number' }).primaryKey(),
    appId: text('app_id').notNull(),
    /** Whose seal it is: a user's id. */
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<SealKind>().notNull(),
    status: text('status').$type<SealStatus>().notNull(),
    /** The vector drawing with its true size; never changed, so that a picture can be kept by its address. */
    artwork: jsonb('artwork').$type<StoredArtwork>().notNull(),
    /** False for a signature that was drawn for one contract only and can be chosen for no other. */
    listed: boolean('listed').notNull().default(true),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('seals_owner').on(table.appId, table.ownerId)],
);

/** 印章授权: this app may use this seal without asking again, from begin to end. */
export const sealGrants = pgTable(
  'seal_grants',
  {
    authorizeCode: text('authorize_code').primaryKey(),
    appId: text('app_id').notNull(),
    sealId: bigint('seal_id', { mode: 'number' })
      .notNull()
      .references(() => seals.id),
    ownerId: text('owner_id').notNull(),
    beginAt: instant('begin_at').notNull(),
    endAt: instant('end_at').notNull(),
    state: text('state').$type<'pending' | 'authorized' | 'cancelled'>().notNull(),
    /** The app's own reference, given back with every change. */
    businessCode: text('business_code'),
    /** The owner may authorize a pending grant until then: the life of its link. Null when no page was asked for it. */
    pendingUntil: instant('pending_until'),
    /** When the owner first saw its page. */
    pageOpenedAt: instant('page_opened_at'),
    authorizedAt: instant('authorized_at'),
    cancelledAt: instant('cancelled_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('seal_grants_seal').on(table.appId, table.sealId, table.createdAt),
    index('seal_grants_owner').on(table.appId, table.ownerId),
  ],
);
