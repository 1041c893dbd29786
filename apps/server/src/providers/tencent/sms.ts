/** 短信 by Tencent Cloud (sms, 2021-01-11): SendSms, and what became of it by PullSmsSendStatusByPhoneNumber. */
import { z } from 'zod';
import { malformed, RemoteCallError } from '../../kernel/remote-call.ts';
import type {
  SmsDelivery,
  SmsReceipt,
  SmsSender,
  SmsTemplate,
  VendorTemplate,
  VendorTemplates,
} from '../../modules/messaging/ports.ts';
import { TENCENT, type TencentAnswer, type TencentApi } from './api.ts';

const SMS = { service: 'sms', version: '2021-01-11' } as const;
const SOURCE = `${TENCENT}:sms`;

export interface TencentSmsParts {
  readonly api: TencentApi;
  readonly sdkAppId: string;
  readonly signature: string;
  readonly templates: VendorTemplates;
}

export function createTencentSmsSender({ api, sdkAppId, signature, templates }: TencentSmsParts): SmsSender {
  return {
    send: async ({ messageId, phone, template }) => {
      const theirs = template && templates.get(template.code);
      if (!theirs) return { status: 'failed', source: SOURCE, reason: '供应商处没有对应的短信模板' };
      const parameters = {
        ...{ SmsSdkAppId: sdkAppId, SignName: signature, PhoneNumberSet: [toE164(phone)], SessionContext: messageId },
        ...{ TemplateId: theirs.id, TemplateParamSet: valuesOf(template, theirs) },
      };
      // Asking twice may send twice.
      return api.call({ ...SMS, action: 'SendSms', parameters, isRepeatable: false }, readReceipt);
    },
    findDelivery: ({ phone, reference, sentAt }) => {
      const parameters = {
        ...{ SmsSdkAppId: sdkAppId, PhoneNumber: toE164(phone), Offset: 0, Limit: 100 },
        SendDateTime: Math.floor(sentAt.getTime() / 1000) - 60,
      };
      const call = { ...SMS, action: 'PullSmsSendStatusByPhoneNumber', parameters, isRepeatable: true };
      return api.call(call, (answer) => readDelivery(answer, reference));
    },
  };
}

function valuesOf({ parameters }: SmsTemplate, { parameters: order }: VendorTemplate): string[] {
  return (order ?? Object.keys(parameters)).map((name) => parameters[name] ?? '');
}

/** Mainland numbers only, as everywhere in the platform. */
function toE164(phone: string): string {
  return `+86${phone}`;
}

const SENT = z.object({
  SendStatusSet: z.tuple([z.object({ Code: z.string(), SerialNo: z.string().nullish() })]),
});

/** Faults of the service or of our account: the same message may be sent later. All others are final for this message. */
const PASSING =
  /^(InternalError|RequestLimitExceeded|ServiceUnavailable|FailedOperation\.InsufficientBalance|FailedOperation\.ServiceSuspend)/;

function readReceipt(answer: TencentAnswer): SmsReceipt {
  const read = SENT.safeParse(answer);
  if (!read.success) throw malformed();
  const [{ Code, SerialNo }] = read.data.SendStatusSet;
  if (Code === 'Ok') return { status: 'sent', source: SOURCE, ...(SerialNo && { reference: SerialNo }) };
  if (PASSING.test(Code)) throw new RemoteCallError('refused', { code: Code });
  return { status: 'failed', source: SOURCE, reason: Code.slice(0, 100) };
}

const STATUSES = z.object({
  PullSmsSendStatusSet: z.array(
    z.object({ SerialNo: z.string(), ReportStatus: z.string(), Description: z.string().nullish() }),
  ),
});

function readDelivery(answer: TencentAnswer, reference: string): SmsDelivery | undefined {
  const read = STATUSES.safeParse(answer);
  if (!read.success) throw malformed();
  const found = read.data.PullSmsSendStatusSet.find(({ SerialNo }) => SerialNo === reference);
  if (!found) return undefined;
  if (found.ReportStatus === 'SUCCESS') return { state: 'delivered' };
  return { state: 'undelivered', reason: found.Description?.slice(0, 100) ?? found.ReportStatus.slice(0, 100) };
}
