import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';

/** One step of a subject's life. Append-only: each entry holds the hash of the one before it. */
export const evidenceEntries = pgTable(
  'evidence_entries',
  {
    subject: text('subject').notNull(),
    sequence: integer('sequence').notNull(),
    appId: text('app_id').notNull(),
    kind: text('kind').notNull(),
    /** Canonical JSON, the exact text that was hashed. */
    content: text('content').notNull(),
    at: instant('at').notNull(),
    previousHash: bytea('previous_hash').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.sequence] }), index('evidence_entries_at').on(table.at)],
);

/** The key of a chain, in a secret box: without it, what the chain says of a person cannot be read, and its hashes still verify. */
export const evidenceKeys = pgTable('evidence_keys', {
  subject: text('subject').primaryKey(),
  appId: text('app_id').notNull(),
  key: bytea('key').notNull(),
});

/** The newest entry of every chain, under a MAC that the database alone cannot make. */
export const evidenceHeads = pgTable(
  'evidence_heads',
  {
    subject: text('subject').primaryKey(),
    appId: text('app_id').notNull(),
    sequence: integer('sequence').notNull(),
    hash: bytea('hash').notNull(),
    /** The newest checkpoint that took this chain in; null before the first. Whoever removes a checkpoint cannot change it. */
    checkpoint: bigint('checkpoint', { mode: 'number' }),
    /** The chain has grown since that checkpoint. */
    moved: boolean('moved').notNull(),
    mac: bytea('mac').notNull(),
  },
  (table) => [index('evidence_heads_moved').on(table.subject).where(sql`moved`)],
);

/** A signed digest over all heads that moved since the checkpoint before it. */
export const evidenceCheckpoints = pgTable(
  'evidence_checkpoints',
  {
    number: bigint('number', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    previousHash: bytea('previous_hash').notNull(),
    /** The heads taken in, canonical JSON: [[subject, sequence, hash hex], …] sorted by subject. */
    heads: text('heads').notNull(),
    hash: bytea('hash').notNull(),
    signature: bytea('signature').notNull(),
    certificate: bytea('certificate').notNull(),
  },
  (table) => [uniqueIndex('evidence_checkpoints_previous').on(table.previousHash)],
);
