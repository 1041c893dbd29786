import { and, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { createBatcher } from '../../kernel/batcher.ts';
import type { Db, Tx } from '../../kernel/database.ts';
import { forgottenAccounts, userSubjects, users } from './schema.ts';
import type { ReadableRow, UserRow } from './sealed-row.ts';
import type { UserKind } from './user.ts';

/** Keeps the account unless its id is taken, also by a transaction that commits at the same moment. */
export async function insert(tx: Tx, row: UserRow): Promise<boolean> {
  const kept = await tx
    .insert(users)
    .values(row)
    .onConflictDoNothing({ target: [users.appId, users.accountId] })
    .returning({ id: users.id });
  return kept.length > 0;
}

export async function update(tx: Tx, row: UserRow): Promise<void> {
  await tx
    .update(users)
    .set(row)
    .where(and(eq(users.appId, row.appId), eq(users.id, row.id)));
}

export async function findByAccount(db: Db, appId: string, accountId: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(ofAccount(appId, accountId));
  return row;
}

export async function lockByAccount(tx: Tx, appId: string, accountId: string): Promise<UserRow | undefined> {
  const [row] = await tx.select().from(users).where(ofAccount(appId, accountId)).for('update');
  return row;
}

export async function findByAccounts(db: Db, appId: string, accountIds: readonly string[]): Promise<UserRow[]> {
  return db
    .select()
    .from(users)
    .where(and(eq(users.appId, appId), inArray(users.accountId, [...accountIds])));
}

export async function findById(db: Db, appId: string, userId: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.appId, appId), eq(users.id, userId)));
  return row;
}

export async function isForgotten(db: Db, appId: string, accountHash: Uint8Array): Promise<boolean> {
  const where = and(eq(forgottenAccounts.appId, appId), eq(forgottenAccounts.accountHash, accountHash));
  return (await db.$count(forgottenAccounts, where)) > 0;
}

/** Which of them are there. Changing their data goes on meanwhile, erasing them waits. */
export async function lockPresence(tx: Tx, appId: string, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.appId, appId), inArray(users.id, [...userIds])))
    .orderBy(users.id)
    .for('key share');
  return rows.map(({ id }) => id);
}

export interface Subject {
  readonly appId: string;
  readonly kind: UserKind;
  readonly idNumberHash: Uint8Array;
}

/**
 * The psnId or corpId of an id number: `candidate` when it is new. Of two first accounts made at once the later one waits until the
 * earlier one is committed and takes its id; once the row is there, nobody waits.
 */
export async function claimSubjectId(tx: Tx, subject: Subject, candidate: string): Promise<string> {
  const claimed = await tx
    .insert(userSubjects)
    .values({ ...subject, subjectId: candidate })
    .onConflictDoNothing()
    .returning({ subjectId: userSubjects.subjectId });
  if (claimed.length > 0) return candidate;

  const { appId, kind, idNumberHash } = subject;
  const [known] = await tx
    .select({ subjectId: userSubjects.subjectId })
    .from(userSubjects)
    .where(
      and(eq(userSubjects.appId, appId), eq(userSubjects.kind, kind), eq(userSubjects.idNumberHash, idNumberHash)),
    );
  if (!known) throw new Error('a subject row that was there is gone');
  return known.subjectId;
}

/** A user as it is answered: with the account id of the agent. */
export interface FoundUser {
  readonly user: ReadableRow;
  readonly agentAccountId: string | null;
}

interface LookupKey {
  readonly appId: string;
  readonly kind: UserKind;
}

// What the key says already is not read again: every column of an answer costs.
const { appId: _appId, kind: _kind, idNumberHash: _hash, ...readColumns } = getTableColumns(users);

type AccountKey = LookupKey & { readonly accountId: string };

function keyText({ appId, kind, accountId }: AccountKey): string {
  return JSON.stringify([appId, kind, accountId]);
}

export type Lookups = ReturnType<typeof prepareLookups>;

/** The queries behind the most frequent calls, planned once for each connection. */
export function prepareLookups(db: Db) {
  const agents = alias(users, 'agents');
  const select = () =>
    db
      .select({ ...readColumns, agentAccountId: agents.accountId })
      .from(users)
      .leftJoin(agents, and(eq(agents.id, users.agentUserId), eq(agents.appId, users.appId)));
  const ofApp = and(eq(users.appId, sql.placeholder('appId')), eq(users.kind, sql.placeholder('kind')));

  const byAccounts = db
    .select({ ...getTableColumns(users), agentAccountId: agents.accountId })
    .from(users)
    .leftJoin(agents, and(eq(agents.id, users.agentUserId), eq(agents.appId, users.appId)))
    .where(
      sql`(${users.appId}, ${users.kind}, ${users.accountId}) in (select * from unnest(
        ${sql.placeholder('appIds')}::text[], ${sql.placeholder('kinds')}::text[], ${sql.placeholder('accountIds')}::text[]))`,
    )
    .prepare('users_by_account');
  const byIdNumber = select()
    .where(and(ofApp, eq(users.idNumberHash, sql.placeholder('idNumberHash'))))
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(1)
    .prepare('user_by_id_number');
  const idByAccount = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.appId, sql.placeholder('appId')), eq(users.accountId, sql.placeholder('accountId'))))
    .prepare('user_id_by_account');

  function toFound({ appId, kind }: LookupKey, [row]: Awaited<ReturnType<typeof byIdNumber.execute>>) {
    return row && { user: { ...row, appId, kind }, agentAccountId: row.agentAccountId };
  }

  /** Queries of many callers at once, of whatever app: every row goes back only to the key that names it. */
  async function findByKeys(keys: readonly AccountKey[]): Promise<(FoundUser | undefined)[]> {
    const rows = await byAccounts.execute({
      appIds: keys.map((key) => key.appId),
      kinds: keys.map((key) => key.kind),
      accountIds: keys.map((key) => key.accountId),
    });
    const found = new Map(rows.map((row) => [keyText(row), { user: row, agentAccountId: row.agentAccountId }]));
    return keys.map((key) => found.get(keyText(key)));
  }

  return {
    isAccountTaken: async (appId: string, accountId: string): Promise<boolean> =>
      (await idByAccount.execute({ appId, accountId })).length > 0,

    byAccount: createBatcher(findByKeys),

    /** Several accounts may share a number: the newest one. */
    async byIdNumber(key: Subject): Promise<FoundUser | undefined> {
      return toFound(key, await byIdNumber.execute({ ...key }));
    },
  };
}

function ofAccount(appId: string, accountId: string) {
  return and(eq(users.appId, appId), eq(users.accountId, accountId));
}
