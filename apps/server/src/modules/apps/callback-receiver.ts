import { randomBytes } from 'node:crypto';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { ROTATION_OVERLAP_HOURS } from './app.ts';
import type { AppsDependencies } from './credentials.ts';
import * as store from './store.ts';

const SECRET_BYTES = 32;
const HOUR_MS = 3_600_000;

/** 回调地址 of an app with what signs the callbacks. */
export interface CallbackReceiver {
  readonly url: string | null;
  readonly types: readonly string[];
  /** The receiver answered 410. */
  readonly stoppedAt: Date | null;
  /** `whsec_…`, the newest first; two while a rotation overlaps. */
  readonly secrets: readonly string[];
  readonly confirms: boolean;
}

/** The secret of callbacks is never the AppSecret: a receiver could send our own signed request back to our API. */
export function newCallbackSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export function sealCallbackSecret(secretBox: SecretBox, appId: string, secret: string): Uint8Array {
  return secretBox.seal(secret, callbackSecretContext(appId));
}

/** An app from before there were callbacks gets what signs them together with its first address. */
export function firstCallbackSecret(
  secretBox: SecretBox,
  { id, callbackSecret }: store.AppRow,
  { callbackUrl }: { readonly callbackUrl?: string | null },
): Partial<store.AppRow> {
  if (callbackSecret || !callbackUrl) return {};
  return { callbackSecret: sealCallbackSecret(secretBox, id, newCallbackSecret()) };
}

export function createCallbackReceivers({ database, secretBox, clock }: AppsDependencies) {
  return {
    async callbackReceiver(db: Db, appId: string): Promise<CallbackReceiver | undefined> {
      const row = await store.findById(db, appId);
      if (!row) return undefined;
      const overlaps = row.previousCallbackSecretUntil !== null && row.previousCallbackSecretUntil > clock.now();
      const boxes = [row.callbackSecret, overlaps ? row.previousCallbackSecret : null];
      return {
        url: row.callbackUrl,
        types: row.callbackTypes,
        stoppedAt: row.callbackStoppedAt,
        secrets: boxes.flatMap((box) => (box ? [secretBox.openText(box, callbackSecretContext(appId))] : [])),
        confirms: row.confirmsCallbacks,
      };
    },

    /** A new secret; callbacks carry a signature of the old one too for 24 hours more. */
    async rotateCallbackSecret(appId: string, alongside?: (tx: Tx) => Promise<void>): Promise<string> {
      const secret = newCallbackSecret();
      await database.transaction(async (tx) => {
        await replaceSecret(tx, appId, secret);
        await alongside?.(tx);
      });
      return secret;
    },

    /** A secret that the operator has chosen; one that is in use already stays as it is. */
    async adoptCallbackSecret(appId: string, secret: string): Promise<void> {
      await database.transaction(async (tx) => {
        const row = await store.lockById(tx, appId);
        const present = row?.callbackSecret && secretBox.openText(row.callbackSecret, callbackSecretContext(appId));
        if (present !== secret) await replaceSecret(tx, appId, secret);
      });
    },

    /** The address said 410 Gone. One that has been changed meanwhile goes on. */
    async stopCallbacks(tx: Tx, appId: string, goneUrl: string): Promise<void> {
      const row = await store.lockById(tx, appId);
      if (row?.callbackUrl === goneUrl) await store.update(tx, appId, { callbackStoppedAt: clock.now() });
    },

    async noteConfirmation(tx: Tx, appId: string): Promise<void> {
      await store.update(tx, appId, { confirmsCallbacks: true });
    },
  };

  async function replaceSecret(tx: Tx, appId: string, secret: string): Promise<void> {
    const row = await store.lockById(tx, appId);
    const until = new Date(clock.now().getTime() + ROTATION_OVERLAP_HOURS * HOUR_MS);
    await store.update(tx, appId, {
      callbackSecret: sealCallbackSecret(secretBox, appId, secret),
      previousCallbackSecret: row?.callbackSecret ?? null,
      previousCallbackSecretUntil: row?.callbackSecret ? until : null,
    });
  }
}

export function callbackSecretContext(appId: string): string {
  return `app.callback_secret:${appId}`;
}
