import { and, asc, count, desc, eq, getTableColumns, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { Attempt, Callback, CallbackEvent, DeliveryStatus, Lane } from './event.ts';
import type { DeliveryState } from './schedule.ts';
import { callbackAttempts, callbackEvents } from './schema.ts';

type Row = typeof callbackEvents.$inferSelect;
export type NewRow = typeof callbackEvents.$inferInsert;

/** An event together with whoever sends it right now. */
export interface LockedCallback extends Callback {
  readonly claimedUntil: Date | null;
}

const inLane = ({ appId, subject }: Lane): SQL | undefined =>
  and(eq(callbackEvents.subject, subject), eq(callbackEvents.appId, appId));
const isFree = (now: Date): SQL | undefined =>
  or(isNull(callbackEvents.claimedUntil), lte(callbackEvents.claimedUntil, now));

/** In the order of the rows. */
export async function insert(tx: Tx, rows: readonly NewRow[]): Promise<void> {
  await tx.insert(callbackEvents).values([...rows]);
}

/** The next event of the lane to go out, and until when somebody sends any event of the lane. */
export async function lockHead(
  tx: Tx,
  lane: Lane,
): Promise<{ readonly head?: LockedCallback; readonly claimedUntil: Date | null }> {
  const laneClaims = sql`(select max(claims.claimed_until) from callback_events claims
    where claims.subject = ${lane.subject} and claims.app_id = ${lane.appId})`.mapWith(callbackEvents.claimedUntil);
  const [row] = await tx
    .select({ ...getTableColumns(callbackEvents), laneClaims })
    .from(callbackEvents)
    .where(and(inLane(lane), eq(callbackEvents.status, 'pending')))
    .orderBy(asc(callbackEvents.position))
    .limit(1)
    .for('update');
  if (!row) return { claimedUntil: null };
  const { laneClaims: others, ...event } = row;
  return { head: toLocked(event), claimedUntil: latest(event.claimedUntil, others as Date | null) };
}

/** A delivered event of the lane that nobody has confirmed by the time of its next reminder. */
export async function lockDueReminder(tx: Tx, lane: Lane, now: Date): Promise<LockedCallback | undefined> {
  const isDue = and(eq(callbackEvents.status, 'delivered'), lte(callbackEvents.nextTryAt, now), isFree(now));
  const [row] = await tx
    .select()
    .from(callbackEvents)
    .where(and(inLane(lane), isDue))
    .orderBy(asc(callbackEvents.position))
    .limit(1)
    .for('update');
  return row && toLocked(row);
}

export async function hasPending(tx: Tx, lane: Lane): Promise<boolean> {
  const [found] = await tx
    .select({ id: callbackEvents.id })
    .from(callbackEvents)
    .where(and(inLane(lane), eq(callbackEvents.status, 'pending')))
    .limit(1);
  return found !== undefined;
}

export async function lock(tx: Tx, transactionId: string): Promise<LockedCallback | undefined> {
  const [row] = await tx.select().from(callbackEvents).where(eq(callbackEvents.id, transactionId)).for('update');
  return row && toLocked(row);
}

export async function find(db: Db, transactionId: string): Promise<Callback | undefined> {
  const [row] = await db.select().from(callbackEvents).where(eq(callbackEvents.id, transactionId));
  return row && toLocked(row);
}

export async function claim(tx: Tx, transactionId: string, claimedUntil: Date): Promise<void> {
  await tx.update(callbackEvents).set({ claimedUntil }).where(eq(callbackEvents.id, transactionId));
}

/** Ends the claim; how the delivery stands changes with it, or stays. */
export async function unclaim(tx: Tx, transactionId: string, state: Partial<DeliveryState>): Promise<void> {
  await tx
    .update(callbackEvents)
    .set({ ...state, claimedUntil: null })
    .where(eq(callbackEvents.id, transactionId));
}

export async function save(tx: Tx, transactionId: string, state: Partial<DeliveryState>): Promise<void> {
  await tx.update(callbackEvents).set(state).where(eq(callbackEvents.id, transactionId));
}

/** What waits of an app, of one of its lanes, or of one type in a lane, will not be sent; what is under way ends as it may. */
export async function giveUpUnsent(
  tx: Tx,
  which: { readonly appId: string; readonly subject?: string; readonly type?: CallbackEvent['type'] },
  now: Date,
): Promise<void> {
  const { appId, subject, type } = which;
  const where = and(
    eq(callbackEvents.appId, appId),
    subject === undefined ? undefined : eq(callbackEvents.subject, subject),
    type === undefined ? undefined : eq(callbackEvents.type, type),
    eq(callbackEvents.status, 'pending'),
    isFree(now),
  );
  await tx.update(callbackEvents).set({ status: 'unsent', nextTryAt: null }).where(where);
}

export async function insertAttempt(tx: Tx, transactionId: string, attempt: Attempt): Promise<void> {
  await tx.insert(callbackAttempts).values({ id: newId19(), eventId: transactionId, ...attempt });
}

export async function attemptsOf(db: Db, transactionId: string, limit: number): Promise<Attempt[]> {
  const { id: _1, eventId: _2, ...columns } = getTableColumns(callbackAttempts);
  return db
    .select(columns)
    .from(callbackAttempts)
    .where(eq(callbackAttempts.eventId, transactionId))
    .orderBy(desc(callbackAttempts.at), desc(callbackAttempts.id))
    .limit(limit);
}

export interface CallbackFilter {
  readonly appId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly types?: readonly CallbackEvent['type'][] | undefined;
  readonly subject?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly begin?: Date | undefined;
  readonly end?: Date | undefined;
}

function matching(filter: CallbackFilter): SQL | undefined {
  const { appId, status, types, subject, transactionId, begin, end } = filter;
  return and(
    appId === undefined ? undefined : eq(callbackEvents.appId, appId),
    status === undefined ? undefined : eq(callbackEvents.status, status),
    types === undefined ? undefined : inArray(callbackEvents.type, [...types]),
    subject === undefined ? undefined : eq(callbackEvents.subject, subject),
    transactionId === undefined ? undefined : eq(callbackEvents.id, transactionId),
    begin === undefined ? undefined : gte(callbackEvents.occurredAt, begin),
    end === undefined ? undefined : lte(callbackEvents.occurredAt, end),
  );
}

/** Newest first. */
export async function list(
  db: Db,
  filter: CallbackFilter,
  page: { readonly number: number; readonly size: number },
): Promise<{ list: Callback[]; total: number }> {
  const where = matching(filter);
  const rows = await db
    .select()
    .from(callbackEvents)
    .where(where)
    .orderBy(desc(callbackEvents.occurredAt), desc(callbackEvents.position))
    .limit(page.size)
    .offset((page.number - 1) * page.size);
  const [total] = await db.select({ count: count() }).from(callbackEvents).where(where);
  return { list: rows.map(toLocked), total: total?.count ?? 0 };
}

export type Selection =
  | { readonly transactionIds: readonly string[] }
  | {
      readonly appId: string;
      readonly status: Exclude<DeliveryStatus, 'pending'>;
      readonly begin: Date;
      readonly end: Date;
    };

/** Starts a new schedule for what is selected, oldest first; what is being sent right now is left alone. */
export async function restart(
  tx: Tx,
  selection: Selection,
  how: { readonly state: Partial<DeliveryState>; readonly now: Date; readonly limit: number },
): Promise<Lane[]> {
  const selected =
    'transactionIds' in selection
      ? inArray(callbackEvents.id, [...selection.transactionIds])
      : matching({ ...selection });
  const chosen = tx
    .select({ id: callbackEvents.id })
    .from(callbackEvents)
    .where(and(selected, isFree(how.now)))
    .orderBy(asc(callbackEvents.position))
    .limit(how.limit);
  return tx
    .update(callbackEvents)
    .set(how.state)
    .where(and(inArray(callbackEvents.id, chosen), isFree(how.now)))
    .returning({ appId: callbackEvents.appId, subject: callbackEvents.subject });
}

/** Lanes whose next event, or a reminder, has been due since `due` and that nobody works on; the longest wait comes first. */
export async function overdueLanes(db: Db, due: Date, now: Date, limit: number): Promise<Lane[]> {
  const { rows } = await db.execute<{ app_id: string; subject: string }>(sql`
    select e.app_id, e.subject from callback_events e
    where e.next_try_at <= ${due} and (e.claimed_until is null or e.claimed_until <= ${now})
      and (e.status = 'delivered' or not exists (
        select 1 from callback_events earlier
        where earlier.subject = e.subject and earlier.app_id = e.app_id
          and earlier.position < e.position and earlier.status = 'pending'))
    group by e.app_id, e.subject order by min(e.next_try_at) limit ${limit}`);
  return rows.map((row) => ({ appId: row.app_id, subject: row.subject }));
}

function toLocked({ id, type, data, position: _, ...row }: Row): LockedCallback {
  // `type` and `data` were stored together, as the event that they make again.
  return { ...row, transactionId: id, event: { type, data } as CallbackEvent };
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
