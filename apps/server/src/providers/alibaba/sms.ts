/** 短信 by Alibaba Cloud (dysmsapi, 2017-05-25): SendSms, and what became of it by QuerySendDetails. */
import { z } from 'zod';
import { malformed, RemoteCallError } from '../../kernel/remote-call.ts';
import { toShanghaiDigits } from '../../kernel/time.ts';
import type { SmsDelivery, SmsReceipt, SmsSender, VendorTemplates } from '../../modules/messaging/ports.ts';
import { ALIBABA, type AlibabaAnswer, type AlibabaApi } from './api.ts';

const SMS = { service: 'dysmsapi', version: '2017-05-25' } as const;
const SOURCE = `${ALIBABA}:dysmsapi`;

export interface AlibabaSmsParts {
  readonly api: AlibabaApi;
  readonly signature: string;
  readonly templates: VendorTemplates;
}

export function createAlibabaSmsSender({ api, signature, templates }: AlibabaSmsParts): SmsSender {
  return {
    send: async ({ messageId, phone, template }) => {
      const theirs = template && templates.get(template.code);
      if (!theirs) return { status: 'failed', source: SOURCE, reason: '供应商处没有对应的短信模板' };
      const wanted = theirs.parameters ?? Object.keys(template.parameters);
      const values = Object.fromEntries(wanted.map((name) => [name, template.parameters[name] ?? '']));
      const parameters = {
        ...{ PhoneNumbers: phone, SignName: signature, TemplateCode: theirs.id },
        ...{ TemplateParam: JSON.stringify(values), OutId: messageId },
      };
      // Asking twice may send twice.
      return api.call({ ...SMS, action: 'SendSms', parameters, isRepeatable: false }, readReceipt);
    },
    findDelivery: ({ phone: PhoneNumber, reference: BizId, sentAt }) => {
      const SendDate = toShanghaiDigits(sentAt).slice(0, 8);
      const parameters = { PhoneNumber, BizId, SendDate, PageSize: '10', CurrentPage: '1' };
      return api.call({ ...SMS, action: 'QuerySendDetails', parameters, isRepeatable: true }, readDelivery);
    },
  };
}

/** Faults of the service or of our account: the same message may be sent later. All others are final for this message. */
const PASSING =
  /^(isp\.|Throttling|ServiceUnavailable|InternalError|isv\.(AMOUNT_NOT_ENOUGH|OUT_OF_SERVICE|SYSTEM_ERROR|ACCOUNT_ABNORMAL)$)/;

function readReceipt({ Code, BizId }: AlibabaAnswer): SmsReceipt {
  if (typeof Code !== 'string') throw malformed();
  if (Code === 'OK') return { status: 'sent', source: SOURCE, ...(typeof BizId === 'string' && { reference: BizId }) };
  if (PASSING.test(Code)) throw new RemoteCallError('refused', { code: Code });
  return { status: 'failed', source: SOURCE, reason: Code.slice(0, 100) };
}

const DETAILS = z.object({
  Code: z.string(),
  SmsSendDetailDTOs: z
    .object({
      SmsSendDetailDTO: z.array(z.object({ SendStatus: z.coerce.number(), ErrCode: z.string().nullish() })),
    })
    .nullish(),
});
const FAILED = 2;
const DELIVERED = 3;

function readDelivery(answer: AlibabaAnswer): SmsDelivery | undefined {
  const read = DETAILS.safeParse(answer);
  if (!read.success) throw malformed();
  if (read.data.Code !== 'OK') throw new RemoteCallError('refused', { code: read.data.Code });
  const [detail] = read.data.SmsSendDetailDTOs?.SmsSendDetailDTO ?? [];
  if (detail?.SendStatus === DELIVERED) return { state: 'delivered' };
  if (detail?.SendStatus === FAILED) return { state: 'undelivered', reason: detail.ErrCode?.slice(0, 100) ?? '' };
  return undefined;
}
