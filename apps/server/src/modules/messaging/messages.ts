/** Messages on their way: queued in the caller's transaction, handed to the sender by a job. */
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { SmsLimits } from './limits.ts';
import type { SmsSender } from './ports.ts';
import { CODE_TTL_SECONDS } from './sms-code.ts';
import { countParts, type MessageKind } from './sms-text.ts';
import * as store from './store.ts';

const HOUR_MS = 3_600_000;
export const KEEP_TEXT_MS = 24 * HOUR_MS;

// With the queue's growing pauses this outlasts the life of a code.
const DELIVERY_ATTEMPTS = 8;

export const DELIVER_SMS = 'sms.deliver';

export interface MessagingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly sender: SmsSender;
  readonly jobs: Pick<Jobs, 'add'>;
  /** Sandbox mode: the text stays readable for 24 hours for the test helper. Otherwise it is gone once it is delivered. */
  readonly keepTexts: boolean;
  /** The usual ones unless given. */
  readonly limits?: SmsLimits;
}

export interface NewMessage {
  readonly appId: string;
  readonly phone: string;
  readonly text: string;
  readonly kind: MessageKind;
  readonly code?: string;
  readonly templateCode?: string;
}

export interface SandboxMessage {
  readonly phone: string;
  readonly text: string;
  readonly code: string | null;
  readonly at: Date;
}

/** @returns the message's id. */
export async function queueMessage(parts: MessagingParts, tx: Tx, message: NewMessage): Promise<string> {
  const { appId, phone, text, kind, code = null, templateCode = null } = message;
  const messageId = newId19();
  await store.insertMessage(tx, {
    ...{ id: messageId, appId, kind, templateCode, parts: countParts(text), status: 'queued' },
    phoneHash: hashPhone(parts, phone),
    sealed: parts.secretBox.seal(JSON.stringify({ phone, text, code }), messageContext(messageId)),
    createdAt: parts.clock.now(),
    settledAt: null,
  });
  await parts.jobs.add(
    tx,
    DELIVER_SMS,
    { messageId },
    { jobKey: `${DELIVER_SMS}:${messageId}`, maxAttempts: DELIVERY_ATTEMPTS },
  );
  return messageId;
}

/** A code that has expired by now is not sent any more, and a notice not after a day. */
const LATE_AFTER_MS: Readonly<Record<MessageKind, number>> = {
  code: CODE_TTL_SECONDS * 1000,
  notice: KEEP_TEXT_MS,
  bank: KEEP_TEXT_MS,
};

/** At least once: a crash between sending and recording sends the same message again, which does no harm. */
export async function deliver(parts: MessagingParts, messageId: string): Promise<void> {
  const row = await store.findMessage(parts.database.db, messageId);
  if (row?.status !== 'queued' || !row.sealed) return;
  const { phone, text } = openMessage(parts, row.id, row.sealed);
  const isLate = parts.clock.now().getTime() - row.createdAt.getTime() > LATE_AFTER_MS[row.kind];
  const { status } = isLate ? ({ status: 'failed' } as const) : await parts.sender.send({ phone, text });

  const settled = { status, settledAt: parts.clock.now() };
  await parts.database.transaction((tx) =>
    store.saveDelivery(tx, messageId, parts.keepTexts ? settled : { ...settled, sealed: null }),
  );
}

export async function listSandboxMessages(
  parts: MessagingParts,
  appId: string,
  query: { phone?: string | undefined; pageNumber: number; pageSize: number },
): Promise<{ list: SandboxMessage[]; total: number }> {
  const { rows, total } = await store.listMessages(
    parts.database.db,
    {
      appId,
      phoneHash: query.phone === undefined ? undefined : hashPhone(parts, query.phone),
      since: new Date(parts.clock.now().getTime() - KEEP_TEXT_MS),
    },
    { limit: query.pageSize, offset: (query.pageNumber - 1) * query.pageSize },
  );
  const list = rows.flatMap((row) =>
    row.sealed ? [{ ...openMessage(parts, row.id, row.sealed), at: row.createdAt }] : [],
  );
  return { list, total };
}

export function hashPhone({ secretBox }: Pick<MessagingParts, 'secretBox'>, phone: string): Uint8Array {
  return secretBox.keyedHash(phone, 'sms.phone');
}

function openMessage(
  parts: MessagingParts,
  messageId: string,
  sealed: Uint8Array,
): { phone: string; text: string; code: string | null } {
  return JSON.parse(parts.secretBox.openText(sealed, messageContext(messageId)));
}

export function messageContext(messageId: string): string {
  return `sms_messages.sealed:${messageId}`;
}
