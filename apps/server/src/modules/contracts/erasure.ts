/** What contracts say of a person who wants to be forgotten: what is still open stands against it, what has ended stays. */
import { and, asc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { Database, Db, Tx } from '../../kernel/database.ts';
import { contractFiles, contractParties, contracts, placements } from './schema.ts';

/** A contract that waits for this person. */
export interface OpenRole {
  readonly contractId: string;
  readonly businessCode: string | null;
  readonly accountId: string;
  /** For an organization whose agent the person is. */
  readonly asAgent: boolean;
}

/** What the person has left in contracts. */
export interface Footprint {
  /** In which the person, or an organization through the person, is a party. */
  readonly contracts: number;
  readonly signed: number;
  /** Seals that were shown, as far as contracts name them. */
  readonly sealIds: readonly number[];
  /** A signature was made with the owner's default seal of that time. */
  readonly usesDefaultSeal: boolean;
}

const OPEN = ['waiting', 'signing', 'sealing'] as const;

export function createErasure({ database }: { readonly database: Database }) {
  return {
    /** @param db a transaction that holds the users' locks, to be sure that nothing is added. */
    async openRoles(db: Db, appId: string, userIds: readonly string[]): Promise<OpenRole[]> {
      const rows = await db
        .select({
          ...{ contractId: contracts.id, businessCode: contracts.businessCode },
          ...{ accountId: contractParties.accountId, userId: contractParties.userId },
        })
        .from(contractParties)
        .innerJoin(contracts, eq(contracts.id, contractParties.contractId))
        .where(
          and(
            eq(contracts.appId, appId),
            eq(contracts.status, 'signing'),
            inArray(contractParties.status, [...OPEN]),
            or(inArray(contractParties.userId, [...userIds]), inArray(contractParties.agentUserId, [...userIds])),
          ),
        )
        .orderBy(asc(contracts.createdAt), asc(contracts.id));
      return rows.map(({ userId, ...role }) => ({ ...role, asAgent: !userIds.includes(userId) }));
    },

    async footprintOf(appId: string, userIds: readonly string[]): Promise<Footprint> {
      const { db } = database;
      const isTheirs = and(eq(contracts.appId, appId), inArray(contractParties.userId, [...userIds]));
      const [counts] = await db
        .select({
          contracts: sql<number>`count(distinct ${contracts.id})`.mapWith(Number),
          signed: sql<number>`count(*) filter (where ${contractParties.status} = 'signed')`.mapWith(Number),
        })
        .from(contractParties)
        .innerJoin(contracts, eq(contracts.id, contractParties.contractId))
        .where(isTheirs);
      const shown = await db
        .selectDistinct({ sealId: sql<number | null>`coalesce(${placements.sealId}, ${contractParties.chosenSealId})` })
        .from(placements)
        .innerJoin(contractParties, eq(contractParties.id, placements.partyId))
        .innerJoin(contracts, eq(contracts.id, contractParties.contractId))
        .where(and(isTheirs, eq(contractParties.status, 'signed')));
      const sealIds = shown.flatMap(({ sealId }) => (sealId === null ? [] : [Number(sealId)]));
      const usesDefaultSeal = shown.some(({ sealId }) => sealId === null);
      return { contracts: counts?.contracts ?? 0, signed: counts?.signed ?? 0, sealIds, usesDefaultSeal };
    },

    /** Names in the layouts of files that nobody signs any more. */
    async clearLayoutsOf(tx: Tx, appId: string, userIds: readonly string[]): Promise<void> {
      const ended = tx
        .select({ id: contracts.id })
        .from(contracts)
        .innerJoin(contractParties, eq(contractParties.contractId, contracts.id))
        .where(
          and(
            eq(contracts.appId, appId),
            ne(contracts.status, 'signing'),
            inArray(contractParties.userId, [...userIds]),
          ),
        );
      await tx
        .update(contractFiles)
        .set({ layout: null })
        .where(and(isNotNull(contractFiles.layout), inArray(contractFiles.contractId, ended)));
    },
  };
}
