import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { type NamedPerson, personHash } from './person-hash.ts';
import { authorizationLetters, identityChecks, verifications } from './schema.ts';

/** Whom a letter names as agent. */
export interface LetterAgent {
  readonly name: string;
  readonly idNumber: string;
}

export interface Letter {
  readonly checkId: string;
  readonly appId: string;
  readonly verificationId: string;
  readonly fileCode: string;
  readonly agent: LetterAgent;
  /** Undefined while it is under review. */
  readonly decidedBy: string | undefined;
}

export interface LetterStore {
  /** By id alone: the caller is the platform's own reviewer, or has found the check in a flow of its app. */
  find(db: Db | Tx, checkId: string): Promise<Letter | undefined>;
  insert(tx: Tx, letter: Omit<Letter, 'decidedBy'>): Promise<void>;
  saveDecider(tx: Tx, checkId: string, decidedBy: string): Promise<void>;
  /** Those of a flow that are under review or have been approved. */
  listStanding(db: Db | Tx, verificationId: string): Promise<Letter[]>;
  /** Flows of the app that have no agent and whose letter, not refused, names this person. */
  listWaiting(db: Db | Tx, person: NamedPerson): Promise<string[]>;
  /** Serializes a letter that names a person and the end of that person's own flow. */
  lockPerson(tx: Tx, person: NamedPerson): Promise<void>;
  /** Letters under review across apps, the oldest first. */
  listOpen(
    db: Db,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ list: (Letter & { readonly uploadedAt: Date })[]; total: number }>;
}

export function createLetterStore(secretBox: SecretBox): LetterStore {
  const toLetter = (row: typeof authorizationLetters.$inferSelect): Letter => ({
    ...row,
    agent: JSON.parse(secretBox.openText(row.agent, agentContext(row.checkId))) as LetterAgent,
    decidedBy: row.decidedBy ?? undefined,
  });
  const hashOf = (person: NamedPerson) => personHash(secretBox, person);
  const isStanding = ne(identityChecks.outcome, 'un_passed');
  const isOpen = and(eq(identityChecks.kind, 'authorization-letter'), eq(identityChecks.outcome, 'processing'));

  return {
    find: async (db, checkId) => {
      const [row] = await db.select().from(authorizationLetters).where(eq(authorizationLetters.checkId, checkId));
      return row && toLetter(row);
    },
    insert: async (tx, { agent, ...rest }) => {
      const sealed = secretBox.seal(JSON.stringify(agent), agentContext(rest.checkId));
      const agentHash = hashOf({ appId: rest.appId, idNumber: agent.idNumber });
      await tx.insert(authorizationLetters).values({ ...rest, agent: sealed, agentHash });
    },
    saveDecider: async (tx, checkId, decidedBy) => {
      await tx.update(authorizationLetters).set({ decidedBy }).where(eq(authorizationLetters.checkId, checkId));
    },
    listStanding: async (db, verificationId) => {
      const rows = await db
        .select({ letter: authorizationLetters })
        .from(authorizationLetters)
        .innerJoin(identityChecks, eq(identityChecks.id, authorizationLetters.checkId))
        .where(and(eq(authorizationLetters.verificationId, verificationId), isStanding));
      return rows.map(({ letter }) => toLetter(letter));
    },
    listWaiting: async (db, person) => {
      const named = and(
        eq(authorizationLetters.appId, person.appId),
        eq(authorizationLetters.agentHash, hashOf(person)),
      );
      const rows = await db
        .selectDistinct({ verificationId: authorizationLetters.verificationId })
        .from(authorizationLetters)
        .innerJoin(identityChecks, eq(identityChecks.id, authorizationLetters.checkId))
        .innerJoin(verifications, eq(verifications.id, authorizationLetters.verificationId))
        .where(and(named, isStanding, isNull(verifications.agentVerificationId), isNull(verifications.usedAt)));
      return rows.map(({ verificationId }) => verificationId);
    },
    lockPerson: async (tx, person) => {
      const key = Buffer.from(hashOf(person)).readBigInt64BE();
      await tx.execute(sql`select pg_advisory_xact_lock(${key.toString()}::bigint)`);
    },
    listOpen: async (db, { limit, offset }) => {
      const rows = await db
        .select({ letter: authorizationLetters, uploadedAt: identityChecks.createdAt })
        .from(identityChecks)
        .innerJoin(authorizationLetters, eq(authorizationLetters.checkId, identityChecks.id))
        .where(isOpen)
        .orderBy(asc(identityChecks.createdAt), asc(identityChecks.id))
        .limit(limit)
        .offset(offset);
      const list = rows.map(({ letter, uploadedAt }) => ({ ...toLetter(letter), uploadedAt }));
      return { list, total: await db.$count(identityChecks, isOpen) };
    },
  };
}

export function agentContext(checkId: string): string {
  return `authorization_letters.agent:${checkId}`;
}
