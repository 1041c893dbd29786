import { lte } from 'drizzle-orm';
import { createBatcher } from '../../kernel/batcher.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { endingRows } from '../../kernel/retention.ts';
import { usedNonces } from './schema.ts';
import * as store from './store.ts';

/** How long a timestamp is good and a nonce is remembered (防重放). */
export const REPLAY_WINDOW_MS = 15 * 60_000;

export type ReplayGuard = ReturnType<typeof createReplayGuard>;

/** Remembers nonces in the database, so that several servers share them. */
export function createReplayGuard({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  const use = createBatcher(record);

  return {
    /** True when this app has not used the nonce; it counts as used while its request could be replayed, `until` included. */
    useNonce: (appId: string, nonce: string, until: Date): Promise<boolean> =>
      use({ appId, nonce, expiresAt: new Date(until.getTime() + 1) }),

    ending: endingRows(database, { table: usedNonces, isDue: (before) => lte(usedNonces.expiresAt, before) }),
  };

  /** Of equal nonces in one batch only the first can be fresh. */
  async function record(uses: readonly store.NonceUse[]): Promise<boolean[]> {
    const firsts = new Map<string, store.NonceUse>();
    for (const each of uses) if (!firsts.has(keyText(each))) firsts.set(keyText(each), each);

    const fresh = await store.recordNonces(database.db, [...firsts.values()], clock.now());
    const freshKeys = new Set(fresh.map(keyText));
    return uses.map((each) => firsts.get(keyText(each)) === each && freshKeys.has(keyText(each)));
  }
}

function keyText({ appId, nonce }: store.Nonce): string {
  return JSON.stringify([appId, nonce]);
}
