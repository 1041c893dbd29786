import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { Tries } from './lockout.ts';
import type { Operator } from './operator.ts';
import { consoleSetup, operators } from './schema.ts';

export type OperatorRow = typeof operators.$inferSelect;

const SETUP_ROW = 1;

export async function hasOperators(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: operators.id }).from(operators).limit(1);
  return row !== undefined;
}

export async function all(db: Db): Promise<OperatorRow[]> {
  return db.select().from(operators).orderBy(asc(operators.createdAt), asc(operators.id));
}

/** All of them, always in the same order: what depends on who else is there must see them stand still. */
export async function lockAll(tx: Tx): Promise<OperatorRow[]> {
  return tx.select().from(operators).orderBy(asc(operators.id)).for('update');
}

export async function findByName(db: Db, name: string): Promise<OperatorRow | undefined> {
  const [row] = await db.select().from(operators).where(eq(operators.name, name));
  return row;
}

export async function lockByName(tx: Tx, name: string): Promise<OperatorRow | undefined> {
  const [row] = await tx.select().from(operators).where(eq(operators.name, name)).for('update');
  return row;
}

export async function lockById(tx: Tx, id: string): Promise<OperatorRow | undefined> {
  const [row] = await tx.select().from(operators).where(eq(operators.id, id)).for('update');
  return row;
}

/** False when the name is taken, also by a transaction that commits at the same moment. */
export async function insert(tx: Tx, row: OperatorRow): Promise<boolean> {
  const inserted = await tx.insert(operators).values(row).onConflictDoNothing().returning({ id: operators.id });
  return inserted.length > 0;
}

export async function update(tx: Tx, id: string, change: Partial<OperatorRow>): Promise<void> {
  await tx.update(operators).set(change).where(eq(operators.id, id));
}

/** The counted try was none; what others have counted since stays. */
export async function takeBackTry(tx: Tx, id: string, counted: Tries): Promise<void> {
  await tx
    .update(operators)
    .set({ failedLogins: sql`greatest(${operators.failedLogins} - 1, 0)` })
    .where(eq(operators.id, id));
  if (counted.lockedUntil === null) return;
  await tx
    .update(operators)
    .set({ lockedUntil: null })
    .where(and(eq(operators.id, id), eq(operators.lockedUntil, counted.lockedUntil)));
}

export function toOperator(row: OperatorRow): Operator {
  return {
    ...{ id: row.id, name: row.name, role: row.role, mustChangePassword: row.mustChangePassword },
    ...{ totpEnabled: row.totpEnabledAt !== null, disabled: row.disabledAt !== null, lockedUntil: row.lockedUntil },
    ...{ createdAt: row.createdAt, lastLoginAt: row.lastLoginAt },
  };
}

/** The newest code counts. */
export async function saveSetupCode(tx: Tx, codeHash: Uint8Array, at: Date): Promise<void> {
  const values = { codeHash, createdAt: at };
  await tx
    .insert(consoleSetup)
    .values({ id: SETUP_ROW, ...values })
    .onConflictDoUpdate({ target: consoleSetup.id, set: values });
}

export async function findSetupCode(db: Db): Promise<Uint8Array | undefined> {
  const [row] = await db.select({ codeHash: consoleSetup.codeHash }).from(consoleSetup);
  return row?.codeHash;
}

/** Takes the code away; undefined when somebody else has done so. */
export async function takeSetupCode(tx: Tx): Promise<Uint8Array | undefined> {
  const [row] = await tx.delete(consoleSetup).returning({ codeHash: consoleSetup.codeHash });
  return row?.codeHash;
}
