import { randomBytes } from 'node:crypto';
import { ApiError } from '@signet/protocol/errors';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../../../kernel/database.ts';
import { createHttpClient } from '../../../kernel/http-client.ts';
import { createJobs } from '../../../kernel/jobs.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { ManualClock } from '../../../kernel/testing/manual-clock.ts';
import { createTestDatabase } from '../../../kernel/testing/test-database.ts';
import { createLocalFaceVerifier } from '../../../providers/face-local/index.ts';
import { createSandboxRegistry } from '../../../providers/identity-sandbox/index.ts';
import { createLocalOcr } from '../../../providers/ocr-local/index.ts';
import { createSandboxPayoutBank } from '../../../providers/payout-sandbox/index.ts';
import { createSandboxSmsSender } from '../../../providers/sms-sandbox/index.ts';
import type { NewCallback } from '../../callbacks/index.ts';
import { createEvidence } from '../../evidence/index.ts';
import type { StoredFile } from '../../files/index.ts';
import { createMessaging } from '../../messaging/index.ts';
import { createRecognition, type Recognition } from '../../recognition/index.ts';
import { createTickets } from '../../tickets/index.ts';
import { type CheckedItem, createIdentity, type PayoutBank } from '../index.ts';

/** People and companies of the sandbox registry. */
export const ZHANG_SAN = registered('张三', '110101199003078857', '13800000000');
export const NAMESAKE = registered('张三', '110108198604120037', '13800000016');
export const LI_NA = registered('李娜', '310101198804120026', '13800000001');
export const ZHUOMA = registered('卓玛', '540102198708210020', '13800000014');
export const WU_QIANG = registered('吴强', '440303198309260016', '13800000006');
export const FENG_LEI = registered('冯磊', '370202198403170017', '13800000009');
export const EXAMPLE_COMPANY = company('北京示例科技有限公司', '91110105MA01D00006', ZHANG_SAN);
export const RECORD_ONLY_COMPANY = company('青岛简档工贸有限公司', '91370202MA3C000089', ZHUOMA);

export const APP = { id: 'app-1', smsLimits: false, redirectSchemes: [] };
export const OTHER_APP = { id: 'app-2', smsLimits: false, redirectSchemes: [] };

type Registered = ReturnType<typeof registered>;
export type IdentityFixture = Awaited<ReturnType<typeof startIdentity>>;

interface Outside {
  readonly payoutBank?: PayoutBank;
  readonly recognition?: Recognition;
}

const localRecognition = () =>
  createRecognition({ reader: createLocalOcr(), httpClient: createHttpClient({ allow: [] }) });

/** Identity with everything below it on a database of its own; only the outside world is the sandbox's. */
export async function startIdentity({
  payoutBank = createSandboxPayoutBank(),
  recognition = localRecognition(),
}: Outside = {}) {
  const { database, drop } = await createTestDatabase();
  const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
  const secretBox = createSecretBox(randomBytes(32));
  const base = { database, clock, secretBox };
  const evidence = createEvidence(base);
  const jobs = createJobs({ database, log: silentLog });
  const messaging = createMessaging({ ...base, jobs, sender: createSandboxSmsSender(), keepTexts: true });
  const registry = createSandboxRegistry(base);
  const published: NewCallback[] = [];
  const callbacks = { publish: async (_tx: Tx, ...events: readonly NewCallback[]) => void published.push(...events) };
  const tickets = createTickets({ ...base, publicUrl: 'http://signet.test' });
  const identity = createIdentity({
    ...{ ...base, evidence, callbacks, tickets, messaging, jobs, registry, recognition },
    files: { getMany: knownFiles, upload: () => Promise.reject(new Error('files come by their codes here')) },
    payoutBank,
    faces: createLocalFaceVerifier({ registry }),
  });

  const newestCode = async (phone: string): Promise<string> => {
    const { list } = await messaging.listSandboxMessages(APP, { phone, pageNumber: 1, pageSize: 1 });
    return list[0]?.code ?? '';
  };
  const carrier = (
    person: Registered,
    more: { verificationId?: string; mobile?: string; businessCode?: string } = {},
  ) => identity.checkCarrier(APP, { facts: person.facts, mobile: person.mobile, ...more });

  /** A compliant personal flow: carrier check, code sent, code given back. */
  async function certify(person: Registered): Promise<string> {
    const { verificationId } = await carrier(person);
    await identity.sendSmsCode(APP, verificationId);
    await identity.verifySmsCode(APP, { verificationId, code: await newestCode(person.mobile) });
    return verificationId;
  }

  return {
    ...{ ...base, drop, evidence, messaging, registry, identity, published, newestCode, carrier, certify },

    consume: (verificationId: string, app = APP) =>
      database.transaction((tx) => identity.consume(tx, { appId: app.id, verificationId, userId: 'user-1' })),

    /** What waits for the job runner, which does not run here. */
    jobsNamed: async (task: string): Promise<Record<string, unknown>[]> => {
      const { rows } = await database.db.execute<{ payload: Record<string, unknown> }>(
        sql`select payload from graphile_worker._private_jobs as job join graphile_worker._private_tasks as task
          on task.id = job.task_id where task.identifier = ${task} order by job.id`,
      );
      return rows.map(({ payload }) => payload);
    },

    evidenceOf: async ({ verificationId }: Pick<CheckedItem, 'verificationId'>) =>
      (await evidence.entriesOf(APP.id, `verification:${verificationId}`)).map(({ kind, content, personal }) => {
        const { personal: _sealed, ...facts } = JSON.parse(content) as Record<string, unknown>;
        return { kind, content: { ...facts, ...personal } };
      }),
  };
}

/** Any file but those whose code says so exists. */
async function knownFiles(_db: Db, appId: string, fileCodes: readonly string[]): Promise<StoredFile[]> {
  const missing = fileCodes.find((code) => code.includes('MISSING'));
  if (missing) throw new ApiError('FILE_NOT_FOUND', { fileCode: missing });
  return fileCodes.map((fileCode) => ({
    ...{ fileCode, appId, name: '授权书.pdf', size: 1, sha256: new Uint8Array(32), pages: [], kind: 'pdf' },
    ...{ signed: false, storageKey: fileCode, createdAt: new Date(0) },
  }));
}

function registered(name: string, idNumber: string, mobile: string) {
  return { facts: { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber }, mobile };
}

function company(name: string, idNumber: string, representative: Registered) {
  return { name, idDocumentType: 'CRED_ORG_USCC', idNumber, legalRepresentative: { ...representative.facts } };
}
