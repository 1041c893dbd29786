import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../../kernel/database.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { ManualClock } from '../../../kernel/testing/manual-clock.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../../kernel/testing/test-database.ts';
import { type Certificates, type CertificatesOptions, createCertificates, type Holder } from '../index.ts';

export const START = new Date('2026-11-24T02:00:00.000Z');

export const ZHANG: Holder = {
  appId: 'app-1',
  userId: '1000000000000000001',
  kind: 'person',
  name: '张三',
  idDocumentType: 'CRED_PSN_CH_IDCARD',
  idNumber: '110101199003078857',
};

export const COMPANY: Holder = {
  appId: 'app-1',
  userId: '1000000000000000002',
  kind: 'organization',
  name: '杭州天谷信息科技有限公司',
  idDocumentType: 'CRED_ORG_USCC',
  idNumber: '913301087458306077',
};

/** An installation of one or several servers, empty before each test. */
export interface Installation {
  readonly clock: ManualClock;
  readonly database: Database;
  /** Another server of the same installation. */
  server(choices?: Partial<CertificatesOptions>): Certificates;
  startedServer(choices?: Partial<CertificatesOptions>): Promise<Certificates>;
  empty(): Promise<void>;
}

/** Called once in a test file: one database for all its tests. */
export function useInstallation(): Installation {
  const clock = new ManualClock(START);
  let testDatabase: TestDatabase;
  let handles: Database[] = [];
  let servers = 0;

  const empty = async (): Promise<void> => {
    await testDatabase.database.transaction((tx) => tx.execute(sql`truncate authorities, certificates, crls`));
  };
  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    handles = [testDatabase.connect(), testDatabase.connect()];
  });
  beforeEach(async () => {
    clock.set(START);
    await empty();
  });
  afterAll(() => testDatabase.drop());

  const server = (choices: Partial<CertificatesOptions> = {}): Certificates =>
    createCertificates({
      db: handles[servers++ % 2] ?? testDatabase.database,
      secretBox: createSecretBox(TEST_MASTER_KEY),
      clock,
      mode: 'sandbox',
      publicUrl: 'https://sign.example.com',
      partyKeyAlgorithm: 'p256',
      ...choices,
    });
  return {
    clock,
    server,
    empty,
    get database() {
      return testDatabase.database;
    },
    async startedServer(choices) {
      const certificates = server(choices);
      await certificates.initialize();
      return certificates;
    },
  };
}
