import type { Tx } from '../../kernel/database.ts';
import type { Task } from '../../kernel/jobs.ts';
import type { App } from '../apps/index.ts';
import {
  type CodeTarget,
  type IssuedCode,
  issueCode,
  issueOwnCode,
  type SmsApp,
  verifyCode,
  verifyOwnCode,
} from './codes.ts';
import { createEnding, type MessagingEnding } from './ending.ts';
import { countMessages, erasePhones } from './erasure.ts';
import { FOLLOW_SMS, type FollowingTurn, follow } from './following.ts';
import {
  DELIVER_SMS,
  deliver,
  listRecentMessages,
  listSandboxMessages,
  type MessagingParts,
  openMessage,
  queueMessage,
  type RecentMessage,
  type SandboxMessage,
} from './messages.ts';
import { type NewTemplate, type Notice, saveTemplate, sendNotice } from './notices.ts';
import type { Guess } from './sms-code.ts';
export interface Messaging {
  /**
   * Makes a code and queues its message; it goes out after the caller's transaction has been committed. `address` is whose request
   * it was, as far as known.
   */
  issueCode(tx: Tx, app: SmsApp, target: CodeTarget & { address?: string | undefined }): Promise<IssuedCode>;
  /** Judges a guess at the newest code. A wrong guess is a value and costs one of five tries, so the caller must commit. */
  verifyCode(tx: Tx, app: SmsApp, guess: CodeTarget & { code: string; codeId?: string }): Promise<Guess>;
  /** A code for the app's own purposes; `address` is the caller's. */
  issueOwnCode(app: SmsApp, request: { phone: string; address?: string | undefined }): Promise<IssuedCode>;
  verifyOwnCode(app: SmsApp, guess: { codeId: string; code: string }): Promise<Guess>;
  /** @returns the message's id. @throws ApiError SMS_TEMPLATE_NOT_FOUND, 400 naming every wrong parameter */
  sendNotice(app: SmsApp, notice: Notice): Promise<string>;
  /** @returns what is wrong with it, in English; undefined when it has been saved. */
  saveTemplate(template: NewTemplate): Promise<string | undefined>;
  /** A text that somebody else has written, outside the limits. */
  queueText(tx: Tx, appId: string, message: { phone: string; text: string }): Promise<void>;
  /** Hands a queued message to the sender; one that is no longer queued is left alone. */
  deliver(messageId: string): Promise<void>;
  listSandboxMessages(
    app: Pick<App, 'id'>,
    query: { phone?: string | undefined; pageNumber: number; pageSize: number },
  ): Promise<{ list: SandboxMessage[]; total: number }>;
  /** How the newest messages fared; for operators. */
  listRecentMessages(query: { readonly appId: string | undefined; readonly limit: number }): Promise<RecentMessage[]>;
  readonly ending: MessagingEnding;
  /** How many messages to these numbers are known. */
  countMessages(appId: string, phones: readonly string[]): Promise<number>;
  erasePhones(tx: Tx, appId: string, phones: readonly string[]): Promise<void>;
  /** What the job runner has to do for this module. */
  readonly tasks: Readonly<Record<string, Task>>;
}

export function createMessaging(parts: MessagingParts): Messaging {
  return {
    issueCode: (tx, app, { address, ...target }) => issueCode(parts, tx, { app, target, address }),
    verifyCode: (tx, app, guess) => verifyCode(parts, tx, { app, guess }),
    issueOwnCode: (app, request) => issueOwnCode(parts, app, request),
    verifyOwnCode: (app, guess) => verifyOwnCode(parts, app, guess),
    sendNotice: (app, notice) => sendNotice(parts, app, notice),
    saveTemplate: (template) => saveTemplate(parts, template),
    queueText: async (tx, appId, message) => void (await queueMessage(parts, tx, { appId, ...message, kind: 'bank' })),
    deliver: (messageId) => deliver(parts, messageId),
    listSandboxMessages: (app, query) => listSandboxMessages(parts, app.id, query),
    listRecentMessages: (query) => listRecentMessages(parts, query),
    ending: createEnding(parts.database),
    countMessages: (appId, phones) => countMessages(parts, appId, phones),
    erasePhones: (tx, appId, phones) => erasePhones(parts, tx, { appId, phones }),
    tasks: {
      [DELIVER_SMS]: (payload) => deliver(parts, (payload as { messageId: string }).messageId),
      [FOLLOW_SMS]: (payload) =>
        follow(parts, payload as FollowingTurn, (messageId, sealed) => openMessage(parts, messageId, sealed).phone),
    },
  };
}
