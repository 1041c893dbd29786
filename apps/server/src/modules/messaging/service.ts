import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { newId19, newSixDigitCode } from '../../kernel/ids.ts';
import type { CronEntry, Jobs, Task } from '../../kernel/jobs.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { App } from '../apps/index.ts';
import type { SmsSender } from './ports.ts';
import {
  CODE_TTL_SECONDS,
  codeText,
  type Guess,
  judgeGuess,
  MAX_ATTEMPTS,
  refuseExcessiveSending,
  SECONDS_BETWEEN_SENDS,
  type SmsPurpose,
  startOfDay,
} from './sms-code.ts';
import * as store from './store.ts';

const HOUR_MS = 3_600_000;
const KEEP_TEXT_MS = 24 * HOUR_MS;
// The daily limit looks back one day at most.
const KEEP_CODE_MS = 48 * HOUR_MS;

// With the queue's growing pauses this outlasts the life of a code.
const DELIVERY_ATTEMPTS = 8;

const DELIVER_SMS = 'sms.deliver';
const PURGE_SMS = 'sms.purge';

export interface MessagingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly sender: SmsSender;
  readonly jobs: Pick<Jobs, 'add'>;
  /** Sandbox mode: the text stays readable for 24 hours for the test helper. Otherwise it is gone once it is delivered. */
  readonly keepTexts: boolean;
}

type CodeApp = Pick<App, 'id' | 'smsLimits'>;

/** Where a code belongs: it counts only for this purpose, this subject and this phone. */
export interface CodeTarget {
  readonly purpose: SmsPurpose;
  readonly subject: string;
  readonly phone: string;
}

export interface IssuedCode {
  readonly codeId: string;
  readonly expireSeconds: number;
  /** When the next one may be asked for; 0 without limits. */
  readonly resendAfterSeconds: number;
  /** Sandbox mode only, where the message leaves the machine for nobody. */
  readonly sandboxCode?: string;
}

export interface SandboxMessage {
  readonly phone: string;
  readonly text: string;
  readonly code: string | null;
  readonly at: Date;
}

export interface Messaging {
  /** Makes a code and queues its message; it goes out after the caller's transaction has been committed. */
  issueCode(tx: Tx, app: CodeApp, target: CodeTarget): Promise<IssuedCode>;
  /** Judges a guess at the newest code. A wrong guess is a value and costs one of five tries, so the caller must commit. */
  verifyCode(tx: Tx, app: CodeApp, guess: CodeTarget & { code: string; codeId?: string }): Promise<Guess>;
  /** Hands a queued message to the sender; one that is no longer queued is left alone. */
  deliver(messageId: string): Promise<void>;
  listSandboxMessages(
    app: Pick<App, 'id'>,
    query: { phone?: string | undefined; pageNumber: number; pageSize: number },
  ): Promise<{ list: SandboxMessage[]; total: number }>;
  /** Drops texts after 24 hours and codes after 48. */
  purgeExpired(): Promise<{ texts: number; codes: number }>;
  /** What the job runner has to do for this module, and when. */
  readonly tasks: Readonly<Record<string, Task>>;
  readonly cron: readonly CronEntry[];
}

export function createMessaging(parts: MessagingParts): Messaging {
  const purgeExpired = () => {
    const now = parts.clock.now().getTime();
    return parts.database.transaction(async (tx) => ({
      texts: await store.purgeTexts(tx, new Date(now - KEEP_TEXT_MS)),
      codes: await store.purgeCodes(tx, new Date(now - KEEP_CODE_MS)),
    }));
  };
  return {
    issueCode: (tx, app, target) => issueCode(parts, tx, { app, target }),
    verifyCode: (tx, app, guess) => verifyCode(parts, tx, { app, guess }),
    deliver: (messageId) => deliver(parts, messageId),
    listSandboxMessages: (app, query) => listSandboxMessages(parts, app.id, query),
    purgeExpired,
    tasks: {
      [DELIVER_SMS]: (payload) => deliver(parts, (payload as { messageId: string }).messageId),
      [PURGE_SMS]: async () => {
        await purgeExpired();
      },
    },
    cron: [{ task: PURGE_SMS, match: '17 * * * *' }],
  };
}

async function issueCode(
  parts: MessagingParts,
  tx: Tx,
  { app, target }: { app: CodeApp; target: CodeTarget },
): Promise<IssuedCode> {
  const now = parts.clock.now();
  const key = codeKey(parts, app.id, target);
  if (app.smsLimits) {
    await store.lockPhone(
      tx,
      Buffer.from(parts.secretBox.keyedHash(target.phone, `sms.lock:${app.id}`)).readBigInt64BE(),
    );
    refuseExcessiveSending(await store.sendHistory(tx, key, startOfDay(now)), now);
  }

  const codeId = newId19();
  const code = newSixDigitCode();
  await store.insertCode(tx, {
    ...key,
    id: codeId,
    codeHash: hashCode(parts, codeId, code),
    attemptsLeft: MAX_ATTEMPTS,
    expiresAt: new Date(now.getTime() + CODE_TTL_SECONDS * 1000),
    usedAt: null,
    createdAt: now,
  });
  await queueMessage(parts, tx, { appId: app.id, phone: target.phone, text: codeText(code), code });

  return {
    codeId,
    expireSeconds: CODE_TTL_SECONDS,
    resendAfterSeconds: app.smsLimits ? SECONDS_BETWEEN_SENDS : 0,
    ...(parts.keepTexts ? { sandboxCode: code } : {}),
  };
}

async function verifyCode(
  parts: MessagingParts,
  tx: Tx,
  { app, guess }: { app: CodeApp; guess: CodeTarget & { code: string; codeId?: string } },
): Promise<Guess> {
  const now = parts.clock.now();
  const code = await store.lockNewestCode(tx, codeKey(parts, app.id, guess));
  const isRight = code !== undefined && timingSafeEqual(code.codeHash, hashCode(parts, code.id, guess.code.trim()));
  const { codeId } = guess;

  const judged = judgeGuess(code, codeId === undefined ? { isRight } : { isRight, codeId }, now);
  if (code) {
    const usedAt = judged.outcome === 'passed' ? now : null;
    await store.saveGuess(tx, code, { attemptsLeft: judged.remainingAttempts, usedAt });
  }
  return judged;
}

async function queueMessage(
  parts: MessagingParts,
  tx: Tx,
  message: { appId: string; phone: string; text: string; code: string },
): Promise<void> {
  const { appId, ...content } = message;
  const messageId = newId19();
  await store.insertMessage(tx, {
    id: messageId,
    appId,
    phoneHash: hashPhone(parts, message.phone),
    sealed: parts.secretBox.seal(JSON.stringify(content), messageContext(messageId)),
    status: 'queued',
    createdAt: parts.clock.now(),
  });
  await parts.jobs.add(
    tx,
    DELIVER_SMS,
    { messageId },
    { jobKey: `${DELIVER_SMS}:${messageId}`, maxAttempts: DELIVERY_ATTEMPTS },
  );
}

/**
 * At least once: a crash between sending and recording sends the same message again, which does no harm. A code that has expired
 * by now is not sent any more.
 */
async function deliver(parts: MessagingParts, messageId: string): Promise<void> {
  const row = await store.findMessage(parts.database.db, messageId);
  if (row?.status !== 'queued' || !row.sealed) return;
  const { phone, text } = openMessage(parts, row.id, row.sealed);
  const isLate = parts.clock.now().getTime() - row.createdAt.getTime() > CODE_TTL_SECONDS * 1000;
  const { status } = isLate ? ({ status: 'failed' } as const) : await parts.sender.send({ phone, text });

  await parts.database.transaction((tx) =>
    store.saveDelivery(tx, messageId, parts.keepTexts ? { status } : { status, sealed: null }),
  );
}

async function listSandboxMessages(
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

function openMessage(
  parts: MessagingParts,
  messageId: string,
  sealed: Uint8Array,
): { phone: string; text: string; code: string | null } {
  return JSON.parse(parts.secretBox.openText(sealed, messageContext(messageId)));
}

function codeKey(parts: MessagingParts, appId: string, target: CodeTarget): store.CodeKey {
  const { purpose, subject, phone } = target;
  return { appId, purpose, subject, phoneHash: hashPhone(parts, phone) };
}

function hashPhone(parts: MessagingParts, phone: string): Uint8Array {
  return parts.secretBox.keyedHash(phone, 'sms.phone');
}

/** Bound to its row, so that equal codes never have equal hashes. */
function hashCode(parts: MessagingParts, codeId: string, code: string): Uint8Array {
  return parts.secretBox.keyedHash(code, `sms_codes.code:${codeId}`);
}

function messageContext(messageId: string): string {
  return `sms_messages.sealed:${messageId}`;
}
