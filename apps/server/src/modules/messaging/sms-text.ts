/** What a message says and how long it is. */
import { badParameter } from '@signet/protocol/errors';
import { CODE_TTL_SECONDS } from './sms-code.ts';

export type MessageKind = 'code' | 'notice' | 'bank';

/** 短信签名: stands before every text, as carriers demand. */
export const DEFAULT_SIGNATURE = 'Signet';
/** Characters of a message in UCS-2; each part of a long one loses 3 to the header that joins them (3GPP TS 23.040 §9.2.3.24). */
const SINGLE_LENGTH = 70;
const PART_LENGTH = 67;
const LONGEST_TEXT = 500;
const LONGEST_PARAMETER = 50;
const PLACEHOLDER = /\{(\w+)\}/g;
/** A value must not pass for another sender's signature, nor break the line. */
const FORBIDDEN_IN_VALUES = /[【】\p{Cc}\u2028\u2029]/u;

export interface NoticeTemplate {
  readonly code: string;
  /** Without the signature; `{name}` stands for a parameter. */
  readonly text: string;
}

/** What a sandbox offers without anybody having set up a template. */
export const SANDBOX_TEMPLATES: readonly NoticeTemplate[] = [
  { code: 'NOTICE_SIGN', text: '{name},您有一份《{contractName}》待签署,请于{deadline}前完成。' },
  { code: 'NOTICE_FINISHED', text: '{name},您参与签署的《{contractName}》已全部签署完成。' },
  { code: 'NOTICE_REJECTED', text: '{name},《{contractName}》已被拒签,原因:{reason}。' },
  { code: 'NOTICE_TEXT', text: '{content}' },
];

/** What a vendor's template of codes is found by, and what it may have places for. */
export const CODE_TEMPLATE = 'CODE';

export function codeParameters(code: string): Readonly<Record<string, string>> {
  return { code, minutes: String(CODE_TTL_SECONDS / 60) };
}

export function codeText(code: string, signature = DEFAULT_SIGNATURE): string {
  return `【${signature}】您的验证码是${code},${CODE_TTL_SECONDS / 60}分钟内有效。请勿告知他人。`;
}

/** As how many messages a text goes out. */
export function countParts(text: string): number {
  return text.length <= SINGLE_LENGTH ? 1 : Math.ceil(text.length / PART_LENGTH);
}

export function parametersOf({ text }: Pick<NoticeTemplate, 'text'>): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** The whole message. Every missing, unknown or unusable parameter is named at once. */
export function noticeText(
  template: NoticeTemplate,
  given: Readonly<Record<string, string>>,
  signature = DEFAULT_SIGNATURE,
): string {
  const wanted = parametersOf(template);
  const problems: Record<string, string> = {};
  for (const name of wanted) {
    const problem = valueProblem(given[name]);
    if (problem) problems[`params.${name}`] = problem;
  }
  for (const name of Object.keys(given)) if (!wanted.includes(name)) problems[`params.${name}`] = '模板中没有该参数';
  if (Object.keys(problems).length > 0) throw badParameter(problems);

  const text = `【${signature}】${template.text.replace(PLACEHOLDER, (_, name: string) => given[name] ?? '')}`;
  if (text.length > LONGEST_TEXT) throw badParameter({ params: `短信全文最长${LONGEST_TEXT}个字符` });
  return text;
}

function valueProblem(value: string | undefined): string | undefined {
  if (value === undefined || value === '') return '必填';
  if (value.length > LONGEST_PARAMETER) return `最长${LONGEST_PARAMETER}个字符`;
  return FORBIDDEN_IN_VALUES.test(value) ? '不能含有【】或换行等控制字符' : undefined;
}

/** Whether a text may become a template. */
export function templateProblem({ code, text }: NoticeTemplate): string | undefined {
  if (!/^\w{1,64}$/.test(code)) return 'the code must be 1 to 64 letters, digits or _';
  if (text.trim() === '' || text.length > LONGEST_TEXT) return `the text must have 1 to ${LONGEST_TEXT} characters`;
  return FORBIDDEN_IN_VALUES.test(text) ? 'the text must not hold 【】 or control characters' : undefined;
}
