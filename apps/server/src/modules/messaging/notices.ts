/** 通知短信: texts by template, with the app's parameters in them. */
import { ApiError } from '@signet/protocol/errors';
import { hashAddress, type SmsApp } from './codes.ts';
import { countMessage, countNotice, DEFAULT_SMS_LIMITS } from './limits.ts';
import { hashPhone, type MessagingParts, queueMessage } from './messages.ts';
import { type NoticeTemplate, noticeText, parametersOf, SANDBOX_TEMPLATES, templateProblem } from './sms-text.ts';
import * as store from './store.ts';

export interface Notice {
  readonly phone: string;
  readonly templateCode: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whose request it was, as far as known. */
  readonly address?: string | undefined;
}

/** @returns the message's id. */
export async function sendNotice(parts: MessagingParts, app: SmsApp, notice: Notice): Promise<string> {
  const { phone, templateCode } = notice;
  const template = await findTemplate(parts, app.id, templateCode);
  const text = noticeText(template, notice.parameters, parts.signature);
  const inOrder = parametersOf(template).map((name) => [name, notice.parameters[name] ?? ''] as const);
  const { limits = DEFAULT_SMS_LIMITS, clock } = parts;

  return parts.database.transaction(async (tx) => {
    if (app.smsLimits) {
      const now = clock.now();
      const phoneHash = Buffer.from(hashPhone(parts, phone)).toString('hex');
      await countNotice(tx, limits, { appId: app.id, phoneHash }, now);
      await countMessage(tx, limits, { appId: app.id, addressHash: hashAddress(parts, notice.address) }, now);
    }
    return queueMessage(parts, tx, {
      ...{ appId: app.id, phone, text, kind: 'notice' },
      template: { code: templateCode, parameters: Object.fromEntries(inOrder) },
    });
  });
}

/** The app's own template before one of the installation, and that before the sandbox's. */
async function findTemplate(parts: MessagingParts, appId: string, code: string): Promise<NoticeTemplate> {
  const stored = await store.findTemplate(parts.database.db, appId, code);
  const builtIn = parts.keepTexts ? SANDBOX_TEMPLATES.find((template) => template.code === code) : undefined;
  const template = stored ?? builtIn;
  if (!template) throw new ApiError('SMS_TEMPLATE_NOT_FOUND', { code }, { detail: code });
  return template;
}

export interface NewTemplate extends NoticeTemplate {
  /** Undefined for a template of the whole installation. */
  readonly appId?: string | undefined;
}

/** @returns what is wrong with it; undefined when it has been saved, in place of an earlier one of that code. */
export async function saveTemplate(parts: MessagingParts, template: NewTemplate): Promise<string | undefined> {
  const problem = templateProblem(template);
  if (problem) return problem;
  const { code, text, appId = '' } = template;
  await parts.database.transaction((tx) => store.saveTemplate(tx, { appId, code, text, createdAt: parts.clock.now() }));
  return undefined;
}
