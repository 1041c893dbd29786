import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { MessageKind } from './sms-text.ts';

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
    /** `{ phone, text, code, template }` in a secret box; outside sandbox mode only until it is sent, and its phone until delivery. */
    sealed: bytea('sealed'),
    status: text('status').$type<'queued' | 'sent' | 'failed'>().notNull(),
    kind: text('kind').$type<MessageKind>().notNull().default('code'),
    templateCode: text('template_code'),
    /** As how many messages it is sent and billed. */
    parts: integer('parts').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    /** When the sender took it, or refused it for good. */
    settledAt: instant('settled_at'),
    /** Who took or refused it, and under which number. */
    source: text('source'),
    reference: text('reference'),
    /** Why it was not sent or did not arrive: a vendor's code or a sentence of ours. */
    reason: text('reason'),
    /** What the vendor reported afterwards; null as long as nobody knows. */
    delivery: text('delivery').$type<'delivered' | 'undelivered'>(),
  },
  (table) => [
    index('sms_messages_app').on(table.appId, table.createdAt),
    // Few rows: those not yet sent, and a sandbox's of one day.
    index('sms_messages_texts').on(table.createdAt).where(sql`${table.sealed} is not null`),
  ],
);

/** 通知短信模板: texts with `{name}` where a parameter goes. Without an app it is everybody's. */
export const smsTemplates = pgTable(
  'sms_templates',
  {
    code: text('code').notNull(),
    /** Empty for a template of the whole installation. */
    appId: text('app_id').notNull().default(''),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.appId, table.code] })],
);

/** How many messages were asked for in a day or an hour, counted exactly also under parallel calls. */
export const smsCounters = pgTable(
  'sms_counters',
  {
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    windowStart: instant('window_start').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.key, table.windowStart] }),
    index('sms_counters_window').on(table.windowStart),
  ],
);
