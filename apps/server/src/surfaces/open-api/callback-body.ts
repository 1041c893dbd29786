/** Events as callbacks: names, fields and signature of the wire (open API, 回调). */
import { callbackHeaders } from '@signet/protocol/callback-signature';
import { CALLBACK_TYPES, type CallbackType } from '@signet/protocol/callbacks';
import type { CallbackBody } from '@signet/protocol/open-api';
import { toShanghai } from '../../kernel/time.ts';
import type { Callback, CallbackEvent, CallbackRenderer } from '../../modules/callbacks/index.ts';
import { CONTRACT_STATUS, SIGN_STATUS } from './routes/contracts.ts';

type EventType = CallbackEvent['type'];
type DataOf<Type extends EventType> = Extract<CallbackEvent, { readonly type: Type }>['data'];
type FieldsOf<Type extends CallbackType> = Omit<
  Extract<CallbackBody, { readonly businessType: Type }>,
  'transactionId' | 'businessType' | 'businessCode' | 'eventTime'
>;

const BUSINESS_TYPE = {
  'party-settled': 'OPEN_CONTRACT_SIGNED',
  'contract-status-changed': 'OPEN_CONTRACT_STATUS_CHANGED',
  'seal-grant-changed': 'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
  'person-verified': 'OPEN_PSN_CERT_RESULT',
  'company-verified': 'OPEN_CORP_CERT_RESULT',
  'face-finished': 'OPEN_PSN_FACE_RECOGNITION_RESULT',
  'authorization-audited': 'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
} as const satisfies Record<EventType, CallbackType>;

type Renderers = { readonly [Type in EventType]: (data: DataOf<Type>) => FieldsOf<(typeof BUSINESS_TYPE)[Type]> };

const FIELDS: Renderers = {
  'party-settled': ({ contractId, accountId, status, signedAt, refuseReason }) => ({
    ...{ contractId, accountId, signStatus: SIGN_STATUS[status], signTime: wireTime(signedAt), refuseReason },
  }),
  'contract-status-changed': ({ contractId, status, closedAt, reason }) => ({
    ...{ contractId, contractStatus: CONTRACT_STATUS[status] },
    finishTime: status === 'completed' ? wireTime(closedAt) : null,
    reason,
  }),
  'seal-grant-changed': ({ accountId, sealId, authorizeCode, beginAt, endAt, status }) => ({
    ...{ accountId, sealId, authorizeCode },
    beginTime: toShanghai(new Date(beginAt)),
    endTime: toShanghai(new Date(endAt)),
    authorizeStatus: status,
  }),
  'person-verified': certificationResult,
  'company-verified': certificationResult,
  'face-finished': ({ verificationId, checkId, outcome }) => ({
    ...{ flowNo: verificationId, serviceId: checkId, verifyStatus: outcome },
  }),
  'authorization-audited': ({ verificationId, checkId, auditStatus, auditRemark }) => ({
    ...{ flowNo: verificationId, serviceId: checkId, auditStatus, auditRemark },
  }),
};

export const callbackRenderer: CallbackRenderer = {
  businessTypes: Object.keys(CALLBACK_TYPES),
  businessTypeOf: (type) => BUSINESS_TYPE[type],
  eventTypesOf: (businessType) =>
    (Object.keys(BUSINESS_TYPE) as EventType[]).filter((type) => BUSINESS_TYPE[type] === businessType),
  bodyOf,
  requestFor: (callback, { secrets, at }) => {
    const body = JSON.stringify(bodyOf(callback));
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    return {
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'user-agent': 'Signet-Callback',
        ...callbackHeaders(secrets, { transactionId: callback.transactionId, timestamp, body }),
      },
      body,
    };
  },
};

/** The head of every callback, and what 获取回调信息 answers as `data`. */
export function callbackParts({ transactionId, event, businessCode, occurredAt }: Callback) {
  const { type, data } = event;
  // The table is keyed by the type whose data each entry takes.
  const fields = (FIELDS[type] as (data: CallbackEvent['data']) => Readonly<Record<string, unknown>>)(data);
  return {
    transactionId,
    businessType: BUSINESS_TYPE[type],
    eventTime: toShanghai(occurredAt),
    data: { businessCode, ...fields },
  };
}

function bodyOf(callback: Callback): Readonly<Record<string, unknown>> {
  const { transactionId, businessType, eventTime, data } = callbackParts(callback);
  const { businessCode, ...fields } = data;
  return { transactionId, businessType, businessCode, eventTime, ...fields };
}

function certificationResult({
  verificationId,
  checkId,
  outcome,
  compliant,
  accountId,
}: DataOf<'person-verified' | 'company-verified'>) {
  return { flowNo: verificationId, serviceId: checkId, verifyStatus: outcome, compliant, accountId };
}

function wireTime(at: string | null): string | null {
  return at === null ? null : toShanghai(new Date(at));
}
