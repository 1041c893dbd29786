import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './kernel/testing/test-database.ts';
import { sealedColumns } from './platform.ts';

/** Bytes that are no boxes: digests, and what anybody may see. */
const PLAIN = [
  ...['apps.app_key', 'authorities.certificate', 'certificates.certificate', 'crls.der', 'callback_attempts.answer'],
  ...['evidence_checkpoints.certificate', 'evidence_checkpoints.signature', 'evidence_heads.mac', 'files.sha256'],
  'file_revisions.sha256',
];
const DIGEST = /[._]hash$/;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('the list of sealed columns', () => {
  it('names every column of boxes in the database, and no other', async () => {
    const { rows } = await test.database.db.execute<{ column: string }>(sql`
      select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea'`);
    const boxes = rows.map(({ column }) => column).filter((column) => !DIGEST.test(column) && !PLAIN.includes(column));

    expect(
      sealedColumns()
        .map(({ table, column }) => `${table}.${column}`)
        .toSorted(),
    ).toEqual(boxes.toSorted());
  });
});
