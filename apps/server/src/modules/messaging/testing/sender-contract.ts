/** What every SMS sender must do, whoever it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SmsMessage, SmsSender } from '../ports.ts';

export interface SenderUnderTest {
  readonly sender: SmsSender;
  close(): Promise<void>;
}

export const CODE_MESSAGE: SmsMessage = {
  ...{ messageId: '7000000000000000001', phone: '13800000000', text: '【签印】您的验证码是135790,5分钟内有效。' },
  template: { code: 'CODE', parameters: { code: '135790', minutes: '5' } },
};

export function describeSmsSender(name: string, setup: () => Promise<SenderUnderTest>): void {
  describe(`the SMS sender ${name}`, () => {
    let given: SenderUnderTest;
    beforeAll(async () => {
      given = await setup();
    });
    afterAll(() => given.close());

    it('takes a code, and says who took it under which number', async () => {
      expect(await given.sender.send(CODE_MESSAGE)).toEqual({
        ...{ status: 'sent', source: expect.stringMatching(/^[\w.:-]+$/), reference: expect.stringMatching(/^\S+$/) },
      });
    });

    it('gives each message a number of its own', async () => {
      const first = await given.sender.send(CODE_MESSAGE);
      const second = await given.sender.send({ ...CODE_MESSAGE, messageId: '7000000000000000002' });

      expect(first.reference).not.toBe(second.reference);
    });

    it('says why it does not take a message that it does not take', async () => {
      const receipt = await given.sender.send({ ...CODE_MESSAGE, template: undefined });

      expect(receipt.status === 'sent' || receipt.reason).toBeTruthy();
    });
  });
}
