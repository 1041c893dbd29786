import { z } from 'zod';
import type { CallbackType } from '../callbacks.ts';
import { CONTRACT_STATUSES } from './contracts.ts';
import { endpoint } from './endpoint.ts';
import { object, text } from './wire-types.ts';

const transactionId = () => text({ max: 64, description: '回调的事务编号' });

const time = z.string();
const verifyStatus = z.enum(['passed', 'un_passed', 'processing']);
const certificationResult = z.object({
  flowNo: z.string(),
  serviceId: z.string().nullable(),
  verifyStatus,
  compliant: z.boolean(),
  accountId: z.string().nullable(),
});

/** What each businessType tells besides `transactionId`, `businessType`, `businessCode` and `eventTime`. */
export const CALLBACK_FIELDS = {
  OPEN_CONTRACT_SIGNED: z.object({
    contractId: z.string(),
    accountId: z.string(),
    signStatus: z.enum(['finished', 'rejected']),
    signTime: time.nullable(),
    refuseReason: z.string().nullable(),
  }),
  OPEN_CONTRACT_STATUS_CHANGED: z.object({
    contractId: z.string(),
    contractStatus: z.enum(CONTRACT_STATUSES),
    finishTime: time.nullable(),
    reason: z.string().nullable(),
  }),
  OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH: z.object({
    accountId: z.string(),
    sealId: z.int(),
    authorizeCode: z.string(),
    beginTime: time,
    endTime: time,
    authorizeStatus: z.enum(['authorized', 'cancelled']),
  }),
  OPEN_GET_SEAL_POSITION: z.object({
    docs: z.array(z.object({ fileCode: z.string() })),
    signers: z.array(z.looseObject({ accountId: z.string().nullable(), roleName: z.string().nullable() })),
  }),
  OPEN_PSN_CERT_RESULT: certificationResult,
  OPEN_PSN_FACE_RECOGNITION_RESULT: z.object({ flowNo: z.string(), serviceId: z.string(), verifyStatus }),
  OPEN_CORP_CERT_RESULT: certificationResult,
  OPEN_CORP_AUTHORIZATION_AUDIT_RESULT: z.object({
    flowNo: z.string(),
    serviceId: z.string(),
    auditStatus: z.enum(['passed', 'un_passed']),
    auditRemark: z.string().nullable(),
  }),
} as const satisfies Record<CallbackType, z.ZodObject>;

/** The body of a callback, by its `businessType`; times are `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai. */
export type CallbackBody = {
  [Type in CallbackType]: {
    /** The same on every try: what was processed once need not be processed again. */
    readonly transactionId: string;
    readonly businessType: Type;
    readonly businessCode: string | null;
    readonly eventTime: string;
  } & Readonly<z.output<(typeof CALLBACK_FIELDS)[Type]>>;
}[CallbackType];

export const callbackEndpoints = {
  getCallback: endpoint({
    title: '获取回调信息',
    chapter: '回调',
    methods: ['GET', 'POST'],
    path: '/open/callback/get',
    aliases: ['/open/callback/info', '/open/callback/query'],
    input: object({ transactionId: transactionId() }),
    result: z.object({
      transactionId: z.string(),
      businessType: z.string(),
      eventTime: z.string(),
      data: z.looseObject({ businessCode: z.string().nullable() }),
    }),
  }),
  confirmCallback: endpoint({
    title: '回调成功确认',
    chapter: '回调',
    methods: ['POST'],
    path: '/open/callback/confirm',
    aliases: ['/open/callback/success'],
    input: object({ transactionId: transactionId() }),
    result: z.null(),
  }),
};
