import type { DocumentLayout } from '@signet/pdf';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { ContractStatus, IntentMode, PartyStatus, RequestedPlacement } from './contract.ts';
import type { PlannedPlace } from './placement.ts';

export const contracts = pgTable(
  'contracts',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    businessCode: text('business_code'),
    name: text('name').notNull(),
    status: text('status').$type<ContractStatus>().notNull(),
    sequential: boolean('sequential').notNull(),
    initiatorAccountId: text('initiator_account_id').notNull(),
    /** Choices that later screens read: redirect, hideUntilTurn, autoFinish, copy receivers. */
    options: jsonb('options').$type<Record<string, unknown>>().notNull(),
    signDeadlineAt: instant('sign_deadline_at').notNull(),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
    closingReason: text('closing_reason'),
    /** Who may append to this contract's files right now; a claim that ran out can be taken over. */
    claimToken: text('claim_token'),
    claimUntil: instant('claim_until'),
  },
  (table) => [
    uniqueIndex('contracts_business_code').on(table.appId, table.businessCode),
    index('contracts_app').on(table.appId, table.createdAt),
    index('contracts_open').on(table.status, table.signDeadlineAt),
  ],
);

/** 合同文件: one signed file of a contract; its bytes are the segments of all its revisions, in order. */
export const contractFiles = pgTable(
  'contract_files',
  {
    contractId: text('contract_id')
      .notNull()
      .references(() => contracts.id),
    fileCode: text('file_code').notNull(),
    /** The caller's id of the file in this contract. */
    fileId: text('file_id').notNull(),
    fileOrder: integer('file_order').notNull(),
    name: text('name').notNull(),
    /** What the next signature needs to know without reading the file; null for files nobody signs. */
    layout: jsonb('layout').$type<DocumentLayout>(),
  },
  (table) => [
    primaryKey({ columns: [table.contractId, table.fileCode] }),
    index('contract_files_code').on(table.fileCode),
    // Few rows: those of open contracts, and of ended ones until the next sweep.
    index('contract_files_laid_out').on(table.contractId).where(sql`${table.layout} is not null`),
  ],
);

/** One revision of a contract file: the bytes it appends. The earlier file is a prefix by construction. */
export const fileRevisions = pgTable(
  'file_revisions',
  {
    contractId: text('contract_id').notNull(),
    fileCode: text('file_code').notNull(),
    /** 0 the upload, 1 the laid-out places, then one a signature. */
    revision: integer('revision').notNull(),
    storageKey: text('storage_key').notNull(),
    /** Length and SHA-256 of the whole file up to and with this revision. */
    totalSize: bigint('total_size', { mode: 'number' }).notNull(),
    sha256: bytea('sha256').notNull(),
    partyId: text('party_id'),
    verifiedAt: instant('verified_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.contractId, table.fileCode, table.revision] }),
    index('file_revisions_storage_key').on(table.storageKey),
  ],
);

export const contractAttachments = pgTable(
  'contract_attachments',
  {
    contractId: text('contract_id').notNull(),
    fileCode: text('file_code').notNull(),
    fileOrder: integer('file_order').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.fileCode] })],
);

/** 签署方 of one contract. */
export const contractParties = pgTable(
  'contract_parties',
  {
    id: text('id').primaryKey(),
    contractId: text('contract_id')
      .notNull()
      .references(() => contracts.id),
    accountId: text('account_id').notNull(),
    userId: text('user_id').notNull(),
    agentUserId: text('agent_user_id'),
    sequenceNumber: integer('sequence_number').notNull(),
    status: text('status').$type<PartyStatus>().notNull(),
    silent: boolean('silent').notNull(),
    intentModes: text('intent_modes').array().$type<IntentMode[]>().notNull(),
    noticeTypes: integer('notice_types').notNull(),
    signDeadlineAt: instant('sign_deadline_at'),
    signedAt: instant('signed_at'),
    refuseReason: text('refuse_reason'),
    /** Set when the party has confirmed its will; from here on the platform owes the signature and retries until it is there. */
    sealingSince: instant('sealing_since'),
    sealingAttempts: integer('sealing_attempts').notNull().default(0),
    sealingError: text('sealing_error'),
    /** The seal chosen at that moment, when not the placements' own. */
    chosenSealId: bigint('chosen_seal_id', { mode: 'number' }),
  },
  (table) => [
    uniqueIndex('contract_parties_account').on(table.contractId, table.accountId),
    // What is owed: few among very many.
    index('contract_parties_owed').on(table.sealingSince).where(sql`${table.status} = 'sealing'`),
    index('contract_parties_user').on(table.userId),
  ],
);

/** 签章位置: what was asked for, and where it was laid out. */
export const placements = pgTable(
  'placements',
  {
    id: text('id').primaryKey(),
    contractId: text('contract_id').notNull(),
    partyId: text('party_id')
      .notNull()
      .references(() => contractParties.id),
    fileCode: text('file_code').notNull(),
    position: integer('position').notNull(),
    /** As the caller sent it, echoed by queries. */
    requested: jsonb('requested').$type<RequestedPlacement>().notNull(),
    /** Where it was laid out: one rectangle, or one a page for a cross-page seal. */
    planned: jsonb('planned').$type<readonly PlannedPlace[]>().notNull(),
    sealId: bigint('seal_id', { mode: 'number' }),
    authorizeCode: text('authorize_code'),
  },
  (table) => [index('placements_contract').on(table.contractId, table.partyId)],
);
