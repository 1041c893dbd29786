import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../../kernel/columns.ts';

/** 签署流程: how far one party has come on its page. The server decides the next step from it, so a reload resumes. */
export const ceremonies = pgTable('ceremonies', {
  partyId: text('party_id').primaryKey(),
  appId: text('app_id').notNull(),
  contractId: text('contract_id').notNull(),
  openedAt: instant('opened_at').notNull(),
  /** The SMS check before the document is shown, where the app wants one. */
  identifiedAt: instant('identified_at'),
  consentedAt: instant('consented_at'),
  /** Of the text that was agreed to. */
  consentVersion: text('consent_version'),
  chosenSealId: bigint('chosen_seal_id', { mode: 'number' }),
  /** Signatures drawn or typed so far, since each is kept for good. */
  handwritings: integer('handwritings').notNull(),
  /** The SMS code that was sent last for the intent check. */
  intentCodeId: text('intent_code_id'),
  /** The intent check passed; counts for some minutes and for one signature. */
  intentPassedAt: instant('intent_passed_at'),
  intentUsedAt: instant('intent_used_at'),
});
