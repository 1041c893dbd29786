/** An integrator with a receiver of callbacks, on a platform of its own. */
import type { SignetClient } from '@signet/sdk';
import { type CallbackInbox, openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import {
  startTestPlatform,
  type TestPlatform,
  type TestPlatformOptions,
} from '../../apps/server/src/testing/test-platform.ts';
import { clientOf } from '../journeys/people.ts';
import { ALL_TYPES, QUICK_TIMING } from './timing.ts';

export interface Scene {
  readonly platform: TestPlatform;
  readonly client: SignetClient;
  readonly inbox: CallbackInbox;
  close(): Promise<void>;
}

export async function openScene(options: TestPlatformOptions = {}): Promise<Scene> {
  const inbox = await openCallbackInbox();
  const platform = await startTestPlatform({
    callbackTiming: QUICK_TIMING,
    ...options,
    app: { callbackUrl: inbox.url, callbackTypes: ALL_TYPES, ...options.app },
  });
  const close = async (): Promise<void> => {
    await platform.close();
    await inbox.close();
  };
  return { platform, client: clientOf(platform, platform.app), inbox, close };
}
