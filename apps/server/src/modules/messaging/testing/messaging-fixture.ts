import { randomBytes } from 'node:crypto';
import { createJobs } from '../../../kernel/jobs.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { ManualClock } from '../../../kernel/testing/manual-clock.ts';
import { createTestDatabase } from '../../../kernel/testing/test-database.ts';
import { createMessaging, DEFAULT_SMS_LIMITS, type SmsLimits, type SmsMessage, type SmsSender } from '../index.ts';

export type MessagingFixture = Awaited<ReturnType<typeof startMessaging>>;

export const LIMITED_APP = { id: 'app-1', smsLimits: true };
export const UNLIMITED_APP = { id: 'app-2', smsLimits: false };
export const TARGET = { purpose: 'identity', subject: 'OPFN1', phone: '13800000000' } as const;

export interface MessagingOptions {
  readonly keepTexts?: boolean;
  readonly limits?: SmsLimits;
  /** What the sender does in place of taking every message. */
  readonly means?: Partial<SmsSender>;
}

/** Messaging on a database of its own, with a sender that remembers. */
export async function startMessaging({
  keepTexts = true,
  limits = DEFAULT_SMS_LIMITS,
  means = {},
}: MessagingOptions = {}) {
  const { database, drop } = await createTestDatabase();
  const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
  const secretBox = createSecretBox(randomBytes(32));
  const sent: SmsMessage[] = [];
  const sender: SmsSender = {
    send: async (message) => {
      sent.push(message);
      return means.send?.(message) ?? { status: 'sent', source: 'test', reference: message.messageId };
    },
    ...(means.findDelivery && { findDelivery: means.findDelivery }),
  };
  const jobs = createJobs({ database, log: silentLog });
  const messaging = createMessaging({ database, clock, secretBox, sender, jobs, keepTexts, limits });

  return {
    ...{ database, clock, secretBox, messaging, jobs, sent, drop },

    issue: (app: typeof LIMITED_APP, target: Record<string, string> = {}) =>
      database.transaction((tx) => messaging.issueCode(tx, app, { ...TARGET, ...target })),

    guess: (app: typeof LIMITED_APP, code: string, more: Record<string, string> = {}) =>
      database.transaction((tx) => messaging.verifyCode(tx, app, { ...TARGET, ...more, code })),

    /** The code in the newest message, as the person reads it. */
    newestCode: async (app: { id: string }): Promise<string> => {
      const { list } = await messaging.listSandboxMessages(app, { pageNumber: 1, pageSize: 1 });
      return list[0]?.code ?? '';
    },
  };
}

/** Any code but this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
