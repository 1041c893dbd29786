/** Contracts on a database of their own with everything below them; storage and verifier can be made to fail for a while. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { backgroundTasks } from '../../../background.ts';
import { loadConfig } from '../../../config.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createTestDatabase, TEST_MASTER_KEY } from '../../../kernel/testing/test-database.ts';
import { createModules, type Foundation, openFoundation } from '../../../platform.ts';
import { createContracts, type PartyJob, type StartRequest, type Will } from '../../contracts/index.ts';
import { verifyEvidence } from '../../evidence/index.ts';
import type { FileStorage } from '../../files/index.ts';
import { createSigning, type DocumentVerifier } from '../index.ts';

const LEASE = readFileSync(join(import.meta.dirname, '../../../../../../examples/lease-contract.zh.pdf'));

export const SIMULATED: Will = { mode: 'simulated', sealId: null, detail: {} };

/** Called before the real storage or verifier does its work. */
export interface Interference {
  beforePut?: (() => Promise<void>) | undefined;
  beforeVerify?: (() => Promise<void>) | undefined;
}

export interface Delays {
  readonly safetyNetMs: number;
  readonly claimMs: number;
}

export interface Signer {
  readonly accountId: string;
  readonly sequenceNumber?: number;
  readonly authorizeCode?: string;
  readonly signDeadlineAt?: Date;
}

export interface StartOptions {
  readonly sequential?: boolean;
  readonly signDeadlineAt?: Date;
}

export type SigningFixture = Awaited<ReturnType<typeof openSigning>>;

export async function openSigning(clock: Clock, delays?: Delays) {
  const test = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'signet-signing-'));
  const config = loadConfig({
    ...{ PORT: '0', SIGNET_DATA: dataFolder, DATABASE_URL: test.url },
    SIGNET_MASTER_KEY: Buffer.from(TEST_MASTER_KEY).toString('hex'),
  });
  const servers: Server[] = [];
  /** One more server of the same installation. */
  const server = async (): Promise<Server> => {
    const options = { clock, publicUrl: 'http://127.0.0.1', database: test.connect() };
    const opened = await openServer(await openFoundation(config, silentLog, options), delays);
    servers.push(opened);
    return opened;
  };
  const close = async (): Promise<void> => {
    for (const each of servers) await each.stop();
    await test.drop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  const first = await server();
  const { app } = await first.modules.apps.create({ name: 'test', selfCertification: true, silentSigning: true });
  return { ...first, clock, app, server, close, dataFolder, ...createPlay(first, app, dataFolder) };
}

export type Server = Awaited<ReturnType<typeof openServer>>;

async function openServer(foundation: Foundation, delays: Delays | undefined) {
  const { clock, database, log, config } = foundation;
  const modules = await createModules(foundation);
  const interference: Interference = {};
  const storage: FileStorage = {
    ...modules.storage,
    put: async (key, bytes) => {
      await interference.beforePut?.();
      await modules.storage.put(key, bytes);
    },
  };
  const verifier: DocumentVerifier = {
    verify: async (...args) => {
      await interference.beforeVerify?.();
      return modules.documentEngine.verify(...args);
    },
  };
  const contracts = createContracts({
    ...{ ...modules, clock, mode: config.mode, database, storage, layoutEngine: modules.documentEngine },
    intentModes: new Set(['CODE_SMS'] as const),
    ...(delays ? { delays } : {}),
  });
  const signing = createSigning({ ...modules, clock, database, log, mode: config.mode, contracts, storage, verifier });
  return {
    ...{ modules, database, interference, contracts, signing, verifier },
    startJobs: () => modules.jobs.start({ tasks: backgroundTasks({ ...modules, contracts, signing }) }),
    stop: async () => {
      await modules.jobs.stop();
      await Promise.all([modules.intake.close(), modules.documentEngine.close(), modules.pagePictures.close()]);
      modules.certificates.close();
    },
  };
}

type App = Awaited<ReturnType<Server['modules']['apps']['create']>>['app'];

/** What tests do and see, in words of the field. */
function createPlay({ modules, contracts, signing, database }: Server, app: App, dataFolder: string) {
  const { db } = database;
  let uploads = 0;
  const rowsOf = async (statement: ReturnType<typeof sql>) => (await db.execute(statement)).rows;
  const bytesOf = async (contractId: string): Promise<Uint8Array> => {
    const rows = await rowsOf(
      sql`select storage_key from file_revisions where contract_id = ${contractId} order by file_code, revision`,
    );
    return Buffer.concat(await Promise.all(rows.map((row) => modules.storage.read(String(row.storage_key)))));
  };
  const partyOf = async (contractId: string, accountId: string) =>
    (await contracts.getParty(app, { contractId }, accountId)).party;

  return {
    rowsOf,
    bytesOf,
    partyOf,
    async people(...accountIds: string[]): Promise<void> {
      const facts = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '110101199003078857' };
      for (const accountId of accountIds) {
        await modules.users.createPerson(app, { accountId, phone: '13800000000', facts });
      }
    },
    async upload(): Promise<string> {
      const path = join(dataFolder, `upload-${++uploads}.pdf`);
      await writeFile(path, LEASE);
      return (await modules.files.upload(app, { fileName: '合同.pdf', path })).fileCode;
    },
    async grant(accountId: string, endAt?: Date): Promise<string> {
      const { id: ownerId } = await modules.users.findVerified(db, app.id, accountId);
      return (await modules.seals.grantSilentSigning({ app, ownerId, endAt, simulated: true })).authorizeCode;
    },
    start: async (fileCode: string, signers: readonly Signer[], options: StartOptions = {}) =>
      (await contracts.start(app, startRequest(fileCode, signers, options))).contractId,
    sign: (contractId: string, accountId: string) => signing.sign(app, { contractId }, accountId, SIMULATED),
    /** The party confirms its will, and whoever should sign then does not come to it. */
    confirm: (contractId: string, accountId: string): Promise<PartyJob> =>
      contracts.confirm(app.id, { contractId }, accountId, async () => SIMULATED),
    statusOf: async (contractId: string) => (await contracts.get(app, { contractId })).contract.status,
    /** Status of each party by account. */
    partiesOf: async (contractId: string) =>
      Object.fromEntries(
        (await contracts.get(app, { contractId })).parties.map(({ accountId, status }) => [accountId, status]),
      ),
    /** The kinds of the contract's evidence, in order. */
    stepsOf: async (contractId: string) =>
      (await modules.evidence.entriesOf(app.id, `contract:${contractId}`)).map(({ kind }) => kind),
    /** What our verifier says of the contract's only file as it stands. */
    verdictOf: async (contractId: string) => {
      const trustAnchors = modules.certificates.trustAnchors();
      const report = await modules.documentEngine.verify(await bytesOf(contractId), { trustAnchors });
      return { valid: report.valid, signatures: report.signatures.length };
    },
    evidenceProblems: async () => {
      const signer = modules.certificates.checkpointSigner;
      return (await verifyEvidence({ database, evidence: modules.evidence, signer, subjectTables: [] })).problems;
    },
    /** Everything that lies in the storage, by key. */
    storedKeys: async () => {
      const root = join(dataFolder, 'files');
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
  };
}

export function startRequest(fileCode: string, signers: readonly Signer[], options: StartOptions): StartRequest {
  return {
    ...{ name: null, businessCode: null, attachments: [], options: {} },
    files: [{ fileId: 'doc', fileCode, order: 1, name: null }],
    initiatorAccountId: signers[0]?.accountId ?? '',
    sequential: options.sequential ?? false,
    signDeadlineAt: options.signDeadlineAt ?? null,
    parties: signers.map(({ accountId, sequenceNumber = 1, authorizeCode = null, signDeadlineAt = null }, i) => ({
      ...{ accountId, sequenceNumber, signDeadlineAt, agentAccountId: null, intentModes: [], noticeTypes: 0 },
      fields: [{ fileCode, authorizeCode, sealId: null, placement: placeOf(i) }],
    })),
  };
}

/** Where the nth party signs: a grid on the last page. */
function placeOf(index: number) {
  const x = 80 + (index % 6) * 85;
  const y = 110 + Math.floor(index / 6) * 80;
  return { style: 'single-page', dateFormat: null, page: 12, x, y, size: null } as const;
}
