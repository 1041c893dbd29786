/** What an app does with a callback that it got: looks it up, and says that it has processed it. */
import { ApiError } from '@signet/protocol/errors';
import type { CallbacksDependencies } from './dependencies.ts';
import type { Callback } from './event.ts';
import type { Lanes } from './lanes.ts';
import * as store from './store.ts';

export function createAcknowledging({ database, clock, apps }: CallbacksDependencies, lanes: Lanes) {
  return {
    /** 获取回调信息. */
    async get(appId: string, transactionId: string): Promise<Callback> {
      return ofApp(appId, transactionId, await store.find(database.db, transactionId));
    },

    /** 回调成功确认: the app has it, however it came by it, so it is not sent again. Confirming twice changes nothing. */
    async confirm(appId: string, transactionId: string): Promise<void> {
      await database.transaction(async (tx) => {
        const callback = ofApp(appId, transactionId, await store.lock(tx, transactionId));
        const { status, deliveredAt, confirmedAt } = callback;
        if (confirmedAt && status === 'delivered') return;

        const now = clock.now();
        const had = { deliveredAt: deliveredAt ?? now, confirmedAt: confirmedAt ?? now };
        await store.save(tx, transactionId, { ...had, status: 'delivered', nextTryAt: null });
        // Later ones of its subject may have waited for it.
        if (status === 'pending') await lanes.lookAt(tx, callback, now);
        const receiver = await apps.callbackReceiver(tx, appId);
        if (!receiver?.confirms) await apps.noteConfirmation(tx, appId);
      });
    },
  };
}

function ofApp(appId: string, callbackId: string, callback: Callback | undefined): Callback {
  if (callback?.appId !== appId) throw new ApiError('CALLBACK_NOT_FOUND', { callbackId });
  return callback;
}
