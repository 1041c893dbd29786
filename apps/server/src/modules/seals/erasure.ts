/** Forgetting an owner: grants end, and drawings that stand in no signed file are wiped. */
import { and, eq, inArray, notInArray, or } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { cancel } from './grant.ts';
import { type GrantsDependencies, note } from './grant-changes.ts';
import * as grantStore from './grant-store.ts';
import { sealGrants, seals } from './schema.ts';
import type { StoredArtwork } from './seal.ts';

export interface Owned {
  readonly seals: readonly { readonly id: number; readonly kind: string; readonly listed: boolean }[];
  /** Codes of grants that are not cancelled. */
  readonly grants: readonly string[];
}

/** Nothing is left to be seen, and a row that grants refer to stays. */
const WIPED: StoredArtwork = { widthMm: 1, heightMm: 1, width: 1, height: 1, items: [] };

export function createErasure({ database, clock, evidence }: GrantsDependencies) {
  return {
    async ownedBy(appId: string, ownerIds: readonly string[]): Promise<Owned> {
      return findOwned(database.db, appId, ownerIds);
    },

    /** No callback: the app asked for it, or the operator in its place. */
    async eraseOwned(
      tx: Tx,
      appId: string,
      { ownerIds, keep }: { readonly ownerIds: readonly string[]; readonly keep: readonly number[] },
    ): Promise<void> {
      for (const authorizeCode of (await findOwned(tx, appId, ownerIds)).grants) {
        const grant = await grantStore.lockGrant(tx, appId, authorizeCode);
        if (!grant || grant.state === 'cancelled') continue;
        await grantStore.saveGrant(tx, cancel(grant, clock.now()));
        const content = { ownerId: grant.ownerId, sealId: grant.sealId, by: 'person-forgotten' };
        await note({ evidence }, tx, grant, [{ kind: 'seal-grant-cancelled', content }]);
      }
      const owned = and(eq(seals.appId, appId), inArray(seals.ownerId, [...ownerIds]));
      await tx.update(seals).set({ status: 'revoked', listed: false }).where(owned);
      await tx
        .update(seals)
        .set({ artwork: WIPED })
        .where(and(owned, notInArray(seals.id, [...keep])));
    },
  };
}

async function findOwned(db: Db, appId: string, ownerIds: readonly string[]): Promise<Owned> {
  const found = await db
    .select({ id: seals.id, kind: seals.kind, listed: seals.listed })
    .from(seals)
    .where(and(eq(seals.appId, appId), inArray(seals.ownerId, [...ownerIds])));
  const grants = await db
    .select({ authorizeCode: sealGrants.authorizeCode })
    .from(sealGrants)
    .where(
      and(
        eq(sealGrants.appId, appId),
        inArray(sealGrants.ownerId, [...ownerIds]),
        or(eq(sealGrants.state, 'pending'), eq(sealGrants.state, 'authorized')),
      ),
    );
  return { seals: found, grants: grants.map(({ authorizeCode }) => authorizeCode) };
}
