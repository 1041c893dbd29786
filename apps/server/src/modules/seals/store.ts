import { and, count, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { seals } from './schema.ts';
import type { Seal, SealStatus, SealSummary } from './seal.ts';

const { artwork: _artwork, ...summaryColumns } = getTableColumns(seals);

/** Gives the seal its number. */
export async function insertSeal(tx: Tx, seal: Omit<Seal, 'id'>): Promise<number> {
  const id = sql<number>`nextval('seal_numbers')`;
  const [kept] = await tx
    .insert(seals)
    .values({ ...seal, id })
    .returning({ id: seals.id });
  if (!kept) throw new Error('a seal was not kept');
  return kept.id;
}

export async function setStatus(tx: Tx, appId: string, sealId: number, status: SealStatus): Promise<void> {
  await tx.update(seals).set({ status }).where(ofApp(appId, sealId));
}

export async function findSeal(db: Db, appId: string, sealId: number): Promise<Seal | undefined> {
  const [seal] = await db.select().from(seals).where(ofApp(appId, sealId));
  return seal;
}

export async function findSummary(db: Db, appId: string, sealId: number): Promise<SealSummary | undefined> {
  const [seal] = await db.select(summaryColumns).from(seals).where(ofApp(appId, sealId));
  return seal;
}

/** Keeps the seal as it is until the transaction ends. */
export async function lockSeal(tx: Tx, appId: string, sealId: number): Promise<SealSummary | undefined> {
  const [seal] = await tx.select(summaryColumns).from(seals).where(ofApp(appId, sealId)).for('update');
  return seal;
}

/** The picture's address alone proves the right to see it, so no app is asked for. */
export async function findArtwork(db: Db, sealId: number): Promise<Seal['artwork'] | undefined> {
  const [found] = await db.select({ artwork: seals.artwork }).from(seals).where(eq(seals.id, sealId));
  return found?.artwork;
}

export interface Page {
  readonly number: number;
  readonly size: number;
}

/** Newest first. */
export async function listByOwner(db: Db, appId: string, ownerId: string, page: Page): Promise<SealSummary[]> {
  return db
    .select(summaryColumns)
    .from(seals)
    .where(listedOf(appId, ownerId))
    .orderBy(desc(seals.id))
    .limit(page.size)
    .offset((page.number - 1) * page.size);
}

export async function countByOwner(db: Db, appId: string, ownerId: string): Promise<number> {
  const [counted] = await db.select({ total: count() }).from(seals).where(listedOf(appId, ownerId));
  return counted?.total ?? 0;
}

const choiceColumns = {
  ...{ id: seals.id, name: seals.name, kind: seals.kind },
  widthMm: sql<number>`(${seals.artwork} ->> 'widthMm')::float8`,
  heightMm: sql<number>`(${seals.artwork} ->> 'heightMm')::float8`,
};

/** Newest first. */
export async function listChoices(db: Db, appId: string, ownerId: string, most: number) {
  return db
    .select(choiceColumns)
    .from(seals)
    .where(and(listedOf(appId, ownerId), eq(seals.status, 'enabled')))
    .orderBy(desc(seals.id))
    .limit(most);
}

export async function findChoice(db: Db, appId: string, sealId: number) {
  const [found] = await db.select(choiceColumns).from(seals).where(ofApp(appId, sealId));
  return found;
}

function ofApp(appId: string, sealId: number) {
  return and(eq(seals.appId, appId), eq(seals.id, sealId));
}

function listedOf(appId: string, ownerId: string) {
  return and(eq(seals.appId, appId), eq(seals.ownerId, ownerId), eq(seals.listed, true));
}
