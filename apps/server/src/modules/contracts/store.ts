import { and, asc, count, desc, eq, exists, gte, lte, min, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../kernel/database.ts';
import type { Contract, ContractStatus, Party } from './contract.ts';
import { contractAttachments, contractFiles, contractParties, contracts, fileRevisions, placements } from './schema.ts';

export type ContractRow = typeof contracts.$inferSelect;
export type ContractFile = typeof contractFiles.$inferSelect;
export type FileRevision = typeof fileRevisions.$inferSelect;
export type Placement = typeof placements.$inferSelect;
export type Attachment = typeof contractAttachments.$inferSelect;

export interface NewContract {
  readonly contract: ContractRow;
  readonly files: readonly ContractFile[];
  readonly revisions: readonly FileRevision[];
  readonly attachments: readonly Attachment[];
  readonly parties: readonly Party[];
  readonly placements: readonly Placement[];
}

/** A statement may carry 65,535 values. */
const ROWS_PER_INSERT = 2_000;

export async function insertContract(tx: Tx, rows: NewContract): Promise<void> {
  await tx.insert(contracts).values(rows.contract);
  await insertAll(tx, contractFiles, rows.files);
  await insertAll(tx, fileRevisions, rows.revisions);
  await insertAll(tx, contractAttachments, rows.attachments);
  await insertAll(tx, contractParties, rows.parties.map(toPartyRow));
  await insertAll(tx, placements, rows.placements);
}

async function insertAll<Table extends PgTable>(tx: Tx, table: Table, rows: readonly Table['$inferInsert'][]) {
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    await tx.insert(table).values(rows.slice(i, i + ROWS_PER_INSERT));
  }
}

/** `businessCode` stands for `contractId` everywhere. */
export type ContractKey = { readonly contractId?: string | undefined; readonly businessCode?: string | undefined };

function named(appId: string, key: ContractKey): SQL | undefined {
  const by = key.contractId ? eq(contracts.id, key.contractId) : eq(contracts.businessCode, key.businessCode ?? '');
  return and(eq(contracts.appId, appId), by);
}

export async function find(db: Db, appId: string, key: ContractKey): Promise<ContractRow | undefined> {
  const [row] = await db.select().from(contracts).where(named(appId, key));
  return row;
}

export async function lock(tx: Tx, appId: string, key: ContractKey): Promise<ContractRow | undefined> {
  const [row] = await tx.select().from(contracts).where(named(appId, key)).for('update');
  return row;
}

export async function saveContract(tx: Tx, contract: Contract): Promise<void> {
  const { status, closedAt, closingReason, signDeadlineAt } = contract;
  await tx
    .update(contracts)
    .set({ status, closedAt, closingReason, signDeadlineAt })
    .where(and(eq(contracts.id, contract.id), eq(contracts.appId, contract.appId)));
}

export async function partiesOf(db: Db, contractId: string): Promise<Party[]> {
  return db
    .select()
    .from(contractParties)
    .where(eq(contractParties.contractId, contractId))
    .orderBy(asc(contractParties.sequenceNumber), asc(contractParties.id));
}

/** Writes those parties that differ from what was read. */
export async function saveParties(tx: Tx, before: readonly Party[], after: readonly Party[]): Promise<void> {
  for (const [i, party] of after.entries()) {
    if (party === before[i]) continue;
    const { id, contractId, ...columns } = toPartyRow(party);
    await tx
      .update(contractParties)
      .set(columns)
      .where(and(eq(contractParties.id, id), eq(contractParties.contractId, contractId)));
  }
}

function toPartyRow(party: Party): typeof contractParties.$inferSelect {
  return { ...party, intentModes: [...party.intentModes] };
}

export async function filesOf(db: Db, contractId: string): Promise<ContractFile[]> {
  return db
    .select()
    .from(contractFiles)
    .where(eq(contractFiles.contractId, contractId))
    .orderBy(asc(contractFiles.fileOrder));
}

export async function attachmentsOf(db: Db, contractId: string): Promise<Attachment[]> {
  return db
    .select()
    .from(contractAttachments)
    .where(eq(contractAttachments.contractId, contractId))
    .orderBy(asc(contractAttachments.fileOrder));
}

export async function placementsOf(db: Db, contractId: string, partyId?: string): Promise<Placement[]> {
  const ofParty = partyId ? eq(placements.partyId, partyId) : undefined;
  return db
    .select()
    .from(placements)
    .where(and(eq(placements.contractId, contractId), ofParty))
    .orderBy(asc(placements.partyId), asc(placements.position));
}

export async function revisionsOf(db: Db, contractId: string): Promise<FileRevision[]> {
  return db
    .select()
    .from(fileRevisions)
    .where(eq(fileRevisions.contractId, contractId))
    .orderBy(asc(fileRevisions.fileCode), asc(fileRevisions.revision));
}

export async function insertRevisions(tx: Tx, revisions: readonly FileRevision[]): Promise<void> {
  await insertAll(tx, fileRevisions, revisions);
}

export async function saveLayout(tx: Tx, file: ContractFile): Promise<void> {
  await tx
    .update(contractFiles)
    .set({ layout: file.layout })
    .where(and(eq(contractFiles.contractId, file.contractId), eq(contractFiles.fileCode, file.fileCode)));
}

/** Takes the right to append to the contract's files; undefined while someone else has it. */
export async function claim(tx: Tx, contractId: string, token: string, times: { now: Date; until: Date }) {
  const [row] = await tx
    .update(contracts)
    .set({ claimToken: token, claimUntil: times.until })
    .where(
      and(
        eq(contracts.id, contractId),
        sql`(${contracts.claimToken} is null or ${contracts.claimUntil} <= ${times.now})`,
      ),
    )
    .returning();
  return row;
}

export async function renewClaim(tx: Tx, contractId: string, token: string, until: Date): Promise<void> {
  await tx
    .update(contracts)
    .set({ claimUntil: until })
    .where(and(eq(contracts.id, contractId), eq(contracts.claimToken, token)));
}

export async function unclaim(tx: Tx, contractId: string, token: string): Promise<boolean> {
  const freed = await tx
    .update(contracts)
    .set({ claimToken: null, claimUntil: null })
    .where(and(eq(contracts.id, contractId), eq(contracts.claimToken, token)))
    .returning({ id: contracts.id });
  return freed.length === 1;
}

export interface ContractFilter {
  readonly status?: ContractStatus | undefined;
  readonly accountId?: string | undefined;
  readonly begin?: Date | undefined;
  readonly end?: Date | undefined;
  readonly pageNumber: number;
  readonly pageSize: number;
}

export async function list(
  db: Db,
  appId: string,
  filter: ContractFilter,
): Promise<{ list: Contract[]; total: number }> {
  const { status, accountId, begin, end, pageNumber, pageSize } = filter;
  const isParty = (account: string) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(contractParties)
        .where(and(eq(contractParties.contractId, contracts.id), eq(contractParties.accountId, account))),
    );
  const where = and(
    eq(contracts.appId, appId),
    status && eq(contracts.status, status),
    accountId === undefined ? undefined : isParty(accountId),
    begin && gte(contracts.createdAt, begin),
    end && lte(contracts.createdAt, end),
  );
  const rows = await db
    .select()
    .from(contracts)
    .where(where)
    .orderBy(desc(contracts.createdAt), desc(contracts.id))
    .limit(pageSize)
    .offset((pageNumber - 1) * pageSize);
  const [total] = await db.select({ count: count() }).from(contracts).where(where);
  return { list: rows, total: total?.count ?? 0 };
}

/** Contracts whose deadline has passed. */
export async function overdue(db: Db, now: Date, limit: number): Promise<{ id: string; appId: string }[]> {
  return db
    .select({ id: contracts.id, appId: contracts.appId })
    .from(contracts)
    .where(and(eq(contracts.status, 'signing'), lte(contracts.signDeadlineAt, now)))
    .limit(limit);
}

export interface OwedSeal {
  readonly appId: string;
  readonly contractId: string;
  readonly partyId: string;
  readonly accountId: string;
  readonly since: Date | null;
  readonly attempts: number;
  readonly error: string | null;
}

/** Parties that have confirmed their will and whose signature is not there yet. */
export async function owedSeals(db: Db, confirmedBefore: Date): Promise<OwedSeal[]> {
  return db
    .select({
      appId: contracts.appId,
      contractId: contractParties.contractId,
      partyId: contractParties.id,
      accountId: contractParties.accountId,
      since: contractParties.sealingSince,
      attempts: contractParties.sealingAttempts,
      error: contractParties.sealingError,
    })
    .from(contractParties)
    .innerJoin(contracts, eq(contracts.id, contractParties.contractId))
    .where(and(eq(contractParties.status, 'sealing'), lte(contractParties.sealingSince, confirmedBefore)))
    .orderBy(asc(contractParties.sealingSince));
}

export interface SealingDebt {
  readonly owed: number;
  readonly failing: number;
  readonly oldestAt: Date | null;
}

export async function sealingDebt(db: Db): Promise<SealingDebt> {
  const [debt] = await db
    .select({
      owed: count(),
      failing: count(contractParties.sealingError),
      oldestAt: min(contractParties.sealingSince),
    })
    .from(contractParties)
    .where(eq(contractParties.status, 'sealing'));
  return debt ?? { owed: 0, failing: 0, oldestAt: null };
}

export async function noteSealingFailure(tx: Tx, partyId: string, error: string): Promise<void> {
  await tx
    .update(contractParties)
    .set({ sealingError: error, sealingAttempts: sql`${contractParties.sealingAttempts} + 1` })
    .where(eq(contractParties.id, partyId));
}
