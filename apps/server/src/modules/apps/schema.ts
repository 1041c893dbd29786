import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';

/** 应用: the developer's application, its keys and its choices. */
export const apps = pgTable('apps', {
  id: text('id').primaryKey(),
  appKey: text('app_key').notNull().unique(),
  name: text('name').notNull(),
  /** AppSecret in a secret box. */
  secret: bytea('secret').notNull(),
  previousSecret: bytea('previous_secret'),
  previousSecretUntil: instant('previous_secret_until'),
  enabled: boolean('enabled').notNull().default(true),
  strict: boolean('strict').notNull().default(false),
  selfCertification: boolean('self_certification').notNull().default(false),
  silentSigning: boolean('silent_signing').notNull().default(false),
  plainIdentity: boolean('plain_identity').notNull().default(false),
  pathWithoutApi: boolean('path_without_api').notNull().default(false),
  smsLimits: boolean('sms_limits').notNull().default(true),
  /** Requests per minute; null means no limit. */
  requestsPerMinute: integer('requests_per_minute'),
  /** Addresses and networks; empty means everyone. */
  allowedIps: text('allowed_ips').array().$type<readonly string[]>().notNull(),
  /** Parties are checked by SMS before they see a document. */
  checkBeforeReading: boolean('check_before_reading').notNull().default(false),
  callbackUrl: text('callback_url'),
  /** businessTypes that are switched on. */
  callbackTypes: text('callback_types').array().$type<readonly string[]>().notNull().default([]),
  /** `whsec_…` in a secret box; null until the app has been given one. */
  callbackSecret: bytea('callback_secret'),
  previousCallbackSecret: bytea('previous_callback_secret'),
  previousCallbackSecretUntil: instant('previous_callback_secret_until'),
  /** The receiver answered 410: nothing is sent until the address is set again. */
  callbackStoppedAt: instant('callback_stopped_at'),
  /** The app has confirmed a callback at least once, so a missing confirmation means something. */
  confirmsCallbacks: boolean('confirms_callbacks').notNull().default(false),
  /** Schemes besides http and https that pages may return to. */
  redirectSchemes: text('redirect_schemes').array().$type<readonly string[]>().notNull().default([]),
  /** Origins that may embed our pages. */
  embeddingOrigins: text('embedding_origins').array().$type<readonly string[]>().notNull().default([]),
  createdAt: instant('created_at').notNull(),
});

/** A nonce that has been used with a valid signature; shared by all servers. */
export const usedNonces = pgTable(
  'used_nonces',
  {
    appId: text('app_id').notNull(),
    nonce: text('nonce').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.appId, table.nonce] }), index('used_nonces_expires_at').on(table.expiresAt)],
);

/** The first answer to an Idempotency-Key, kept 24 hours; `answer` is null while the first call still runs. */
export const idempotentAnswers = pgTable(
  'idempotent_answers',
  {
    appId: text('app_id').notNull(),
    key: text('key').notNull(),
    requestHash: bytea('request_hash').notNull(),
    answer: bytea('answer'),
    startedAt: instant('started_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.appId, table.key] }),
    index('idempotent_answers_expires_at').on(table.expiresAt),
  ],
);
