import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { smsCodes, smsCounters, smsMessages, smsTemplates } from './schema.ts';
import type { SendHistory, SmsPurpose } from './sms-code.ts';

export type SmsCodeRow = typeof smsCodes.$inferSelect;
export type SmsMessageRow = typeof smsMessages.$inferSelect;

export interface CodeKey {
  readonly appId: string;
  readonly purpose: SmsPurpose;
  readonly subject: string;
  readonly phoneHash: Uint8Array;
}

/** Serializes sends to one phone of one app until the transaction ends, so that parallel sends count each other. */
export async function lockPhone(tx: Tx, lockKey: bigint): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockKey.toString()}::bigint)`);
}

export async function sendHistory(tx: Tx, key: CodeKey, dayStart: Date): Promise<SendHistory> {
  const toPhone = and(eq(smsCodes.appId, key.appId), eq(smsCodes.phoneHash, key.phoneHash));
  const latest = tx
    .select({ createdAt: smsCodes.createdAt })
    .from(smsCodes)
    .where(toPhone)
    .orderBy(desc(smsCodes.createdAt))
    .limit(1);
  const [last] = await latest;
  const sentToday = await tx.$count(smsCodes, and(toPhone, gte(smsCodes.createdAt, dayStart)));

  return { sentToday, lastSentAt: last?.createdAt };
}

export async function insertCode(tx: Tx, row: SmsCodeRow): Promise<void> {
  await tx.insert(smsCodes).values(row);
}

/** Ids grow, so the highest one was sent last, also within one millisecond. */
export async function lockNewestCode(tx: Tx, key: CodeKey): Promise<SmsCodeRow | undefined> {
  const [row] = await tx
    .select()
    .from(smsCodes)
    .where(
      and(
        eq(smsCodes.appId, key.appId),
        eq(smsCodes.purpose, key.purpose),
        eq(smsCodes.subject, key.subject),
        eq(smsCodes.phoneHash, key.phoneHash),
      ),
    )
    .orderBy(desc(smsCodes.createdAt), desc(smsCodes.id))
    .limit(1)
    .for('update');
  return row;
}

/** To whose phone a code of that id went. */
export async function findPhoneHash(
  tx: Tx,
  { appId, purpose, codeId }: { appId: string; purpose: SmsPurpose; codeId: string },
): Promise<Uint8Array | undefined> {
  const [row] = await tx
    .select({ phoneHash: smsCodes.phoneHash })
    .from(smsCodes)
    .where(and(eq(smsCodes.appId, appId), eq(smsCodes.purpose, purpose), eq(smsCodes.id, codeId)));
  return row?.phoneHash;
}

export async function saveGuess(
  tx: Tx,
  code: SmsCodeRow,
  changes: { attemptsLeft: number; usedAt: Date | null },
): Promise<void> {
  await tx
    .update(smsCodes)
    .set(changes)
    .where(and(eq(smsCodes.appId, code.appId), eq(smsCodes.id, code.id)));
}

export async function insertMessage(tx: Tx, row: SmsMessageRow): Promise<void> {
  await tx.insert(smsMessages).values(row);
}

/** By id alone: the caller is the platform's own delivery job, not an app. */
export async function findMessage(db: Db | Tx, messageId: string): Promise<SmsMessageRow | undefined> {
  const [row] = await db.select().from(smsMessages).where(eq(smsMessages.id, messageId));
  return row;
}

export async function saveDelivery(
  tx: Tx,
  messageId: string,
  changes: Partial<Omit<SmsMessageRow, 'id' | 'appId'>>,
): Promise<void> {
  await tx.update(smsMessages).set(changes).where(eq(smsMessages.id, messageId));
}

export interface MessageFilter {
  readonly appId: string;
  readonly phoneHash: Uint8Array | undefined;
  readonly since: Date;
}

/** Newest first. */
export async function listMessages(
  db: Db,
  filter: MessageFilter,
  page: { limit: number; offset: number },
): Promise<{ rows: SmsMessageRow[]; total: number }> {
  const wanted = and(
    eq(smsMessages.appId, filter.appId),
    gte(smsMessages.createdAt, filter.since),
    sql`${smsMessages.sealed} is not null`,
    filter.phoneHash && eq(smsMessages.phoneHash, filter.phoneHash),
  );
  const rows = await db
    .select()
    .from(smsMessages)
    .where(wanted)
    .orderBy(desc(smsMessages.createdAt), desc(smsMessages.id))
    .limit(page.limit)
    .offset(page.offset);
  return { rows, total: await db.$count(smsMessages, wanted) };
}

/** Newest first, of all apps unless one is named; for operators. */
export function listRecent(
  db: Db,
  { appId, limit }: { readonly appId: string | undefined; readonly limit: number },
): Promise<SmsMessageRow[]> {
  return db
    .select()
    .from(smsMessages)
    .where(appId === undefined ? undefined : eq(smsMessages.appId, appId))
    .orderBy(desc(smsMessages.createdAt), desc(smsMessages.id))
    .limit(limit);
}

/** One more in this window. @returns how many there are now; parallel callers wait for each other. */
export async function countUp(
  tx: Tx,
  window: { readonly scope: string; readonly key: string; readonly windowStart: Date },
): Promise<number> {
  const [row] = await tx
    .insert(smsCounters)
    .values({ ...window, count: 1 })
    .onConflictDoUpdate({
      target: [smsCounters.scope, smsCounters.key, smsCounters.windowStart],
      set: { count: sql`${smsCounters.count} + 1` },
    })
    .returning({ count: smsCounters.count });
  return row?.count ?? 1;
}

/** The app's own one first. */
export async function findTemplate(
  db: Db,
  appId: string,
  code: string,
): Promise<{ readonly code: string; readonly text: string } | undefined> {
  const [row] = await db
    .select({ code: smsTemplates.code, text: smsTemplates.text })
    .from(smsTemplates)
    .where(and(inArray(smsTemplates.appId, [appId, '']), eq(smsTemplates.code, code)))
    .orderBy(desc(smsTemplates.appId))
    .limit(1);
  return row;
}

export async function saveTemplate(tx: Tx, row: typeof smsTemplates.$inferInsert): Promise<void> {
  await tx
    .insert(smsTemplates)
    .values(row)
    .onConflictDoUpdate({ target: [smsTemplates.appId, smsTemplates.code], set: { text: row.text } });
}
