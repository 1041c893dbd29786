/** What a try changes: the event, the address of a receiver that is gone, and the lane's next event. */
import { randomInt } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import type { Attempt, Lane } from './event.ts';
import type { Claim, Lanes } from './lanes.ts';
import { type Answer, afterReminder, afterTry, CALLBACK_TIMING, type DeliveryState, isGone } from './schedule.ts';
import * as store from './store.ts';

const JITTER_STEPS = 1_000;

/** What a try brought, with what the receiver asked for. */
export interface TryResult {
  readonly attempt: Attempt;
  readonly retryAfter: string | null;
}

export type Delivery = ReturnType<typeof createDelivery>;

export function createDelivery(dependencies: CallbacksDependencies, lanes: Lanes) {
  const { database, clock, log, apps, timing = CALLBACK_TIMING } = dependencies;

  return {
    claim: (lane: Lane): Promise<Claim | undefined> => database.transaction((tx) => lanes.claimNext(tx, lane)),

    /** Records a try and takes the lane's next event at once, in the same transaction. */
    async settle(claim: Claim, result: TryResult): Promise<Claim | undefined> {
      const { transactionId: callbackId, appId } = claim.callback;
      const { state, next } = await database.transaction(async (tx) => {
        const state = await record(tx, claim, result);
        return { state, next: state && (await lanes.claimNext(tx, claim.callback)) };
      });
      if (state?.status === 'dead') log.warn('a callback was given up', { callbackId, appId, attempt: state.tries });
      return next;
    },

    /** Gives an event back unsent; somebody else may take it now. */
    async release({ callback, until }: Claim): Promise<void> {
      await database.transaction(async (tx) => {
        const row = await store.lock(tx, callback.transactionId);
        if (row?.claimedUntil?.getTime() !== until.getTime()) return;
        await store.unclaim(tx, callback.transactionId, {});
        await lanes.lookAt(tx, callback, clock.now());
      });
    },

    /** Has each lane looked at by whichever server comes first. */
    async handOver(left: readonly Lane[]): Promise<void> {
      await database.transaction(async (tx) => {
        for (const lane of left) await lanes.lookAt(tx, lane, clock.now());
      });
    },
  };

  /** Undefined when the claim was lost: then somebody else has the lane. */
  async function record(
    tx: Tx,
    { callback, until, url }: Claim,
    { attempt, retryAfter }: TryResult,
  ): Promise<DeliveryState | undefined> {
    const row = await store.lock(tx, callback.transactionId);
    if (!row) return undefined;
    await store.insertAttempt(tx, row.transactionId, attempt);
    if (row.claimedUntil?.getTime() !== until.getTime()) return undefined;

    // 410 of an address that has been changed meanwhile says nothing about the new one.
    const isStopped = isGone(attempt) && (await apps.callbackReceiver(tx, row.appId))?.url === url;
    const answer = { status: isGone(attempt) && !isStopped ? null : attempt.status, retryAfter };
    // What was confirmed while it was being sent stands as it is.
    const state = row.status === callback.status ? stateAfter(stateOf(row), answer) : stateOf(row);
    await store.unclaim(tx, row.transactionId, state);
    if (isStopped) {
      await apps.stopCallbacks(tx, row.appId, url);
      await store.giveUpUnsent(tx, { appId: row.appId }, clock.now());
    }
    return state;
  }

  function stateAfter(state: DeliveryState, answer: Answer): DeliveryState {
    if (state.status === 'delivered') return state.confirmedAt ? state : afterReminder(state, timing);
    return afterTry(state, answer, { at: clock.now(), jitter: randomInt(JITTER_STEPS) / JITTER_STEPS, timing });
  }
}

function stateOf({ status, tries, nextTryAt, deliveredAt, confirmedAt, reminders }: DeliveryState): DeliveryState {
  return { status, tries, nextTryAt, deliveredAt, confirmedAt, reminders };
}
