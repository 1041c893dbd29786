import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';

/** A one-time SMS code (短信验证码): stored as a keyed hash, bound to one purpose and subject. */
export const smsCodes = pgTable(
  'sms_codes',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    purpose: text('purpose').notNull(),
    subject: text('subject').notNull(),
    phoneHash: bytea('phone_hash').notNull(),
    codeHash: bytea('code_hash').notNull(),
    attemptsLeft: integer('attempts_left').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('sms_codes_subject').on(table.appId, table.purpose, table.subject, table.createdAt),
    index('sms_codes_phone').on(table.appId, table.phoneHash, table.createdAt),
  ],
);

/** Messages handed to a sender. In sandbox mode the text is kept, sealed, for 24 hours for the test helper. */
export const smsMessages = pgTable(
  'sms_messages',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    phoneHash: bytea('phone_hash').notNull(),
    /** `{ phone, text, code }` in a secret box; null outside sandbox mode and after 24 hours. */
    sealed: bytea('sealed'),
    status: text('status').$type<'queued' | 'sent' | 'failed'>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('sms_messages_app').on(table.appId, table.createdAt)],
);
