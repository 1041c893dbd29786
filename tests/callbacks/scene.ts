/** An integrator with a receiver of callbacks, on a platform of its own. */
import { createHmac } from 'node:crypto';
import type { SignetClient } from '@signet/sdk';
import {
  type CallbackInbox,
  openCallbackInbox,
  type ReceivedCallback,
} from '../../apps/server/src/testing/callback-inbox.ts';
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

/** What Standard Webhooks says, and nothing of ours. */
export function expectedSignature(secret: string, { headers, body }: ReceivedCallback): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

export function signaturesOf({ headers }: ReceivedCallback): string[] {
  return String(headers['webhook-signature']).split(' ');
}
