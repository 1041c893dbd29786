import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { App } from './app.ts';
import * as store from './store.ts';

/** How long a change made by another process may stay unseen. */
const CACHE_MS = 1_000;

/** What the gateway needs to know of a caller. */
export interface AppCredentials {
  readonly app: App;
  /** The secrets that are valid now, two while a rotation overlaps. */
  readonly secrets: readonly string[];
}

export interface AppsDependencies {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}

export type Credentials = ReturnType<typeof createCredentials>;

/** Keys and secrets of callers, kept in memory for a second, so that a call costs no query for its key. */
export function createCredentials({ database, secretBox, clock }: AppsDependencies) {
  const cache = new Map<string, { readonly until: number; readonly found: Promise<AppCredentials | undefined> }>();

  return {
    find(appKey: string): Promise<AppCredentials | undefined> {
      const now = clock.now().getTime();
      const cached = cache.get(appKey);
      if (cached && cached.until > now) return cached.found;

      const found = load(appKey);
      cache.set(appKey, { until: now + CACHE_MS, found });
      // Unknown keys are not kept: they would let anyone fill the memory.
      found.then(
        (credentials) => credentials ?? cache.delete(appKey),
        () => cache.delete(appKey),
      );
      return found;
    },
  };

  async function load(appKey: string): Promise<AppCredentials | undefined> {
    const row = await store.findByKey(database.db, appKey);
    if (!row) return undefined;
    const overlaps = row.previousSecretUntil !== null && row.previousSecretUntil > clock.now();
    const boxes = [row.secret, ...(overlaps && row.previousSecret ? [row.previousSecret] : [])];
    const secrets = boxes.map((box) => secretBox.openText(box, secretContext(row.id)));
    return { app: store.toApp(row), secrets };
  }
}

export function secretContext(appId: string): string {
  return `app.secret:${appId}`;
}
