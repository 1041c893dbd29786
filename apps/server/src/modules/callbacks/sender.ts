import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from './delivery.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import type { Lane } from './event.ts';
import { LanePool } from './lane-pool.ts';
import type { Claim } from './lanes.ts';
import type { CallbackTiming } from './schedule.ts';
import { sendCallback } from './sending.ts';

/** A receiver that keeps us waiting costs a socket and no thread; each finished try costs a short transaction. */
const LANES_AT_ONCE = 32;
/** Enough for 80 events a second of a receiver that takes 50 ms. */
const LANES_AT_ONCE_PER_APP = 4;
/** Most receivers have answered by then, and a stop may not take long. */
const STOP_GRACE_MS = 3_000;

export interface Sender {
  /** Sends what the lane has to send, one after the other; returns at once. */
  send(lane: Lane): void;
  stop(): Promise<void>;
}

type Parts = CallbacksDependencies & { readonly timing: CallbackTiming };

export function createSender(parts: Parts, delivery: Delivery): Sender {
  const { log, httpClient } = parts;
  let isStopping = false;
  const pool = new LanePool({ total: LANES_AT_ONCE, perApp: LANES_AT_ONCE_PER_APP, work });

  return {
    send: (lane) => pool.add(lane),
    stop: async () => {
      isStopping = true;
      const closed = pool.close();
      await Promise.race([closed, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
      // Ends the exchanges that are still under way.
      await httpClient.close();
      const left = await closed;
      if (left.length > 0) await delivery.handOver(left);
    },
  };

  async function work(lane: Lane): Promise<void> {
    try {
      let claim = await delivery.claim(lane);
      while (claim) claim = await sendOne(claim);
    } catch (err) {
      // The claim ends by itself, and the lane's job or the next sweep comes back to it.
      log.error('a callback could not be handled', { appId: lane.appId, err });
    }
  }

  async function sendOne(claim: Claim): Promise<Claim | undefined> {
    if (isStopping) return void (await delivery.release(claim));
    const result = await sendCallback(parts, claim);
    const isCutOff = isStopping && result.attempt.status === null;
    return isCutOff ? void (await delivery.release(claim)) : delivery.settle(claim, result);
  }
}
