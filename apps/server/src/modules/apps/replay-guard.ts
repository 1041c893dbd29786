import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import * as store from './store.ts';

/** How long a timestamp is good and a nonce is remembered (防重放). */
export const REPLAY_WINDOW_MS = 15 * 60_000;
const MAX_BATCH = 1_000;

interface Waiting extends store.NonceUse {
  readonly answer: (fresh: boolean) => void;
  readonly fail: (error: unknown) => void;
}

export type ReplayGuard = ReturnType<typeof createReplayGuard>;

/**
 * Remembers nonces in the database, so that several servers share them. Calls that arrive while a statement is under way
 * go out together with the next one: one round trip then serves many requests.
 */
export function createReplayGuard({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  let waiting: Waiting[] = [];
  let running = false;

  return {
    /** True when this app has not used the nonce; it counts as used while its request could be replayed, `until` included. */
    useNonce(appId: string, nonce: string, until: Date): Promise<boolean> {
      return new Promise((answer, fail) => {
        waiting.push({ appId, nonce, expiresAt: new Date(until.getTime() + 1), answer, fail });
        if (!running) void drain();
      });
    },

    async purgeExpired(): Promise<void> {
      await database.transaction((tx) => store.purgeNonces(tx, clock.now()));
    },
  };

  async function drain(): Promise<void> {
    running = true;
    // Lets requests of the same event-loop turn join the first batch.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      await record(batch);
    }
    running = false;
  }

  async function record(batch: readonly Waiting[]): Promise<void> {
    const firsts = new Map<string, Waiting>();
    for (const use of batch) {
      const key = JSON.stringify([use.appId, use.nonce]);
      if (firsts.has(key)) use.answer(false);
      else firsts.set(key, use);
    }
    try {
      const fresh = await store.recordNonces(database.db, [...firsts.values()], clock.now());
      const freshKeys = new Set(fresh.map((use) => JSON.stringify([use.appId, use.nonce])));
      for (const [key, use] of firsts) use.answer(freshKeys.has(key));
    } catch (error) {
      for (const use of firsts.values()) use.fail(error);
    }
  }
}
