import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { Apps } from '../apps/index.ts';
import type { NewCallback } from './event.ts';
import { callbackEvents } from './schema.ts';

export interface CallbacksDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly apps: Pick<Apps, 'callbackReceiver'>;
}

export type Callbacks = ReturnType<typeof createCallbacks>;

/** Events for apps: kept in the caller's transaction, sent by jobs. */
export function createCallbacks({ clock }: CallbacksDependencies) {
  return {
    async publish(tx: Tx, { appId, subject, businessCode, event }: NewCallback): Promise<void> {
      await tx.insert(callbackEvents).values({
        ...{ id: newId19(), appId, subject, businessCode, type: event.type, data: event.data },
        ...{ occurredAt: clock.now(), status: 'pending' },
      });
    },
  };
}
