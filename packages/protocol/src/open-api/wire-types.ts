/**
 * What input is accepted (open-api, liberal input): `null` and `""` mean absent for optional fields, numbers and numeric
 * strings are interchangeable for scalars, unknown fields are ignored. Messages are Chinese, since callers read them.
 */
import { z } from 'zod';
import { isBankCardNumber, isCreditCode, isMobile, isRegistrationNumber, isResidentId } from '../identifiers.ts';

const REQUIRED = '必填';

interface TextOptions {
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly message?: string;
  readonly description?: string;
}

/** A string; a number is taken as its decimal form when that is exact. */
export function text(options: TextOptions = {}) {
  const { max = 255, pattern, message = '格式错误', description } = options;
  let schema = z
    .string({ error: (issue) => (issue.input === undefined ? REQUIRED : '应为字符串') })
    .min(1, REQUIRED)
    .max(max, `最长${max}个字符`);
  if (pattern) schema = schema.regex(pattern, message);
  return z.preprocess(scalarToText, description ? schema.describe(description) : schema);
}

export function integer(options: { readonly min: number; readonly max: number; readonly description?: string }) {
  const { min, max, description } = options;
  const schema = z
    .int({ error: (issue) => (issue.input === undefined ? REQUIRED : '应为整数') })
    .min(min, `不能小于${min}`)
    .max(max, `不能大于${max}`);
  return z.preprocess(textToNumber, description ? schema.describe(description) : schema);
}

export function decimal(options: { readonly min: number; readonly max: number }) {
  const schema = z
    .number({ error: (issue) => (issue.input === undefined ? REQUIRED : '应为数字') })
    .min(options.min, `不能小于${options.min}`)
    .max(options.max, `不能大于${options.max}`);
  return z.preprocess(textToNumber, schema);
}

export function flag() {
  const schema = z.boolean({ error: (issue) => (issue.input === undefined ? REQUIRED : '应为true或false') });
  return z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), schema);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  const schema = z.enum(values, {
    error: (issue) => (issue.input === undefined ? REQUIRED : `应为${values.join('、')}`),
  });
  return z.preprocess(scalarToText, schema);
}

export function list<Item extends z.ZodType>(item: Item, options: { readonly min?: number; readonly max: number }) {
  const { min = 0, max } = options;
  return z
    .array(item, { error: (issue) => (absent(issue.input) ? REQUIRED : '应为数组') })
    .min(min, REQUIRED)
    .max(max, `最多${max}项`);
}

export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: (issue) => (absent(issue.input) ? REQUIRED : '应为对象') });
}

/** `null` and `""` count as absent. */
export function opt<Inner extends z.ZodType>(inner: Inner) {
  return z.preprocess((value) => (absent(value) ? undefined : value), inner.optional());
}

export const accountId = () => text({ max: 64, description: '用户在应用内的唯一标识' });
export const businessCode = () => text({ max: 64, description: '业务编号' });
export const contractId = () => text({ max: 19, pattern: /^\d{19}$/, message: '应为19位数字' });
export const fileCode = () => text({ max: 32, pattern: /^FC_/, message: '应以FC_开头' });
export const flowNo = () => text({ max: 64, description: '认证流水号' });
export const personName = () => text({ max: 50 });
export const corpName = () => text({ max: 100 });
export const mobile = () => checked(text({ max: 20 }), isMobile, '手机号格式错误');
export const bankCard = () => checked(text({ max: 19 }), isBankCardNumber, '银行卡号错误');
export const serviceId = () => text({ max: 64, description: '单次核验号' });
export const residentId = () => checked(text({ max: 18 }), isResidentId, '身份证号错误');
export const personIdType = () => oneOf(['CRED_PSN_CH_IDCARD']);
export const corpIdType = () => oneOf(['CRED_ORG_USCC', 'CRED_CORP_USCC', 'CRED_ORG_REGCODE', 'CRED_CORP_REGCODE']);
export const corpIdNumber = () =>
  checked(text({ max: 18 }), (value) => isCreditCode(value) || isRegistrationNumber(value), '企业证件号错误');
export const wireTime = () => text({ max: 32, description: 'yyyy-MM-dd HH:mm:ss、yyyy-MM-dd 或毫秒时间戳' });

/** Where the person goes when the page is done. */
export const redirectConfig = () =>
  object({ redirectUrl: opt(text({ max: 2048 })), redirectDelayTime: opt(integer({ min: 0, max: 60 })) });

/** How a verification page is opened and left. */
export const integration = () =>
  object({
    redirectConfig: opt(redirectConfig()),
    expirationTime: opt(wireTime()),
    clientType: oneOf(['pc', 'h5']),
  });

export const paging = {
  pageNum: opt(integer({ min: 1, max: 1_000_000 })),
  pageSize: opt(integer({ min: 1, max: 100 })),
};

function checked<Inner extends z.ZodType<string>>(inner: Inner, holds: (value: string) => boolean, message: string) {
  return inner.refine((value) => holds(value), message);
}

function absent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function scalarToText(value: unknown, context: z.RefinementCtx): unknown {
  if (absent(value)) return undefined;
  if (typeof value !== 'number') return value;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    context.addIssue({ code: 'custom', message: '整数超出精确范围,请以字符串发送', input: value });
    return z.NEVER;
  }
  return String(value);
}

function textToNumber(value: unknown): unknown {
  if (absent(value)) return undefined;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
