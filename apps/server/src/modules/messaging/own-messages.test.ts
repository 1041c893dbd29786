/** Codes and notices for purposes of an app's own, and how many there may be. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LIMITED_APP,
  type MessagingFixture,
  otherThan,
  startMessaging,
  UNLIMITED_APP,
} from './testing/messaging-fixture.ts';

const PHONE = '13911110000';
const LIMITS = { perPhonePerDay: 3, perAppPerDay: 5, perAddressPerHour: 4 };
const NOTICE = { phone: PHONE, templateCode: 'NOTICE_TEXT', parameters: { content: '好' } };

let given: MessagingFixture;

beforeEach(async () => {
  given = await startMessaging({ limits: LIMITS });
});

afterEach(() => given.drop());

const errorsOf = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.error] : []));

describe('an own code', () => {
  it('passes exactly once under 50 parallel right guesses', async () => {
    const { codeId } = await given.messaging.issueOwnCode(UNLIMITED_APP, { phone: PHONE });
    const code = await given.newestCode(UNLIMITED_APP);

    const guesses = await Promise.allSettled(
      Array.from({ length: 50 }, () => given.messaging.verifyOwnCode(UNLIMITED_APP, { codeId, code })),
    );

    expect(errorsOf(guesses)).toEqual(Array.from({ length: 49 }, () => 'SMS_CODE_USED'));
  });

  it('gives exactly five tries under 50 parallel wrong guesses', async () => {
    const { codeId } = await given.messaging.issueOwnCode(UNLIMITED_APP, { phone: PHONE });
    const code = otherThan(await given.newestCode(UNLIMITED_APP));

    const guesses = await Promise.allSettled(
      Array.from({ length: 50 }, () => given.messaging.verifyOwnCode(UNLIMITED_APP, { codeId, code })),
    );

    expect(errorsOf(guesses)).toEqual(Array.from({ length: 45 }, () => 'SMS_CODE_EXHAUSTED'));
  });

  it('expires after five minutes', async () => {
    const { codeId } = await given.messaging.issueOwnCode(UNLIMITED_APP, { phone: PHONE });
    const code = await given.newestCode(UNLIMITED_APP);
    given.clock.advance({ minutes: 5 });

    await expect(given.messaging.verifyOwnCode(UNLIMITED_APP, { codeId, code })).rejects.toThrow('SMS_CODE_EXPIRED');
  });
});

describe('limits', () => {
  it('hold for each phone and day', async () => {
    for (let i = 0; i < 3; i++) {
      await given.messaging.issueOwnCode(LIMITED_APP, { phone: PHONE });
      given.clock.advance({ seconds: 61 });
    }

    await expect(given.messaging.issueOwnCode(LIMITED_APP, { phone: PHONE })).rejects.toThrow('SMS_DAILY_LIMIT');
    await expect(given.messaging.sendNotice(LIMITED_APP, NOTICE)).resolves.toEqual(expect.any(String));
  });

  it('hold for an app and day, exactly, under parallel sends to many phones', async () => {
    const sends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => given.messaging.issueOwnCode(LIMITED_APP, { phone: `139111100${10 + i}` })),
    );
    expect(errorsOf(sends)).toEqual(Array.from({ length: 15 }, () => 'SMS_APP_LIMIT'));

    given.clock.advance({ days: 1 });
    await expect(given.messaging.issueOwnCode(LIMITED_APP, { phone: PHONE })).resolves.toBeDefined();
  });

  it('hold for a calling address and hour, whatever the phone', async () => {
    const send = (i: number, address: string) =>
      given.messaging.sendNotice(LIMITED_APP, { ...NOTICE, phone: `139111100${10 + i}`, address });
    for (let i = 0; i < 4; i++) await send(i, '203.0.113.7');

    await expect(send(5, '203.0.113.7')).rejects.toThrow('SMS_ADDRESS_LIMIT');
    await expect(send(5, '203.0.113.8')).resolves.toBeDefined();
    given.clock.advance({ hours: 24 });
    await expect(send(6, '203.0.113.7')).resolves.toBeDefined();
  });

  it('do not hold for an app without them', async () => {
    const sends = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        given.messaging.sendNotice(UNLIMITED_APP, { ...NOTICE, address: '203.0.113.7' }),
      ),
    );

    expect(errorsOf(sends)).toEqual([]);
  });

  it('keep no address and no phone in the clear, and are forgotten by their age', async () => {
    await given.messaging.sendNotice(LIMITED_APP, { ...NOTICE, address: '203.0.113.7' });
    const { rows } = await given.database.db.execute('select * from sms_counters');
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/203\.0\.113\.7|13911110000/);

    given.clock.advance({ days: 3 });
    await given.messaging.ending.codes.erase(given.clock.now(), 100);
    expect((await given.database.db.execute('select * from sms_counters')).rows).toEqual([]);
  });
});

describe('a notice', () => {
  it('is kept with its template, its parts and how it was delivered', async () => {
    const messageId = await given.messaging.sendNotice(UNLIMITED_APP, {
      ...{ ...NOTICE, templateCode: 'NOTICE_REJECTED' },
      parameters: { name: '张三', contractName: '字'.repeat(40), reason: '字'.repeat(40) },
    });
    await given.messaging.deliver(messageId);

    expect(given.sent).toMatchObject([{ phone: PHONE, text: expect.stringMatching(/^【Signet】张三,《/) }]);
    const { rows } = await given.database.db.execute(
      'select kind, template_code, parts, status, settled_at from sms_messages',
    );
    expect(rows).toMatchObject([{ kind: 'notice', template_code: 'NOTICE_REJECTED', parts: 2, status: 'sent' }]);
    expect(rows[0]?.settled_at).not.toBeNull();
  });

  it('goes by a template of the app before one of the installation', async () => {
    await given.messaging.saveTemplate({ code: 'T', text: '全部{a}' });
    await given.messaging.saveTemplate({ code: 'T', text: '本应用{a}', appId: UNLIMITED_APP.id });
    await given.messaging.sendNotice(UNLIMITED_APP, { phone: PHONE, templateCode: 'T', parameters: { a: '1' } });
    await given.messaging.sendNotice(LIMITED_APP, { phone: PHONE, templateCode: 'T', parameters: { a: '1' } });

    const texts = async (app: typeof LIMITED_APP) =>
      (await given.messaging.listSandboxMessages(app, { pageNumber: 1, pageSize: 9 })).list.map(({ text }) => text);
    expect(await texts(UNLIMITED_APP)).toEqual(['【Signet】本应用1']);
    expect(await texts(LIMITED_APP)).toEqual(['【Signet】全部1']);
  });

  it('has no template of the sandbox in production', async () => {
    const production = await startMessaging({ keepTexts: false });

    await expect(production.messaging.sendNotice(UNLIMITED_APP, NOTICE)).rejects.toThrow('SMS_TEMPLATE_NOT_FOUND');
    await production.drop();
  });
});
