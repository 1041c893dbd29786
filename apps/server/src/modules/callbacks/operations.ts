/** For operators: what was sent, what came back, and sending it again. */

import type { Tx } from '../../kernel/database.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import { type Attempt, type Callback, type DeliveryStatus, distinctLanes } from './event.ts';
import type { Lanes } from './lanes.ts';
import { type CallbackTiming, resent } from './schedule.ts';
import { type ProbeResult, probeReceiver } from './sending.ts';
import * as store from './store.ts';

const ATTEMPTS_SHOWN = 100;
export const MOST_RESENT = 10_000;

export interface CallbackSearch {
  readonly appId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  /** A name under which apps switch events on. */
  readonly businessType?: string | undefined;
  readonly contractId?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly begin?: Date | undefined;
  readonly end?: Date | undefined;
  readonly page: { readonly number: number; readonly size: number };
}

export interface CallbackDetail {
  readonly callback: Callback;
  /** As it is sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Newest first. */
  readonly attempts: readonly Attempt[];
}

type Parts = CallbacksDependencies & { readonly timing: CallbackTiming };

export function createOperations(parts: Parts, lanes: Lanes) {
  const { database, clock, apps, renderer } = parts;

  return {
    /** Of all apps, newest first. */
    list({ businessType, contractId, page, ...search }: CallbackSearch) {
      const types = businessType === undefined ? undefined : renderer.eventTypesOf(businessType);
      const subject = contractId === undefined ? undefined : `contract:${contractId}`;
      return store.list(database.db, { ...search, types, subject }, page);
    },

    async detail(transactionId: string): Promise<CallbackDetail | undefined> {
      const callback = await store.find(database.db, transactionId);
      if (!callback) return undefined;
      const attempts = await store.attemptsOf(database.db, transactionId, ATTEMPTS_SHOWN);
      return { callback, body: renderer.bodyOf(callback), attempts };
    },

    /**
     * A new schedule under the same transactionId, at most {@link MOST_RESENT} at a time, the oldest first; each keeps its place in
     * the order of its subject. What is being sent at this moment is left alone. @returns how many.
     */
    resend(selection: store.Selection, alongside?: (tx: Tx, count: number) => Promise<void>): Promise<number> {
      return database.transaction(async (tx) => {
        const now = clock.now();
        const restarted = await store.restart(tx, selection, { state: resent(now), now, limit: MOST_RESENT });
        for (const lane of distinctLanes(restarted)) await lanes.lookAt(tx, lane, now);
        await alongside?.(tx, restarted.length);
        return restarted.length;
      });
    },

    /** Never throws for what a receiver does. */
    async probe(appId: string): Promise<ProbeResult> {
      const receiver = await apps.callbackReceiver(database.db, appId);
      if (!receiver?.url) return { ok: false, status: null, failure: 'no-address', milliseconds: 0 };
      return probeReceiver(parts, receiver.url);
    },
  };
}
