/** Whether a message has arrived, for senders that hear of it: asked a few times, then left unknown. */
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import type { SentSms, SmsDelivery, SmsSender } from './ports.ts';
import * as store from './store.ts';

export const FOLLOW_SMS = 'sms.follow';

/** After each of these pauses. Phones that are off get their messages within a day or two; nobody waits for that here. */
const PAUSES_MS = [20_000, 60_000, 5 * 60_000, 30 * 60_000, 4 * 3_600_000];
export interface FollowingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly sender: SmsSender;
  readonly jobs: Pick<Jobs, 'add'>;
  readonly keepTexts: boolean;
}

export interface FollowingTurn {
  readonly messageId: string;
  readonly round: number;
}

export async function scheduleFollowing(
  { jobs, clock }: Pick<FollowingParts, 'jobs' | 'clock'>,
  tx: Tx,
  turn: FollowingTurn,
): Promise<void> {
  const pause = PAUSES_MS[turn.round];
  if (pause === undefined) return;
  const runAt = new Date(clock.now().getTime() + pause);
  await jobs.add(tx, FOLLOW_SMS, turn, { runAt, jobKey: `${FOLLOW_SMS}:${turn.messageId}` });
}

/** @param phoneOf opens what is kept of a message until its delivery is known. */
export async function follow(
  parts: FollowingParts,
  { messageId, round }: FollowingTurn,
  phoneOf: (messageId: string, sealed: Uint8Array) => string,
): Promise<void> {
  const { database, sender, keepTexts } = parts;
  const row = await store.findMessage(database.db, messageId);
  const isAwaited = row?.status === 'sent' && row.delivery === null && row.sealed && row.reference !== null;
  if (!isAwaited || !row.sealed || row.reference === null || !sender.findDelivery) return;
  const phone = phoneOf(messageId, row.sealed);
  const sent = { phone, reference: row.reference, sentAt: row.settledAt ?? row.createdAt };
  const answer = await ask(sender.findDelivery, sent);

  const found = answer === 'refused' ? undefined : answer;
  const isOver = answer !== undefined || round + 1 >= PAUSES_MS.length;
  const forgotten = isOver && !keepTexts ? { sealed: null } : {};
  const changes = found ? { delivery: found.state, reason: found.reason ?? null, ...forgotten } : forgotten;
  await database.transaction(async (tx) => {
    if (Object.keys(changes).length > 0) await store.saveDelivery(tx, messageId, changes);
    if (!isOver) await scheduleFollowing(parts, tx, { messageId, round: round + 1 });
  });
}

/** A vendor that gives no answer is asked again in the next round; one that refuses to say (it is not enabled there) is not. */
async function ask(
  findDelivery: NonNullable<SmsSender['findDelivery']>,
  sent: SentSms,
): Promise<SmsDelivery | 'refused' | undefined> {
  try {
    return await findDelivery(sent);
  } catch (error) {
    if (!(error instanceof RemoteCallError)) throw error;
    return error.reason === 'refused' ? 'refused' : undefined;
  }
}
