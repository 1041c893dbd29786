import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import type { SmsDelivery, SmsSender } from './ports.ts';
import {
  LIMITED_APP,
  type MessagingFixture,
  type MessagingOptions,
  startMessaging,
} from './testing/messaging-fixture.ts';

let given: MessagingFixture;
afterEach(() => given.drop());

/** One code, handed to the sender. */
async function sendCode(options: MessagingOptions): Promise<string> {
  given = await startMessaging(options);
  await given.issue(LIMITED_APP);
  const messageId = await newestId();
  await given.messaging.deliver(messageId);
  return messageId;
}

const recent = () => given.messaging.listRecentMessages({ appId: LIMITED_APP.id, limit: 5 });
const newestId = async (): Promise<string> => (await recent())[0]?.messageId ?? '';
const follow = (messageId: string, round: number) =>
  given.messaging.tasks['sms.follow']?.({ messageId, round }, {} as never);
const sealed = async (): Promise<unknown> =>
  (await given.database.db.execute<{ sealed: unknown }>(sql`select sealed from sms_messages`)).rows[0]?.sealed;
const waiting = async () =>
  (
    await given.database.db.execute<{ payload: object; run_at: Date }>(sql`
      select p.payload, j.run_at from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
      where j.key like 'sms.follow:%'`)
  ).rows;

function reporting(...states: readonly (SmsDelivery | undefined)[]): SmsSender['findDelivery'] & object {
  const left = [...states];
  return async () => left.shift();
}

describe('a message whose sender hears of its delivery', () => {
  it('is asked about a little later, and then delivered, when nothing is kept of it', async () => {
    const means = { findDelivery: reporting({ state: 'delivered' }) };
    const messageId = await sendCode({ keepTexts: false, means });
    const kept = await sealed();
    expect(await waiting()).toMatchObject([{ payload: { messageId, round: 0 } }]);

    await follow(messageId, 0);

    expect(await recent()).toMatchObject([{ state: 'delivered', source: 'test', reason: null, parts: 1 }]);
    expect(kept).not.toBeNull();
    expect(await sealed()).toBeNull();
  });

  it('is kept without its text and code until then', async () => {
    const asked: unknown[] = [];
    const messageId = await sendCode({
      keepTexts: false,
      means: { findDelivery: async (sent) => void asked.push(sent) },
    });
    const code = given.sent[0]?.template?.parameters.code ?? '';

    await follow(messageId, 0);

    expect(asked).toMatchObject([{ phone: '13800000000', reference: messageId }]);
    const opened = given.secretBox.openText((await sealed()) as Uint8Array, `sms_messages.sealed:${messageId}`);
    expect(opened).toContain('13800000000');
    expect(opened).not.toContain(code);
  });

  it('says why it did not arrive', async () => {
    const means = { findDelivery: reporting({ state: 'undelivered', reason: 'MI:0024' }) };
    await follow(await sendCode({ means }), 0);

    expect(await recent()).toMatchObject([{ state: 'undelivered', reason: 'MI:0024' }]);
  });

  it('is left as handed over, and forgotten, when nobody ever knows', async () => {
    const messageId = await sendCode({ keepTexts: false, means: { findDelivery: reporting() } });

    for (const round of [0, 1, 2, 3, 4]) await follow(messageId, round);

    expect(await recent()).toMatchObject([{ state: 'sent' }]);
    expect(await sealed()).toBeNull();
  });

  it('is asked about again in the next round when the vendor does not answer', async () => {
    const findDelivery = () => Promise.reject(new RemoteCallError('timed-out'));
    const messageId = await sendCode({ keepTexts: false, means: { findDelivery } });

    await follow(messageId, 0);

    expect(await recent()).toMatchObject([{ state: 'sent' }]);
    expect(await waiting()).toMatchObject([{ payload: { messageId, round: 1 } }]);
    expect(await sealed()).not.toBeNull();
  });

  it('is forgotten at once when the vendor refuses to say', async () => {
    const findDelivery = () => Promise.reject(new RemoteCallError('refused', { code: 'UnauthorizedOperation' }));
    const messageId = await sendCode({ keepTexts: false, means: { findDelivery } });

    await follow(messageId, 0);

    expect(await recent()).toMatchObject([{ state: 'sent' }]);
    expect(await sealed()).toBeNull();
  });
});

describe('a message that is not taken', () => {
  it('says who refused it and why, and keeps nothing', async () => {
    const send = async () => ({ status: 'failed', source: 'vendor:sms', reason: 'isv.BLACK_LIST' }) as const;
    await sendCode({ keepTexts: false, means: { send } });

    expect(await recent()).toMatchObject([{ state: 'failed', source: 'vendor:sms', reason: 'isv.BLACK_LIST' }]);
    expect(await sealed()).toBeNull();
    expect(await waiting()).toEqual([]);
  });

  it('for want of a vendor that answers is still waiting', async () => {
    given = await startMessaging({ means: { send: () => Promise.reject(new Error('down')) } });
    await given.issue(LIMITED_APP);
    const messageId = await newestId();

    await expect(given.messaging.deliver(messageId)).rejects.toThrow('down');
    expect(await recent()).toMatchObject([{ state: 'queued', source: null }]);
  });

  it('because its time is over says so', async () => {
    given = await startMessaging();
    await given.issue(LIMITED_APP);
    given.clock.advance({ minutes: 6 });
    const messageId = await newestId();
    await given.messaging.deliver(messageId);

    expect(await recent()).toMatchObject([{ state: 'failed', reason: '已过有效时间,未发送' }]);
  });
});
