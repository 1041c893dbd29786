import { bigint, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { UserKind } from './user.ts';

/** 个人用户 and 企业用户. Personal data is sealed; id numbers are found by a keyed hash. */
export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    /** The caller's own id, unique per app. */
    accountId: text('account_id').notNull(),
    kind: text('kind').$type<UserKind>().notNull(),
    state: text('state').$type<'verified' | 'unverified'>().notNull(),
    /** psnId / corpId: the same for all accounts of one id number in an app; null while unverified. */
    subjectId: text('subject_id'),
    /** Name, id number, phone and legal representative as JSON in one secret box, so that a reader opens one. */
    personalData: bytea('personal_data').notNull(),
    idNumberHash: bytea('id_number_hash'),
    agentUserId: text('agent_user_id'),
    verificationId: text('verification_id'),
    defaultSealId: bigint('default_seal_id', { mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    certifiedAt: instant('certified_at'),
  },
  (table) => [
    uniqueIndex('users_account').on(table.appId, table.accountId),
    index('users_id_number').on(table.appId, table.kind, table.idNumberHash, table.createdAt),
  ],
);

/**
 * Ids of accounts whose person was forgotten, as keyed hashes. They are never given out again: contracts go on naming them, and a new
 * owner would find the contracts of the old one.
 */
export const forgottenAccounts = pgTable(
  'forgotten_accounts',
  {
    appId: text('app_id').notNull(),
    accountHash: bytea('account_hash').notNull(),
    forgottenAt: instant('forgotten_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.appId, table.accountHash] })],
);

/** Who stands behind the accounts: one row per id number of an app, so that its psnId or corpId is given out once. */
export const userSubjects = pgTable(
  'user_subjects',
  {
    appId: text('app_id').notNull(),
    kind: text('kind').$type<UserKind>().notNull(),
    idNumberHash: bytea('id_number_hash').notNull(),
    subjectId: text('subject_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.appId, table.kind, table.idNumberHash] })],
);
