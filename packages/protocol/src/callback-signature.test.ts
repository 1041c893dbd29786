import { describe, expect, it } from 'vitest';
import { callbackHeaders, signCallback } from './callback-signature.ts';

/** The example of the Standard Webhooks libraries (github.com/standard-webhooks/standard-webhooks). */
const EXAMPLE = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  callback: { transactionId: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('the signature of a callback', () => {
  it('is that of Standard Webhooks', () => {
    expect(signCallback(EXAMPLE.secret, EXAMPLE.callback)).toBe(EXAMPLE.signature);
  });

  it('stands in the headers once for each secret', () => {
    const second = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

    expect(callbackHeaders([EXAMPLE.secret, second], EXAMPLE.callback)).toEqual({
      'webhook-id': EXAMPLE.callback.transactionId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': `${EXAMPLE.signature} ${signCallback(second, EXAMPLE.callback)}`,
    });
  });
});
