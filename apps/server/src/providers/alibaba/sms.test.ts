import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import type { SmsSender } from '../../modules/messaging/ports.ts';
import { CODE_MESSAGE, describeSmsSender } from '../../modules/messaging/testing/sender-contract.ts';
import { createAlibabaSmsSender } from './sms.ts';
import { type FakeAlibaba, refused, startFakeAlibaba } from './testing/fake-alibaba.ts';

const SENT_AT = new Date('2026-11-24T17:00:00Z');

function senderOf({ api }: FakeAlibaba): SmsSender {
  const templates = new Map([
    ['CODE', { id: 'SMS_154950909', parameters: ['code'] }],
    ['NOTICE_SIGN', { id: 'SMS_154950910', parameters: undefined }],
  ]);
  return createAlibabaSmsSender({ api, signature: '签印', templates });
}

function teachSending({ replies }: FakeAlibaba, Code = 'OK'): void {
  let serial = 0;
  replies.set('SendSms', () => {
    serial += 1;
    return { Code, Message: Code, ...(Code === 'OK' && { BizId: `90061914752${serial}^0` }) };
  });
}

describeSmsSender('Alibaba Cloud', async () => {
  const vendor = await startFakeAlibaba();
  teachSending(vendor);
  return { sender: senderOf(vendor), close: vendor.close };
});

let vendor: FakeAlibaba;
let sender: SmsSender;
beforeEach(async () => {
  vendor = await startFakeAlibaba({ tryMs: 300 });
  sender = senderOf(vendor);
});
afterEach(() => vendor.close());

describe('a message by Alibaba Cloud', () => {
  it('goes out by the approved template, with the values that it has places for', async () => {
    teachSending(vendor);
    await sender.send(CODE_MESSAGE);

    expect(Object.fromEntries(vendor.received[0]?.query ?? [])).toEqual({
      ...{ PhoneNumbers: '13800000000', SignName: '签印', TemplateCode: 'SMS_154950909' },
      ...{ TemplateParam: '{"code":"135790"}', OutId: CODE_MESSAGE.messageId },
    });
    expect(vendor.received[0]?.headers).toMatchObject({ 'x-acs-version': '2017-05-25' });
  });

  it.each([['isv.BUSINESS_LIMIT_CONTROL'], ['isv.MOBILE_NUMBER_ILLEGAL'], ['isv.SMS_TEMPLATE_ILLEGAL']])(
    'is refused for good by %s',
    async (code) => {
      teachSending(vendor, code);
      expect(await sender.send(CODE_MESSAGE)).toEqual({ status: 'failed', source: 'alibaba:dysmsapi', reason: code });
    },
  );

  it.each([['isv.AMOUNT_NOT_ENOUGH'], ['isp.SYSTEM_ERROR'], ['isp.RAM_PERMISSION_DENY']])(
    'may be sent later after %s',
    async (code) => {
      teachSending(vendor, code);
      await expect(sender.send(CODE_MESSAGE)).rejects.toMatchObject({ code });
    },
  );

  it.each([[{ raw: refused('Throttling.User', 400) }], [{ raw: 'silence' } as const], [{ BizId: '1' }]])(
    'is left to the caller, not sent twice by itself, after %o',
    async (reply) => {
      vendor.replies.set('SendSms', () => reply);

      await expect(sender.send(CODE_MESSAGE)).rejects.toBeInstanceOf(RemoteCallError);
      expect(vendor.received).toHaveLength(1);
      expect(vendor.logged()).not.toMatch(/13800000000|135790/);
    },
  );
});

describe('the delivery of a message by Alibaba Cloud', () => {
  const detail = (SendStatus: number, ErrCode: string) => ({
    ...{
      SendStatus,
      ErrCode,
      PhoneNum: '13800000000',
      TemplateCode: 'SMS_154950909',
      OutId: '1',
      Content: '【签印】…',
    },
  });

  it.each([
    [[detail(3, 'DELIVERED')], { state: 'delivered' }],
    [[detail(2, 'MOBILE_NOT_ON_SERVICE')], { state: 'undelivered', reason: 'MOBILE_NOT_ON_SERVICE' }],
    [[detail(1, '')], undefined],
    [[], undefined],
  ])('is read from %o', async (SmsSendDetailDTO, expected) => {
    vendor.replies.set('QuerySendDetails', () => ({
      Code: 'OK',
      TotalCount: 1,
      SmsSendDetailDTOs: { SmsSendDetailDTO },
    }));

    expect(await sender.findDelivery?.({ phone: '13800000000', reference: '9006^0', sentAt: SENT_AT })).toEqual(
      expected,
    );
    // The vendor's day is that of Shanghai.
    expect(Object.fromEntries(vendor.received[0]?.query ?? [])).toMatchObject({
      SendDate: '20261125',
      BizId: '9006^0',
    });
  });
});
