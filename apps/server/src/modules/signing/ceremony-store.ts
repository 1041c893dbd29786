import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { Ceremony } from './ceremony.ts';
import { ceremonies } from './schema.ts';

type CeremonyKey = Pick<Ceremony, 'appId' | 'partyId'>;

export async function find(db: Db, key: CeremonyKey): Promise<Ceremony | undefined> {
  const [row] = await db.select().from(ceremonies).where(named(key));
  return row;
}

/** Keeps other commands of the same party away until the transaction ends. */
export async function lock(tx: Tx, key: CeremonyKey): Promise<Ceremony | undefined> {
  const [row] = await tx.select().from(ceremonies).where(named(key)).for('update');
  return row;
}

/** False when the page has been opened before. */
export async function insert(tx: Tx, ceremony: Ceremony): Promise<boolean> {
  const inserted = await tx
    .insert(ceremonies)
    .values(ceremony)
    .onConflictDoNothing()
    .returning({ partyId: ceremonies.partyId });
  return inserted.length > 0;
}

export async function save(tx: Tx, ceremony: Ceremony): Promise<void> {
  const { partyId: _party, appId: _app, contractId: _contract, ...columns } = ceremony;
  await tx.update(ceremonies).set(columns).where(named(ceremony));
}

function named({ appId, partyId }: CeremonyKey) {
  return and(eq(ceremonies.appId, appId), eq(ceremonies.partyId, partyId));
}
