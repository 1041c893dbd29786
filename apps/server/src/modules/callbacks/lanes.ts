/**
 * Which event of a lane goes out now. Everything that decides is in the database: the next event, a claim that keeps other
 * senders away, and one job per lane that looks again when the claim or the pause is over. The queue keeps no order by itself: a
 * job only says "look at this lane".
 */
import type { Tx } from '../../kernel/database.ts';
import type { CallbackReceiver } from '../apps/index.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import type { Callback, Lane } from './event.ts';
import { CALLBACK_TIMING } from './schedule.ts';
import * as store from './store.ts';

export const DELIVER_TASK = 'callbacks.deliver';

/** One event to be sent now, by nobody else until `until`. */
export interface Claim {
  readonly callback: Callback;
  readonly url: string;
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly until: Date;
}

interface OpenReceiver extends CallbackReceiver {
  readonly url: string;
}

export type Lanes = ReturnType<typeof createLanes>;

export function createLanes(dependencies: CallbacksDependencies) {
  const { clock, apps, jobs, renderer, timing = CALLBACK_TIMING } = dependencies;

  return { lookAt, claimNext };

  /** At most one job waits for a lane. */
  async function lookAt(tx: Tx, { appId, subject }: Lane, runAt: Date): Promise<void> {
    await jobs.add(tx, DELIVER_TASK, { appId, subject }, { runAt, jobKey: jobKey({ appId, subject }) });
  }

  /** Undefined when nothing is to be sent now; a job comes back to the lane in time. */
  async function claimNext(tx: Tx, lane: Lane): Promise<Claim | undefined> {
    const now = clock.now();
    const { head, claimedUntil } = await store.lockHead(tx, lane);
    if (claimedUntil && claimedUntil > now) return void (await lookAt(tx, lane, claimedUntil));

    const receiver = await openReceiver(tx, lane.appId);
    if (head && !accepts(receiver, head)) {
      await store.giveUpUnsent(tx, receiver ? { ...lane, type: head.event.type } : lane, now);
      return claimNext(tx, lane);
    }
    const next = isDue(head, now) ? head : await dueReminder(tx, lane, receiver);
    return next && receiver ? take(tx, next, receiver) : leave(tx, lane, head);
  }

  async function take(tx: Tx, callback: Callback, { url, secrets }: OpenReceiver): Promise<Claim> {
    const until = new Date(clock.now().getTime() + timing.claimMs);
    await store.claim(tx, callback.transactionId, until);
    // Should this process die, whoever finds the job goes on.
    await lookAt(tx, callback, until);
    return { callback, url, secrets, until };
  }

  async function leave(tx: Tx, lane: Lane, head: Callback | undefined): Promise<undefined> {
    if (head?.nextTryAt) return void (await lookAt(tx, lane, head.nextTryAt));
    await jobs.remove(tx, jobKey(lane));
    // An event that came after we looked had its job removed with ours.
    if (await store.hasPending(tx, lane)) await lookAt(tx, lane, clock.now());
  }

  /** Only apps that have ever confirmed a callback are reminded: the others do not know how. */
  async function dueReminder(
    tx: Tx,
    lane: Lane,
    receiver: OpenReceiver | undefined,
  ): Promise<store.LockedCallback | undefined> {
    const due = await store.lockDueReminder(tx, lane, clock.now());
    if (!due || (receiver?.confirms && accepts(receiver, due))) return due;
    await store.save(tx, due.transactionId, { nextTryAt: null });
    return dueReminder(tx, lane, receiver);
  }

  async function openReceiver(tx: Tx, appId: string): Promise<OpenReceiver | undefined> {
    const receiver = await apps.callbackReceiver(tx, appId);
    return receiver?.url && !receiver.stoppedAt ? { ...receiver, url: receiver.url } : undefined;
  }

  function accepts(receiver: OpenReceiver | undefined, { event }: Callback): boolean {
    return receiver?.types.includes(renderer.businessTypeOf(event.type)) ?? false;
  }
}

function isDue(head: Callback | undefined, now: Date): boolean {
  return head !== undefined && (head.nextTryAt === null || head.nextTryAt <= now);
}

function jobKey({ appId, subject }: Lane): string {
  return `callback:${appId}:${subject}`;
}
