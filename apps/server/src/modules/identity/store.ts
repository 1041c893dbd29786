import { and, asc, desc, eq, isNotNull, lte } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { type NamedPerson, personHash } from './person-hash.ts';
import type { CompanyFacts, PersonFacts } from './ports.ts';
import { identityChecks, verifications } from './schema.ts';
import type { Dossier, IdentityCheck, Verification } from './verification.ts';

type VerificationRow = typeof verifications.$inferSelect;
type CheckRow = typeof identityChecks.$inferSelect;

/** Flows and their checks. Finding by id ignores the app on purpose: another app's flow has a refusal of its own. */
export interface VerificationStore {
  find(db: Db | Tx, verificationId: string): Promise<Verification | undefined>;
  lock(tx: Tx, verificationId: string): Promise<Verification | undefined>;
  findNewest(db: Db | Tx, appId: string, businessCode: string): Promise<Verification | undefined>;
  /** The person's own flow that last made progress, among the app's compliant ones. */
  findCertified(db: Db | Tx, person: NamedPerson): Promise<Verification | undefined>;
  /** The flow with its checks in their order and, for a company, its agent's flow. */
  loadDossier(db: Db | Tx, verification: Verification): Promise<Dossier>;
  insert(tx: Tx, verification: Verification): Promise<void>;
  save(tx: Tx, verification: Verification): Promise<void>;
  insertCheck(tx: Tx, check: IdentityCheck & { readonly requestId: string }): Promise<void>;
  saveCheck(tx: Tx, check: IdentityCheck & { readonly requestId: string }): Promise<void>;
  /** The flow that a check belongs to, whose app it may be. */
  findByCheck(db: Db | Tx, checkId: string): Promise<Verification | undefined>;
  /** Open checks whose time is over, the oldest first. */
  listOverdue(db: Db, now: Date, limit: number): Promise<{ checkId: string; verificationId: string }[]>;
}

export function createVerificationStore(secretBox: SecretBox): VerificationStore {
  const open = (row: VerificationRow | undefined) => row && toVerification(secretBox, row);
  const find = async (db: Db | Tx, verificationId: string) => {
    const [row] = await db.select().from(verifications).where(eq(verifications.id, verificationId));
    return open(row);
  };

  return {
    find,
    lock: async (tx, verificationId) => {
      const [row] = await tx.select().from(verifications).where(eq(verifications.id, verificationId)).for('update');
      return open(row);
    },
    findNewest: async (db, appId, businessCode) => {
      const [row] = await db
        .select()
        .from(verifications)
        .where(and(eq(verifications.appId, appId), eq(verifications.businessCode, businessCode)))
        .orderBy(desc(verifications.createdAt))
        .limit(1);
      return open(row);
    },
    findCertified: async (db, person) => open(await findCertifiedRow(secretBox, db, person)),
    loadDossier: async (db, verification) => {
      const checks = await listChecks(secretBox, db, verification.id);
      if (verification.kind === 'person') return { verification, checks };
      const agentId = verification.agentVerificationId;
      const agent = agentId === undefined ? undefined : await find(db, agentId);
      if (agent?.kind !== 'person') return { verification, checks, agent: undefined };
      return {
        verification,
        checks,
        agent: { verification: agent, checks: await listChecks(secretBox, db, agent.id) },
      };
    },
    insert: async (tx, verification) => {
      await tx.insert(verifications).values(toRow(secretBox, verification));
    },
    save: async (tx, verification) => {
      await tx
        .update(verifications)
        .set(toRow(secretBox, verification))
        .where(and(eq(verifications.appId, verification.appId), eq(verifications.id, verification.id)));
    },
    insertCheck: async (tx, check) => {
      const { at, mobile, ...rest } = check;
      const sealed = mobile === undefined ? null : secretBox.seal(mobile, mobileContext(check.id));
      await tx.insert(identityChecks).values({ ...rest, mobile: sealed, createdAt: at });
    },
    saveCheck: async (tx, { id, verificationId, outcome, reason, source, requestId, endedAt }) => {
      await tx
        .update(identityChecks)
        .set({ outcome, reason, source, requestId, endedAt: endedAt ?? null })
        .where(and(eq(identityChecks.id, id), eq(identityChecks.verificationId, verificationId)));
    },
    findByCheck: async (db, checkId) => {
      const [row] = await db
        .select({ verification: verifications })
        .from(identityChecks)
        .innerJoin(verifications, eq(verifications.id, identityChecks.verificationId))
        .where(eq(identityChecks.id, checkId));
      return open(row?.verification);
    },
    listOverdue: (db, now, limit) =>
      db
        .select({ checkId: identityChecks.id, verificationId: identityChecks.verificationId })
        .from(identityChecks)
        .where(and(eq(identityChecks.outcome, 'processing'), lte(identityChecks.expiresAt, now)))
        .orderBy(asc(identityChecks.expiresAt))
        .limit(limit),
  };
}

async function findCertifiedRow(
  secretBox: SecretBox,
  db: Db | Tx,
  person: NamedPerson,
): Promise<VerificationRow | undefined> {
  const isTheirs = and(
    eq(verifications.appId, person.appId),
    eq(verifications.personHash, personHash(secretBox, person)),
  );
  const [row] = await db
    .select()
    .from(verifications)
    .where(and(isTheirs, isNotNull(verifications.certifiedAt)))
    .orderBy(desc(verifications.lastProgressAt))
    .limit(1);
  return row;
}

async function listChecks(secretBox: SecretBox, db: Db | Tx, verificationId: string): Promise<IdentityCheck[]> {
  const rows = await db
    .select()
    .from(identityChecks)
    .where(eq(identityChecks.verificationId, verificationId))
    .orderBy(asc(identityChecks.createdAt), asc(identityChecks.id));
  return rows.map((row) => toCheck(secretBox, row));
}

function toCheck(secretBox: SecretBox, row: CheckRow): IdentityCheck {
  const { id, verificationId, kind, outcome, source, reason, createdAt: at } = row;
  const mobile = row.mobile ? secretBox.openText(row.mobile, mobileContext(id)) : undefined;
  const times = { at, expiresAt: row.expiresAt ?? undefined, endedAt: row.endedAt ?? undefined };
  return { id, verificationId, kind, outcome, mobile, source, reason, ...times };
}

function toVerification(secretBox: SecretBox, row: VerificationRow): Verification {
  const facts: unknown = JSON.parse(secretBox.openText(row.facts, factsContext(row.id)));
  const common = {
    id: row.id,
    appId: row.appId,
    businessCode: row.businessCode ?? undefined,
    createdAt: row.createdAt,
    lastProgressAt: row.lastProgressAt,
    heldUntil: row.heldUntil ?? undefined,
    certifiedAt: row.certifiedAt ?? undefined,
    usedAt: row.usedAt ?? undefined,
    accountId: row.accountId ?? undefined,
  };
  if (row.kind === 'person') return { ...common, kind: 'person', facts: facts as PersonFacts };
  const agentVerificationId = row.agentVerificationId ?? undefined;
  return { ...common, kind: 'organization', facts: facts as CompanyFacts, agentVerificationId };
}

function toRow(secretBox: SecretBox, verification: Verification): VerificationRow {
  const { id, appId, kind, createdAt, lastProgressAt } = verification;
  const idNumber = kind === 'person' ? verification.facts.idNumber : undefined;
  return {
    ...{ id, appId, kind, createdAt, lastProgressAt },
    businessCode: verification.businessCode ?? null,
    facts: secretBox.seal(JSON.stringify(verification.facts), factsContext(id)),
    personHash: idNumber === undefined ? null : personHash(secretBox, { appId, idNumber }),
    agentVerificationId: (verification.kind === 'organization' && verification.agentVerificationId) || null,
    certifiedAt: verification.certifiedAt ?? null,
    usedAt: verification.usedAt ?? null,
    heldUntil: verification.heldUntil ?? null,
    accountId: verification.accountId ?? null,
  };
}

export function factsContext(verificationId: string): string {
  return `verifications.facts:${verificationId}`;
}

export function mobileContext(checkId: string): string {
  return `identity_checks.mobile:${checkId}`;
}
