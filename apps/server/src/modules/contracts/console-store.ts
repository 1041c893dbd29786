/** Queries for operators, across apps. */
import { and, asc, count, desc, eq, exists, gte, ilike, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../kernel/database.ts';
import type { ContractStatus } from './contract.ts';
import { contractParties, contracts, fileRevisions } from './schema.ts';
import type { ContractRow } from './store.ts';

export interface ContractSearch {
  readonly appId?: string | undefined;
  readonly status?: ContractStatus | undefined;
  /** contractId, businessCode or a part of the name. */
  readonly search?: string | undefined;
  /** Of a party. */
  readonly accountId?: string | undefined;
  /** Only those with a signature that is owed and has failed. */
  readonly troubled?: boolean | undefined;
  readonly begin?: Date | undefined;
  readonly end?: Date | undefined;
  readonly page: number;
  readonly pageSize: number;
}

export interface PartyCounts {
  readonly parties: number;
  readonly signedParties: number;
  readonly isTroubled: boolean;
}

const isTroubled = sql`${contractParties.status} = 'sealing' and ${contractParties.sealingError} is not null`;

/** Newest first. */
export async function search(db: Db, wanted: ContractSearch): Promise<{ list: ContractRow[]; total: number }> {
  const where = matching(db, wanted);
  const list = await db
    .select()
    .from(contracts)
    .where(where)
    .orderBy(desc(contracts.createdAt), desc(contracts.id))
    .limit(wanted.pageSize)
    .offset((wanted.page - 1) * wanted.pageSize);
  const [total] = await db.select({ count: count() }).from(contracts).where(where);
  return { list, total: total?.count ?? 0 };
}

function matching(db: Db, { appId, status, search, accountId, troubled, begin, end }: ContractSearch): SQL | undefined {
  const hasParty = (condition: SQL | undefined): SQL =>
    exists(
      db
        .select({ one: sql`1` })
        .from(contractParties)
        .where(and(eq(contractParties.contractId, contracts.id), condition)),
    );
  return and(
    appId === undefined ? undefined : eq(contracts.appId, appId),
    status && eq(contracts.status, status),
    search === undefined ? undefined : mentions(search),
    accountId === undefined ? undefined : hasParty(eq(contractParties.accountId, accountId)),
    troubled ? hasParty(isTroubled) : undefined,
    begin && gte(contracts.createdAt, begin),
    end && lte(contracts.createdAt, end),
  );
}

function mentions(text: string): SQL | undefined {
  const anywhere = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return or(eq(contracts.id, text), eq(contracts.businessCode, text), ilike(contracts.name, anywhere));
}

export async function countParties(db: Db, contractIds: readonly string[]): Promise<ReadonlyMap<string, PartyCounts>> {
  const rows = await db
    .select({
      contractId: contractParties.contractId,
      parties: count(),
      signedParties: sql<number>`count(*) filter (where ${contractParties.status} = 'signed')`.mapWith(Number),
      isTroubled: sql<boolean>`bool_or(${isTroubled})`,
    })
    .from(contractParties)
    .where(inArray(contractParties.contractId, [...contractIds]))
    .groupBy(contractParties.contractId);
  return new Map(rows.map(({ contractId, ...counts }) => [contractId, counts]));
}

/** Of whatever app. */
export async function find(db: Db, contractId: string): Promise<ContractRow | undefined> {
  const [row] = await db.select().from(contracts).where(eq(contracts.id, contractId));
  return row;
}

/** SHA-256 of each file as it stands. */
export async function newestDigests(db: Db, contractId: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { fileCode, sha256, revision } = fileRevisions;
  const rows = await db
    .selectDistinctOn([fileCode], { fileCode, sha256 })
    .from(fileRevisions)
    .where(eq(fileRevisions.contractId, contractId))
    .orderBy(asc(fileCode), desc(revision));
  return new Map(rows.map((row) => [row.fileCode, row.sha256]));
}
