import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { GrantedSeal, SealGrant } from './grant.ts';
import { sealGrants, seals } from './schema.ts';

export async function insertGrant(tx: Tx, grant: SealGrant): Promise<void> {
  await tx.insert(sealGrants).values(grant);
}

export async function findGrant(db: Db, appId: string, authorizeCode: string): Promise<SealGrant | undefined> {
  const [grant] = await db.select().from(sealGrants).where(ofCode(appId, authorizeCode));
  return grant;
}

export async function lockGrant(tx: Tx, appId: string, authorizeCode: string): Promise<SealGrant | undefined> {
  const [grant] = await tx.select().from(sealGrants).where(ofCode(appId, authorizeCode)).for('update');
  return grant;
}

/** The grant and its seal as they are until the transaction ends. */
export async function lockGranted(tx: Tx, appId: string, authorizeCode: string): Promise<GrantedSeal | undefined> {
  const [granted] = await tx
    .select({ grant: getTableColumns(sealGrants), sealStatus: seals.status })
    .from(sealGrants)
    .innerJoin(seals, eq(seals.id, sealGrants.sealId))
    .where(ofCode(appId, authorizeCode))
    .for('update');
  return granted;
}

export async function saveGrant(tx: Tx, grant: SealGrant): Promise<void> {
  const { state, authorizedAt, cancelledAt, pageOpenedAt } = grant;
  await tx
    .update(sealGrants)
    .set({ state, authorizedAt, cancelledAt, pageOpenedAt })
    .where(ofCode(grant.appId, grant.authorizeCode));
}

export async function grantsOf(db: Db, appId: string, sealIds: readonly number[]): Promise<SealGrant[]> {
  if (sealIds.length === 0) return [];
  return db
    .select()
    .from(sealGrants)
    .where(and(eq(sealGrants.appId, appId), inArray(sealGrants.sealId, [...sealIds])))
    .orderBy(desc(sealGrants.createdAt), desc(sealGrants.authorizeCode));
}

/** The named grant, or all that a user has given. */
export async function grantedSeals(
  db: Db,
  appId: string,
  key: { readonly authorizeCode: string } | { readonly ownerId: string },
): Promise<GrantedSeal[]> {
  const which =
    'authorizeCode' in key ? eq(sealGrants.authorizeCode, key.authorizeCode) : eq(sealGrants.ownerId, key.ownerId);
  return db
    .select({ grant: getTableColumns(sealGrants), sealStatus: seals.status })
    .from(sealGrants)
    .innerJoin(seals, eq(seals.id, sealGrants.sealId))
    .where(and(eq(sealGrants.appId, appId), which));
}

function ofCode(appId: string, authorizeCode: string) {
  return and(eq(sealGrants.appId, appId), eq(sealGrants.authorizeCode, authorizeCode));
}
