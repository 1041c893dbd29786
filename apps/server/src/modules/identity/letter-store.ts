import { and, asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { authorizationLetters, identityChecks } from './schema.ts';

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
  const isOpen = and(eq(identityChecks.kind, 'authorization-letter'), eq(identityChecks.outcome, 'processing'));

  return {
    find: async (db, checkId) => {
      const [row] = await db.select().from(authorizationLetters).where(eq(authorizationLetters.checkId, checkId));
      return row && toLetter(row);
    },
    insert: async (tx, { agent, ...rest }) => {
      const sealed = secretBox.seal(JSON.stringify(agent), agentContext(rest.checkId));
      await tx.insert(authorizationLetters).values({ ...rest, agent: sealed });
    },
    saveDecider: async (tx, checkId, decidedBy) => {
      await tx.update(authorizationLetters).set({ decidedBy }).where(eq(authorizationLetters.checkId, checkId));
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
