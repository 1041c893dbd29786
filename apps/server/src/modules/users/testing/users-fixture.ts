import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../kernel/database.ts';
import { createHttpClient } from '../../../kernel/http-client.ts';
import { createJobs } from '../../../kernel/jobs.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { ManualClock } from '../../../kernel/testing/manual-clock.ts';
import { createTestDatabase } from '../../../kernel/testing/test-database.ts';
import { createSandboxRegistry } from '../../../providers/identity-sandbox/index.ts';
import { createLocalOcr } from '../../../providers/ocr-local/index.ts';
import { createSandboxPayoutBank } from '../../../providers/payout-sandbox/index.ts';
import { createSandboxSmsSender } from '../../../providers/sms-sandbox/index.ts';
import { type App, createApps } from '../../apps/index.ts';
import type { NewCallback } from '../../callbacks/index.ts';
import { createEvidence } from '../../evidence/index.ts';
import { createIdentity } from '../../identity/index.ts';
import { createMessaging } from '../../messaging/index.ts';
import { createRecognition } from '../../recognition/index.ts';
import { createDefaultSeals, createGrantCeremony, createSeals } from '../../seals/index.ts';
import { createTickets } from '../../tickets/index.ts';
import { createUsers, type NewPerson } from '../index.ts';

/** People and companies of the sandbox registry. */
export const ZHANG_SAN = { name: '张三', idNumber: '110101199003078857', mobile: '13800000000' };
export const LI_NA = { name: '李娜', idNumber: '310101198804120026', mobile: '13800000001' };
export const QIAN = { name: '潜治文', idNumber: '430100201510111541', mobile: '16049793435' };
export const EXAMPLE_COMPANY = { name: '北京示例科技有限公司', idNumber: '91110105MA01D00006' };

type RegisteredPerson = typeof ZHANG_SAN;

export type UsersFixture = Awaited<ReturnType<typeof startUsers>>;

/** Users and seals with everything below them on a database of their own; only the outside world is the sandbox's. */
export async function startUsers() {
  const { database, drop } = await createTestDatabase();
  const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
  const secretBox = createSecretBox(randomBytes(32));
  const base = { database, clock, secretBox };
  const evidence = createEvidence(base);
  const jobs = createJobs({ database, log: silentLog });
  const messaging = createMessaging({ ...base, jobs, sender: createSandboxSmsSender(), keepTexts: true });
  const published: NewCallback[] = [];
  const callbacks = { publish: async (_tx: Tx, ...events: readonly NewCallback[]) => void published.push(...events) };
  const tickets = createTickets({ ...base, publicUrl: 'http://signet.test' });
  const identity = createIdentity({
    ...{ ...base, evidence, callbacks, messaging, jobs, tickets },
    files: { getMany: async () => [], upload: () => Promise.reject(new Error('no files here')) },
    registry: createSandboxRegistry(base),
    payoutBank: createSandboxPayoutBank(),
    recognition: createRecognition({ reader: createLocalOcr(), httpClient: createHttpClient({ allow: [] }) }),
  });
  const users = createUsers({ ...base, evidence, identity, callbacks, defaultSeals: createDefaultSeals() });
  const seals = createSeals({ ...base, evidence, users, callbacks });
  const grantCeremony = createGrantCeremony({ ...base, evidence, callbacks, users, messaging, tickets, seals });
  const apps = createApps(base);

  const app = async (settings: { selfCertification?: boolean; silentSigning?: boolean } = {}) =>
    (await apps.create({ name: '测试应用', smsLimits: false, ...settings })).app;

  /** A compliant personal flow: carrier check, code sent, code given back. */
  async function personFlow(owner: App, { name, idNumber, mobile }: RegisteredPerson): Promise<string> {
    const facts = { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber };
    const { verificationId } = await identity.checkCarrier(owner, { facts, mobile });
    await identity.sendSmsCode(owner, verificationId);
    const { list } = await messaging.listSandboxMessages(owner, { phone: mobile, pageNumber: 1, pageSize: 1 });
    await identity.verifySmsCode(owner, { verificationId, code: list[0]?.code ?? '' });
    return verificationId;
  }

  /** A compliant company flow, the legal representative being the agent. */
  async function companyFlow(owner: App): Promise<string> {
    const agentFlow = await personFlow(owner, ZHANG_SAN);
    const { name, idNumber } = EXAMPLE_COMPANY;
    const legalRepresentative = { ...personFacts(ZHANG_SAN) };
    const facts = { name, idDocumentType: 'CRED_ORG_USCC', idNumber, legalRepresentative };
    const checked = await identity.checkCompanyRepresentative(owner, { facts, verificationId: agentFlow });
    return checked.verificationId;
  }

  async function countRows(table: string): Promise<number> {
    const { rows } = await database.db.execute<{ total: string }>(
      sql`select count(*) as total from ${sql.identifier(table)}`,
    );
    return Number(rows[0]?.total);
  }

  return {
    ...{ ...base, drop, evidence, identity, messaging, published, users, seals, grantCeremony },
    ...{ app, personFlow, companyFlow, countRows },
  };
}

export function personFacts({ name, idNumber }: { name: string; idNumber: string }) {
  return { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber };
}

/** A person for whom a self-certifying app vouches. */
export function vouched(accountId: string, person: Partial<RegisteredPerson> = {}): NewPerson {
  const { mobile, ...facts } = { ...ZHANG_SAN, ...person };
  return { accountId, phone: mobile, facts: personFacts(facts) };
}
