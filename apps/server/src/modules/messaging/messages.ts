/** Messages on their way: queued in the caller's transaction, handed to the sender by a job. */
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { scheduleFollowing } from './following.ts';
import type { SmsLimits } from './limits.ts';
import type { SmsReceipt, SmsSender, SmsTemplate } from './ports.ts';
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
  /** 短信签名, without its brackets; ours unless given. */
  readonly signature?: string | undefined;
}

export interface NewMessage {
  readonly appId: string;
  readonly phone: string;
  readonly text: string;
  readonly kind: MessageKind;
  readonly code?: string;
  /** Absent for a text that somebody else has written. */
  readonly template?: SmsTemplate;
}

/** `queued` → `sent` or `failed`; a sender that hears of it adds `delivered` or `undelivered`. */
export type MessageState = store.SmsMessageRow['status'] | 'delivered' | 'undelivered';

/** How a message fared, without whom it went to and what it said. */
export interface MessageFate {
  readonly state: MessageState;
  /** As how many messages it goes out. */
  readonly parts: number;
  readonly source: string | null;
  readonly reason: string | null;
}

export interface SandboxMessage extends MessageFate {
  readonly phone: string;
  readonly text: string;
  readonly code: string | null;
  readonly at: Date;
}

export interface RecentMessage extends MessageFate {
  readonly messageId: string;
  readonly appId: string;
  readonly kind: MessageKind;
  readonly templateCode: string | null;
  readonly at: Date;
}

/** @returns the message's id. */
export async function queueMessage(parts: MessagingParts, tx: Tx, message: NewMessage): Promise<string> {
  const { appId, phone, text, kind, code = null, template } = message;
  const messageId = newId19();
  await store.insertMessage(tx, {
    ...{ id: messageId, appId, kind, templateCode: template?.code ?? null, parts: countParts(text), status: 'queued' },
    phoneHash: hashPhone(parts, phone),
    sealed: sealMessage(parts, messageId, { phone, text, code, template }),
    createdAt: parts.clock.now(),
    ...{ settledAt: null, source: null, reference: null, reason: null, delivery: null },
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

const TOO_LATE = { status: 'failed', source: 'signet', reason: '已过有效时间,未发送' } as const;

/** At least once: a crash between sending and recording sends the same message again, which does no harm. */
export async function deliver(parts: MessagingParts, messageId: string): Promise<void> {
  const row = await store.findMessage(parts.database.db, messageId);
  if (row?.status !== 'queued' || !row.sealed) return;
  const { phone, text, template } = openMessage(parts, row.id, row.sealed);
  const isLate = parts.clock.now().getTime() - row.createdAt.getTime() > LATE_AFTER_MS[row.kind];
  const receipt: SmsReceipt = isLate ? TOO_LATE : await parts.sender.send({ messageId, phone, text, template });

  const { status, source, reference = null, reason = null } = receipt;
  const isFollowed = status === 'sent' && reference !== null && parts.sender.findDelivery !== undefined;
  const kept = isFollowed ? sealMessage(parts, messageId, { phone, text: '', code: null }) : null;
  await parts.database.transaction(async (tx) => {
    const settled = { status, source, reference, reason, settledAt: parts.clock.now() };
    await store.saveDelivery(tx, messageId, parts.keepTexts ? settled : { ...settled, sealed: kept });
    if (isFollowed) await scheduleFollowing(parts, tx, { messageId, round: 0 });
  });
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
    row.sealed ? [{ ...shownOf(openMessage(parts, row.id, row.sealed)), ...fateOf(row), at: row.createdAt }] : [],
  );
  return { list, total };
}

export async function listRecentMessages(
  { database }: MessagingParts,
  query: { readonly appId: string | undefined; readonly limit: number },
): Promise<RecentMessage[]> {
  const rows = await store.listRecent(database.db, query);
  return rows.map((row) => {
    const { id: messageId, appId, kind, templateCode, createdAt: at } = row;
    return { messageId, appId, kind, templateCode, at, ...fateOf(row) };
  });
}

function fateOf({ status, delivery, parts, source, reason }: store.SmsMessageRow): MessageFate {
  return { state: delivery ?? status, parts, source, reason };
}

function shownOf({ phone, text, code }: SealedMessage): Pick<SandboxMessage, 'phone' | 'text' | 'code'> {
  return { phone, text, code };
}

export function hashPhone({ secretBox }: Pick<MessagingParts, 'secretBox'>, phone: string): Uint8Array {
  return secretBox.keyedHash(phone, 'sms.phone');
}

interface SealedMessage {
  readonly phone: string;
  readonly text: string;
  readonly code: string | null;
  readonly template?: SmsTemplate | undefined;
}

function sealMessage({ secretBox }: MessagingParts, messageId: string, message: SealedMessage): Uint8Array {
  return secretBox.seal(JSON.stringify(message), messageContext(messageId));
}

export function openMessage(
  { secretBox }: Pick<MessagingParts, 'secretBox'>,
  messageId: string,
  sealed: Uint8Array,
): SealedMessage {
  return JSON.parse(secretBox.openText(sealed, messageContext(messageId)));
}

export function messageContext(messageId: string): string {
  return `sms_messages.sealed:${messageId}`;
}
