/** Every table of the database: what ends it. A table that is missing here has been forgotten, and so will be its data. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../apps/server/src/kernel/testing/test-database.ts';
import { RETENTION_RULES, type RetentionKind } from '../../apps/server/src/modules/privacy/index.ts';

type End =
  | RetentionKind
  /** Goes when the person is forgotten, or the organization no longer names the person. */
  | 'forgetting'
  /** Stays with the contract that it belongs to. */
  | 'contract'
  /** Hashes, and masked facts under a key that can be thrown away. */
  | 'evidence'
  /** About apps, keys or the platform itself. */
  | 'nobody'
  /** Operators: their account ends with them, by an owner's hand. */
  | 'operators';

const STOCK: Readonly<Record<string, readonly End[]>> = {
  apps: ['nobody'],
  authorities: ['nobody'],
  authorization_letters: ['unusedVerifications', 'usedVerifications', 'forgetting'],
  bank_branches: ['nobody'],
  callback_attempts: ['callbacks', 'deadCallbacks'],
  callback_events: ['callbacks', 'deadCallbacks'],
  ceremonies: ['contract'],
  certificates: ['forgetting', 'contract'],
  console_audit: ['audit'],
  console_setup: ['nobody'],
  contract_attachments: ['contract'],
  contract_files: ['layouts', 'contract'],
  contract_parties: ['contract'],
  contracts: ['contract'],
  crls: ['nobody'],
  download_tickets: ['downloadLinks'],
  erased_bytes: ['nobody'],
  evidence_checkpoints: ['evidence'],
  evidence_entries: ['evidence'],
  evidence_heads: ['evidence'],
  evidence_keys: ['unusedVerifications', 'usedVerifications', 'verificationPages', 'forgetting'],
  face_captures: ['unusedVerifications', 'usedVerifications', 'forgetting'],
  file_revisions: ['contract'],
  files: ['uploads', 'contract'],
  forgotten_accounts: ['nobody'],
  idempotent_answers: ['idempotentAnswers', 'forgetting'],
  identity_checks: ['unusedVerifications', 'usedVerifications', 'forgetting'],
  operator_sessions: ['consoleSessions'],
  operators: ['operators'],
  page_sessions: ['pageSessions'],
  page_tickets: ['pageLinks'],
  payouts: ['unusedVerifications', 'usedVerifications', 'forgetting'],
  placements: ['contract'],
  retention_runs: ['nobody'],
  // Invented people, or those whom an operator has loaded into a sandbox.
  sandbox_registry_entries: ['operators'],
  seal_grants: ['evidence'],
  seals: ['drawings', 'forgetting', 'contract'],
  sms_codes: ['smsCodes', 'forgetting'],
  sms_counters: ['smsCodes'],
  sms_messages: ['smsTexts', 'smsRecords', 'forgetting'],
  sms_templates: ['nobody'],
  used_nonces: ['nonces'],
  user_subjects: ['forgetting'],
  users: ['forgetting'],
  verification_page_progress: ['prefilled', 'verificationPages', 'forgetting'],
  verification_pages: ['prefilled', 'verificationPages', 'forgetting'],
  verifications: ['unusedVerifications', 'usedVerifications', 'forgetting'],
};

/** Rules about what lies outside the database. */
const OUTSIDE: readonly RetentionKind[] = ['unrecordedBytes', 'temporaryFiles'];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('every table is in the stock, and none that is not there', async () => {
  const { rows } = await test.database.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );

  expect(rows.map(({ name }) => name)).toEqual(Object.keys(STOCK).toSorted());
});

it('every rule ends the data of some table, or what lies outside the database', () => {
  const named = new Set<string>([...Object.values(STOCK).flat(), ...OUTSIDE]);

  expect(Object.keys(RETENTION_RULES).filter((kind) => !named.has(kind))).toEqual([]);
});
