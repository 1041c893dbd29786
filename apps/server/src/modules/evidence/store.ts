import { and, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { type EvidenceEntry, GENESIS_HASH, type HeadContent } from './chain.ts';
import { evidenceCheckpoints, evidenceEntries, evidenceHeads } from './schema.ts';

export type Head = HeadContent & { readonly mac: Uint8Array };

export type HashedEntry = EvidenceEntry & { readonly hash: Uint8Array };

export async function lockHead(tx: Tx, subject: string): Promise<Head | undefined> {
  const [head] = await tx.select().from(evidenceHeads).where(eq(evidenceHeads.subject, subject)).for('update');
  return head;
}

export async function findHead(db: Db, appId: string, subject: string): Promise<Head | undefined> {
  const [head] = await db
    .select()
    .from(evidenceHeads)
    .where(and(eq(evidenceHeads.subject, subject), eq(evidenceHeads.appId, appId)));
  return head;
}

/** The head, locked. That of a new subject is made first, so that two first entries at once wait for each other. */
export async function lockOrBegin(tx: Tx, subject: string, appId: string): Promise<Head> {
  const { rows } = await tx.execute<HeadRow>(sql`
    with found as (select * from evidence_heads where subject = ${subject} for update),
    begun as (
      insert into evidence_heads (subject, app_id, sequence, hash, moved, mac)
      select ${subject}, ${appId}, 0, ${Buffer.from(GENESIS_HASH)}, true, '' where not exists (select 1 from found)
      on conflict do nothing returning *)
    select * from found union all select * from begun`);
  const [row] = rows;
  // Another first entry was faster; it has been committed by now.
  const head = row ? toHead(row) : await lockHead(tx, subject);
  if (!head) throw new Error('a new chain has no head');
  return head;
}

interface HeadRow extends Record<string, unknown> {
  readonly subject: string;
  readonly app_id: string;
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly checkpoint: string | null;
  readonly moved: boolean;
  readonly mac: Uint8Array;
}

function toHead({ subject, app_id: appId, sequence, hash, checkpoint, moved, mac }: HeadRow): Head {
  return { subject, appId, sequence, hash, checkpoint: checkpoint === null ? null : Number(checkpoint), moved, mac };
}

/** New entries of one subject and the head behind them, in one statement. */
export async function saveEntries(tx: Tx, entries: readonly HashedEntry[], head: Head): Promise<void> {
  const column = <T>(of: (entry: HashedEntry) => T) => sql.param(entries.map(of));
  const bytes = (of: (entry: HashedEntry) => Uint8Array) => column((entry) => Buffer.from(of(entry)));
  await tx.execute(sql`
    with added as (
      insert into evidence_entries (subject, app_id, sequence, kind, content, at, previous_hash, hash)
      select ${head.subject}, ${head.appId}, entry.* from unnest(
        ${column((entry) => entry.sequence)}::int[], ${column((entry) => entry.kind)}::text[],
        ${column((entry) => entry.content)}::text[], ${column((entry) => entry.at.toISOString())}::timestamptz[],
        ${bytes((entry) => entry.previousHash)}::bytea[], ${bytes((entry) => entry.hash)}::bytea[]) as entry)
    update evidence_heads set sequence = ${head.sequence}, hash = ${Buffer.from(head.hash)}, moved = ${head.moved},
      mac = ${Buffer.from(head.mac)}
    where subject = ${head.subject}`);
}

export async function entriesOf(db: Db, appId: string, subject: string): Promise<HashedEntry[]> {
  return db
    .select()
    .from(evidenceEntries)
    .where(sql`${evidenceEntries.subject} = ${subject} and ${evidenceEntries.appId} = ${appId}`)
    .orderBy(evidenceEntries.sequence);
}

/** Heads that moved since they were last taken in, sorted by subject. */
export async function movedHeads(db: Db, limit: number): Promise<Head[]> {
  return db.select().from(evidenceHeads).where(sql`${evidenceHeads.moved}`).orderBy(evidenceHeads.subject).limit(limit);
}

export type Checkpoint = typeof evidenceCheckpoints.$inferSelect;

export async function lastCheckpoint(db: Db): Promise<Checkpoint | undefined> {
  const [last] = await db.select().from(evidenceCheckpoints).orderBy(sql`${evidenceCheckpoints.number} desc`).limit(1);
  return last;
}

/** Stores the checkpoint unless another server was first; heads that moved meanwhile stay for the next one. */
export async function saveCheckpoint(tx: Tx, checkpoint: Checkpoint, taken: readonly Head[]): Promise<boolean> {
  const stored = await tx.insert(evidenceCheckpoints).values(checkpoint).onConflictDoNothing().returning();
  if (stored.length === 0) return false;
  const subjects = sql.param(taken.map((head) => head.subject));
  const sequences = sql.param(taken.map((head) => head.sequence));
  const macs = sql.param(taken.map((head) => Buffer.from(head.mac)));
  await tx.execute(sql`
    update evidence_heads set checkpoint = ${checkpoint.number}, moved = false, mac = taken.mac
    from unnest(${subjects}::text[], ${sequences}::int[], ${macs}::bytea[]) as taken(subject, sequence, mac)
    where evidence_heads.subject = taken.subject and evidence_heads.sequence = taken.sequence`);
  return true;
}

/** All chains in order, a page at a time, so that memory stays bounded. */
export async function* allEntries(db: Db, pageSize = 5_000): AsyncGenerator<HashedEntry> {
  let after: SQL | undefined;
  for (;;) {
    const page = await db
      .select()
      .from(evidenceEntries)
      .where(after)
      .orderBy(evidenceEntries.subject, evidenceEntries.sequence)
      .limit(pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = sql`(${evidenceEntries.subject}, ${evidenceEntries.sequence}) > (${last.subject}, ${last.sequence})`;
  }
}

export async function* allHeads(db: Db, pageSize = 5_000): AsyncGenerator<Head> {
  let after: SQL | undefined;
  for (;;) {
    const page = await db.select().from(evidenceHeads).where(after).orderBy(evidenceHeads.subject).limit(pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = gt(evidenceHeads.subject, last.subject);
  }
}

export async function* allCheckpoints(db: Db): AsyncGenerator<Checkpoint> {
  let after: SQL | undefined;
  for (;;) {
    const [next] = await db
      .select()
      .from(evidenceCheckpoints)
      .where(after)
      .orderBy(evidenceCheckpoints.number)
      .limit(1);
    if (!next) return;
    yield next;
    after = gt(evidenceCheckpoints.number, next.number);
  }
}

/** The hash of one entry; undefined when the entry is gone. */
export async function entryHashes(
  db: Db,
  heads: readonly (readonly [subject: string, sequence: number])[],
): Promise<Map<string, string>> {
  const subjects = sql.param(heads.map(([subject]) => subject));
  const sequences = sql.param(heads.map(([, sequence]) => sequence));
  const { rows } = await db.execute<{ subject: string; hash: Buffer }>(sql`
    select e.subject, e.hash from evidence_entries e
    join unnest(${subjects}::text[], ${sequences}::int[]) as wanted(subject, sequence)
      on e.subject = wanted.subject and e.sequence = wanted.sequence`);
  return new Map(rows.map((row) => [row.subject, row.hash.toString('hex')]));
}

/** Subjects of the domain tables that have no chain at all. `tables` name where subjects come from. */
export async function subjectsWithoutChain(db: Db, tables: readonly SubjectTable[]): Promise<string[]> {
  const missing: string[] = [];
  for (const { kind, table, column } of tables) {
    const { rows } = await db.execute<{ id: string }>(sql`
      select ${sql.identifier(column)} as id from ${sql.identifier(table)} t
      where not exists (select 1 from evidence_heads h where h.subject = ${`${kind}:`} || t.${sql.identifier(column)})`);
    missing.push(...rows.map((row) => `${kind}:${row.id}`));
  }
  return missing;
}

export interface SubjectTable {
  readonly kind: string;
  readonly table: string;
  readonly column: string;
}
