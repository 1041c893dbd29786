import { isNotNull, sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { CompanyMode, PageSetup, PayoutAccount, PersonMode } from './page-setup.ts';
import type { PayoutStatus } from './ports.ts';
import type { CheckKind, CheckStatus } from './verification.ts';

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
    /** Keyed hash of app and id number; of a person's flow only. */
    personHash: bytea('person_hash'),
    /** A company's agent: their own compliant personal verification. */
    agentVerificationId: text('agent_verification_id'),
    createdAt: instant('created_at').notNull(),
    lastProgressAt: instant('last_progress_at').notNull(),
    /** An open payout or letter review keeps the flow alive until then. */
    heldUntil: instant('held_until'),
    /** When the flow first became compliant. */
    certifiedAt: instant('certified_at'),
    usedAt: instant('used_at'),
    /** The unverified account that this flow verifies once it is compliant. */
    accountId: text('account_id'),
  },
  (table) => [
    index('verifications_business_code').on(table.appId, table.businessCode, table.createdAt),
    index('verifications_agent').on(table.agentVerificationId).where(sql`${table.agentVerificationId} is not null`),
    index('verifications_person').on(table.personHash).where(isNotNull(table.certifiedAt)),
  ],
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
    outcome: text('outcome').$type<CheckStatus>().notNull(),
    /** The mobile number that the check was about, in a secret box: an SMS code counts only for the same number. */
    mobile: bytea('mobile'),
    source: text('source').notNull(),
    reason: text('reason').notNull(),
    /** The source's own reference of the query. */
    requestId: text('request_id').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When an open check counts as failed. */
    expiresAt: instant('expires_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('identity_checks_verification').on(table.verificationId, table.createdAt),
    index('identity_checks_open').on(table.outcome, table.expiresAt),
  ],
);

/** 打款: the small amount on its way to a company's account; shares the id of its check. */
export const payouts = pgTable('payouts', {
  checkId: text('check_id')
    .primaryKey()
    .references(() => identityChecks.id),
  appId: text('app_id').notNull(),
  verificationId: text('verification_id').notNull(),
  /** Amount and account, JSON in a secret box; null once the check has ended. */
  order: bytea('sealed_order'),
  status: text('status').$type<PayoutStatus>().notNull(),
  reason: text('reason').notNull(),
  triesLeft: integer('tries_left').notNull(),
});

/** 经办人授权书: the letter under review; shares the id of its check. */
export const authorizationLetters = pgTable(
  'authorization_letters',
  {
    checkId: text('check_id')
      .primaryKey()
      .references(() => identityChecks.id),
    appId: text('app_id').notNull(),
    verificationId: text('verification_id').notNull(),
    fileCode: text('file_code').notNull(),
    /** The agent that the letter names, JSON in a secret box. */
    agent: bytea('agent').notNull(),
    /** Keyed hash of app and the agent's id number. */
    agentHash: bytea('agent_hash'),
    /** Who decided; null while it is under review. */
    decidedBy: text('decided_by'),
  },
  (table) => [
    index('authorization_letters_flow').on(table.verificationId),
    index('authorization_letters_agent').on(table.agentHash),
  ],
);

/** What a verification page was asked to do. Its flow begins, under the number kept here, when the person has given the facts. */
export const verificationPages = pgTable(
  'verification_pages',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    kind: text('kind').$type<'person' | 'organization'>().notNull(),
    verificationId: text('verification_id').notNull().unique(),
    businessCode: text('business_code'),
    accountId: text('account_id'),
    setup: jsonb('setup').$type<PageSetup>().notNull(),
    /** Facts that the app knew already, JSON in a secret box; null once the page has expired. */
    prefilled: bytea('prefilled'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('verification_pages_business_code').on(table.appId, table.businessCode, table.createdAt),
    index('verification_pages_expires_at').on(table.expiresAt),
  ],
);

/** How far the person has come on a verification page; begins with the first command. */
export const verificationPageProgress = pgTable(
  'verification_page_progress',
  {
    pageId: text('page_id')
      .primaryKey()
      .references(() => verificationPages.id),
    appId: text('app_id').notNull(),
    consentVersion: text('consent_version'),
    consentedAt: instant('consented_at'),
    /** The flow of the page's person; on a company's page that of its agent. */
    personFlowId: text('person_flow_id'),
    personMode: text('person_mode').$type<PersonMode>(),
    /** Checks that did not pass, and those that are being asked about right now. */
    personTries: integer('person_tries').notNull(),
    /** The person has gone back to the form. */
    isEditing: boolean('is_editing').notNull(),
    /** Separate consent to pictures of documents; null again once it is taken back. */
    pictureConsentVersion: text('picture_consent_version'),
    pictureConsentedAt: instant('picture_consented_at'),
    /** Pictures that were read. */
    pictureTries: integer('picture_tries').notNull().default(0),
    faceCheckId: text('face_check_id'),
    /** Where the face is taken and where its page returns to, JSON in a secret box. */
    faceLinks: bytea('face_links'),
    companyMode: text('company_mode').$type<CompanyMode>(),
    companyTries: integer('company_tries').notNull(),
    /** Of the newest payout: masked account, name of the bank. */
    payoutAccount: jsonb('payout_account').$type<PayoutAccount>(),
    /** The tries are used up. */
    failedAt: instant('failed_at'),
    failReason: text('fail_reason'),
  },
  (table) => [
    index('verification_page_progress_flow').on(table.personFlowId),
    index('verification_page_progress_face').on(table.faceCheckId),
  ],
);

/** A face on its page: consent, and how often a picture was judged. Shares the id of its check. */
export const faceCaptures = pgTable('face_captures', {
  checkId: text('check_id')
    .primaryKey()
    .references(() => identityChecks.id),
  appId: text('app_id').notNull(),
  consentVersion: text('consent_version').notNull(),
  consentedAt: instant('consented_at').notNull(),
  tries: integer('tries').notNull(),
  /** A visit to a vendor's page, JSON in a secret box; null when none is under way. */
  session: bytea('session'),
});

/** 联行号: loaded by an operator. */
export const bankBranches = pgTable('bank_branches', {
  branchCode: text('branch_code').primaryKey(),
  bankName: text('bank_name').notNull(),
  bankCode: text('bank_code').notNull(),
  branchName: text('branch_name').notNull(),
  province: text('province').notNull(),
  city: text('city').notNull(),
});
