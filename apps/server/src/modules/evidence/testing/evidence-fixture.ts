import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../../kernel/database.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { ManualClock } from '../../../kernel/testing/manual-clock.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../../kernel/testing/test-database.ts';
import { createCertificates } from '../../certificates/index.ts';
import {
  type CheckpointSigner,
  type Checkpoints,
  createCheckpoints,
  createEvidence,
  type Evidence,
  type EvidenceProblem,
  type EvidenceSubject,
  type EvidenceVerification,
  verifyEvidence,
} from '../index.ts';

export interface EvidenceFixture {
  readonly clock: ManualClock;
  readonly database: Database;
  readonly evidence: Evidence;
  readonly checkpoints: Checkpoints;
  /** One more server of the same installation. */
  anotherServer(): { readonly evidence: Evidence; readonly checkpoints: Checkpoints };
  /** One transaction per entry. */
  append(subject: EvidenceSubject, ...kinds: string[]): Promise<void>;
  verify(): Promise<EvidenceVerification>;
  /** What is wrong, as `CODE subject sequence`. */
  problems(): Promise<string[]>;
  /** Somebody with full access to the database. */
  tamper(statement: ReturnType<typeof sql>): Promise<Record<string, unknown>[]>;
}

/** Called once in a test file: one database for all its tests, without evidence before each of them. */
export function useEvidence(): EvidenceFixture {
  const clock = new ManualClock(new Date('2026-11-24T02:00:00.000Z'));
  const secretBox = createSecretBox(TEST_MASTER_KEY);
  let testDatabase: TestDatabase;
  let signer: CheckpointSigner;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const certificates = createCertificates({
      ...{ db: testDatabase.database, secretBox, clock, mode: 'sandbox', publicUrl: 'https://sign.example.com' },
      partyKeyAlgorithm: 'p256',
    });
    await certificates.initialize();
    await testDatabase.database.db.execute(sql`create table example_subjects (id text primary key)`);
    signer = certificates.checkpointSigner;
  });
  beforeEach(async () => {
    await testDatabase.database.db.execute(
      sql`truncate evidence_entries, evidence_heads, evidence_keys, evidence_checkpoints, example_subjects`,
    );
  });
  afterAll(() => testDatabase.drop());

  const server = (database: Database) => {
    const evidence = createEvidence({ database, secretBox, clock });
    return { evidence, checkpoints: createCheckpoints({ database, evidence, signer, clock }) };
  };
  const verify = (): Promise<EvidenceVerification> => {
    const { database } = testDatabase;
    const subjectTables = [{ kind: 'seal-grant', table: 'example_subjects', column: 'id' }];
    return verifyEvidence({ database, evidence: server(database).evidence, signer, subjectTables });
  };
  return {
    clock,
    verify,
    get database() {
      return testDatabase.database;
    },
    get evidence() {
      return server(testDatabase.database).evidence;
    },
    get checkpoints() {
      return server(testDatabase.database).checkpoints;
    },
    anotherServer: () => server(testDatabase.connect()),
    async append(subject, ...kinds) {
      const { evidence } = server(testDatabase.database);
      for (const kind of kinds) {
        clock.advance({ seconds: 1 });
        const entry = { appId: 'app-1', subject, kind, content: { step: kind } };
        await testDatabase.database.transaction((tx) => evidence.append(tx, entry));
      }
    },
    problems: async () => (await verify()).problems.map(describeProblem),
    tamper: async (statement) => (await testDatabase.database.db.execute(statement)).rows,
  };
}

function describeProblem({ code, subject, sequence }: EvidenceProblem): string {
  return [code, subject, sequence ?? ''].join(' ').trimEnd();
}
