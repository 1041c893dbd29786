import type { Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import { distinctLanes, type NewCallback } from './event.ts';
import type { Lanes } from './lanes.ts';
import * as store from './store.ts';

export function createPublish({ clock, apps, renderer }: CallbacksDependencies, lanes: Lanes) {
  return async function publish(tx: Tx, ...published: readonly [NewCallback, ...NewCallback[]]): Promise<void> {
    const wanted = await wantedTypes(tx, published);
    const occurredAt = clock.now();
    const rows = published.map(({ appId, subject, businessCode, event: { type, data } }) => {
      const isWanted = wanted.get(appId)?.has(renderer.businessTypeOf(type)) ?? false;
      const status = isWanted ? ('pending' as const) : ('unsent' as const);
      const nextTryAt = isWanted ? occurredAt : null;
      return { id: newId19(), appId, subject, businessCode, type, data, occurredAt, status, nextTryAt };
    });
    await store.insert(tx, rows);
    const pending = rows.filter(({ status }) => status === 'pending');
    for (const lane of distinctLanes(pending)) await lanes.lookAt(tx, lane, occurredAt);
  };

  /** By app: the names that are switched on; none without an address that still answers. */
  async function wantedTypes(tx: Tx, published: readonly NewCallback[]): Promise<Map<string, ReadonlySet<string>>> {
    const wanted = new Map<string, ReadonlySet<string>>();
    for (const appId of new Set(published.map((each) => each.appId))) {
      const receiver = await apps.callbackReceiver(tx, appId);
      wanted.set(appId, new Set(receiver?.url && !receiver.stoppedAt ? receiver.types : []));
    }
    return wanted;
  }
}
