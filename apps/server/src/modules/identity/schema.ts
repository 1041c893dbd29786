import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { CheckOutcome } from './ports.ts';
import type { CheckKind } from './verification.ts';

/** 认证流程: collects checks about one person or one company. `id` is the wire's flowNo. */
export const verifications = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    kind: text('kind').$type<'person' | 'organization'>().notNull(),
    businessCode: text('business_code'),
    /** The identity facts, JSON in a secret box. */
    facts: bytea('facts').notNull(),
    /** A company's agent: their own compliant personal verification. */
    agentVerificationId: text('agent_verification_id'),
    createdAt: instant('created_at').notNull(),
    lastProgressAt: instant('last_progress_at').notNull(),
    /** When the flow first became compliant. */
    certifiedAt: instant('certified_at'),
    usedAt: instant('used_at'),
  },
  (table) => [index('verifications_business_code').on(table.appId, table.businessCode, table.createdAt)],
);

/** 认证项: one fact check inside a verification. `id` is the wire's serviceId. */
export const identityChecks = pgTable(
  'identity_checks',
  {
    id: text('id').primaryKey(),
    verificationId: text('verification_id')
      .notNull()
      .references(() => verifications.id),
    kind: text('kind').$type<CheckKind>().notNull(),
    outcome: text('outcome').$type<CheckOutcome>().notNull(),
    /** The mobile number that the check was about, in a secret box: an SMS code counts only for the same number. */
    mobile: bytea('mobile'),
    source: text('source').notNull(),
    reason: text('reason').notNull(),
    /** The source's own reference of the query. */
    requestId: text('request_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('identity_checks_verification').on(table.verificationId, table.createdAt)],
);
