import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import type { SmsSender } from '../../modules/messaging/ports.ts';
import { CODE_MESSAGE, describeSmsSender } from '../../modules/messaging/testing/sender-contract.ts';
import { createTencentSmsSender } from './sms.ts';
import { type FakeTencent, startFakeTencent } from './testing/fake-tencent.ts';

const SEND = 'sms.SendSms';
const PULL = 'sms.PullSmsSendStatusByPhoneNumber';
const SENT_AT = new Date('2026-11-24T10:00:00Z');

function senderOf({ api }: FakeTencent): SmsSender {
  const templates = new Map([
    ['CODE', { id: '1110', parameters: undefined }],
    ['NOTICE_SIGN', { id: '1111', parameters: ['contractName', 'name'] }],
  ]);
  return createTencentSmsSender({ api, sdkAppId: '1400006666', signature: '签印', templates });
}

function teachSending({ replies }: FakeTencent, Code = 'Ok'): void {
  let serial = 0;
  replies.set(SEND, ({ PhoneNumberSet, SessionContext }) => {
    serial += 1;
    const sent = { SerialNo: `5000:${serial}`, PhoneNumber: (PhoneNumberSet as string[])[0], Fee: 1, SessionContext };
    return { SendStatusSet: [{ ...sent, Code, Message: 'send', IsoCode: 'CN' }] };
  });
}

describeSmsSender('Tencent Cloud', async () => {
  const vendor = await startFakeTencent();
  teachSending(vendor);
  return { sender: senderOf(vendor), close: vendor.close };
});

let vendor: FakeTencent;
let sender: SmsSender;
beforeEach(async () => {
  vendor = await startFakeTencent({ tryMs: 300 });
  sender = senderOf(vendor);
});
afterEach(() => vendor.close());

describe('a message by Tencent Cloud', () => {
  it('goes out by the approved template, the values in its order', async () => {
    teachSending(vendor);
    const parameters = { name: '张三', contractName: '租赁合同', deadline: '今天' };
    await sender.send(CODE_MESSAGE);
    await sender.send({ ...CODE_MESSAGE, template: { code: 'NOTICE_SIGN', parameters } });

    const bodies = vendor.received.map(({ body }) => JSON.parse(body));
    expect(bodies[0]).toEqual({
      ...{ SmsSdkAppId: '1400006666', SignName: '签印', PhoneNumberSet: ['+8613800000000'], TemplateId: '1110' },
      ...{ TemplateParamSet: ['135790', '5'], SessionContext: CODE_MESSAGE.messageId },
    });
    expect(bodies[1]).toMatchObject({ TemplateId: '1111', TemplateParamSet: ['租赁合同', '张三'] });
    expect(vendor.received[0]?.headers).toMatchObject({ 'x-tc-version': '2021-01-11', 'x-tc-region': 'ap-guangzhou' });
  });

  it('that has no template there is not sent, and nobody is called', async () => {
    const template = { code: 'NOTICE_TEXT', parameters: { content: '你好' } };

    expect(await sender.send({ ...CODE_MESSAGE, template })).toMatchObject({
      ...{ status: 'failed', reason: '供应商处没有对应的短信模板' },
    });
    expect(vendor.received).toEqual([]);
  });

  it.each([
    ['FailedOperation.PhoneNumberInBlacklist'],
    ['InvalidParameterValue.IncorrectPhoneNumber'],
    ['LimitExceeded.PhoneNumberDailyLimit'],
    ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate'],
  ])('is refused for good by %s', async (code) => {
    teachSending(vendor, code);
    expect(await sender.send(CODE_MESSAGE)).toEqual({ status: 'failed', source: 'tencent:sms', reason: code });
  });

  it.each([['FailedOperation.InsufficientBalanceInSmsPackage'], ['InternalError.Timeout']])(
    'may be sent later after %s',
    async (code) => {
      teachSending(vendor, code);
      await expect(sender.send(CODE_MESSAGE)).rejects.toMatchObject({ code });
    },
  );

  it.each([['RequestLimitExceeded'], [{ raw: 'silence' } as const], [{ SendStatusSet: [] }]])(
    'is left to the caller, not sent twice by itself, after %o',
    async (reply) => {
      vendor.replies.set(SEND, () => reply);

      await expect(sender.send(CODE_MESSAGE)).rejects.toBeInstanceOf(RemoteCallError);
      expect(vendor.received).toHaveLength(1);
      expect(vendor.logged()).not.toMatch(/13800000000|135790/);
    },
  );
});

describe('the delivery of a message by Tencent Cloud', () => {
  const status = (SerialNo: string, ReportStatus: string, Description: string) => ({
    ...{ SerialNo, ReportStatus, Description, PhoneNumber: '+8613800000000', CountryCode: '86' },
    ...{ SubscriberNumber: '13800000000', UserReceiveTime: 1620734188, SessionContext: '' },
  });

  it.each([
    [[status('5000:1', 'SUCCESS', 'DELIVRD')], { state: 'delivered' }],
    [
      [status('5000:9', 'SUCCESS', 'DELIVRD'), status('5000:1', 'FAIL', 'MI:0024')],
      { state: 'undelivered', reason: 'MI:0024' },
    ],
    [[status('5000:9', 'SUCCESS', 'DELIVRD')], undefined],
    [[], undefined],
  ])('is read from %o', async (PullSmsSendStatusSet, expected) => {
    vendor.replies.set(PULL, () => ({ PullSmsSendStatusSet }));

    expect(await sender.findDelivery?.({ phone: '13800000000', reference: '5000:1', sentAt: SENT_AT })).toEqual(
      expected,
    );
    expect(JSON.parse(vendor.received[0]?.body ?? '')).toMatchObject({
      ...{ PhoneNumber: '+8613800000000', SmsSdkAppId: '1400006666', Offset: 0, SendDateTime: 1795514340 },
    });
  });
});
