import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LIMITED_APP,
  type MessagingFixture,
  otherThan,
  startMessaging,
  TARGET,
  UNLIMITED_APP,
} from './testing/messaging-fixture.ts';

let given: MessagingFixture;

beforeEach(async () => {
  given = await startMessaging();
});

afterEach(() => given.drop());

describe('an issued code', () => {
  it('is told to the surface where no message leaves the machine', async () => {
    const issued = await given.issue(UNLIMITED_APP);

    expect(issued).toMatchObject({ sandboxCode: await given.newestCode(UNLIMITED_APP), resendAfterSeconds: 0 });
  });

  it('stays inside the module where messages are really sent', async () => {
    const production = await startMessaging({ keepTexts: false });

    const issued = await production.issue(LIMITED_APP);

    expect(issued).toEqual({ codeId: expect.any(String), expireSeconds: 300, resendAfterSeconds: 60 });
    await production.drop();
  });

  it('says when the next one may be asked for', async () => {
    await given.issue(LIMITED_APP);
    given.clock.advance({ seconds: 18 });

    await expect(given.issue(LIMITED_APP)).rejects.toMatchObject({ context: { retryAfterSeconds: 42 } });
  });
});

describe('a one-time SMS code', () => {
  it('passes once and never again', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    expect(await given.guess(LIMITED_APP, ` ${code} `)).toEqual({ outcome: 'passed', remainingAttempts: 4 });
    await expect(given.guess(LIMITED_APP, code)).rejects.toThrow('SMS_CODE_USED');
  });

  it('passes exactly once under 50 parallel right guesses', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    const guesses = await Promise.allSettled(Array.from({ length: 50 }, () => given.guess(LIMITED_APP, code)));

    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('gives exactly five tries under 50 parallel wrong guesses', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    const wrong = Array.from({ length: 50 }, () => given.guess(LIMITED_APP, otherThan(code)));
    const judged = (await Promise.allSettled(wrong)).flatMap((guess) =>
      guess.status === 'fulfilled' ? [guess.value.remainingAttempts] : [],
    );

    expect(judged.sort()).toEqual([0, 1, 2, 3, 4]);
    await expect(given.guess(LIMITED_APP, code)).rejects.toThrow('SMS_CODE_EXHAUSTED');
  });

  it('lives five minutes', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);
    given.clock.advance({ minutes: 5 });

    await expect(given.guess(LIMITED_APP, code)).rejects.toThrow('SMS_CODE_EXPIRED');
  });

  it('is replaced by a later one', async () => {
    const first = await given.issue(LIMITED_APP);
    const firstCode = await given.newestCode(LIMITED_APP);
    given.clock.advance({ seconds: 60 });
    const second = await given.issue(LIMITED_APP);
    const secondCode = await given.newestCode(LIMITED_APP);

    await expect(given.guess(LIMITED_APP, firstCode, { codeId: first.codeId })).rejects.toThrow('SMS_CODE_EXPIRED');
    expect(await given.guess(LIMITED_APP, secondCode, { codeId: second.codeId })).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    ['purpose', { purpose: 'signing' }],
    ['subject', { subject: 'OPFN2' }],
    ['phone', { phone: '13800000001' }],
  ])('does not count for another %s', async (_, other) => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    await expect(given.guess(LIMITED_APP, code, other)).rejects.toThrow('SMS_CODE_NOT_SENT');
  });

  it('does not count for another app', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    await expect(given.guess(UNLIMITED_APP, code)).rejects.toThrow('SMS_CODE_NOT_SENT');
  });

  it('leaves neither phone nor code in clear in the database', async () => {
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);
    const { rows } = await given.database.db.execute(
      sql`select s.*::text as code_row, m.*::text as message_row, encode(m.sealed, 'escape') as sealed
          from sms_codes s, sms_messages m`,
    );

    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${code}(?!\\d)|${TARGET.phone}`));
  });
});

describe('the sending limits of an app', () => {
  it('let one of 20 parallel sends through', async () => {
    const sends = await Promise.allSettled(Array.from({ length: 20 }, () => given.issue(LIMITED_APP)));

    expect(sends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(sends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { error: 'SMS_TOO_SOON' } });
  });

  it('count all flows of one phone, ten a day', async () => {
    for (let i = 0; i < 10; i++) {
      await given.issue(LIMITED_APP, { subject: `OPFN${i}` });
      given.clock.advance({ seconds: 60 });
    }

    await expect(given.issue(LIMITED_APP)).rejects.toThrow('SMS_DAILY_LIMIT');
    await given.issue(LIMITED_APP, { phone: '13800000001' });
    given.clock.set(new Date('2026-11-25T00:00:00+08:00'));
    await given.issue(LIMITED_APP);
  });

  it('are off when the app says so', async () => {
    await Promise.all(Array.from({ length: 12 }, () => given.issue(UNLIMITED_APP)));
  });
});

describe('a message', () => {
  it('goes out after the commit, once', async () => {
    await given.jobs.start({ tasks: given.messaging.tasks });
    await given.issue(LIMITED_APP);
    const code = await given.newestCode(LIMITED_APP);

    await expect
      .poll(() => given.sent)
      .toMatchObject([
        {
          ...{ phone: TARGET.phone, text: expect.stringContaining(code) },
          template: { code: 'CODE', parameters: { code, minutes: '5' } },
        },
      ]);
    await given.jobs.stop();
  });

  it('never goes out when the transaction is rolled back', async () => {
    const work = given.database.transaction(async (tx) => {
      await given.messaging.issueCode(tx, LIMITED_APP, TARGET);
      throw new Error('second thoughts');
    });

    await expect(work).rejects.toThrow('second thoughts');
    expect(await given.newestCode(LIMITED_APP)).toBe('');
  });

  it('is not sent any more once its code has expired', async () => {
    await given.issue(LIMITED_APP);
    given.clock.advance({ minutes: 6 });

    await given.messaging.deliver(await onlyMessageId());

    expect(given.sent).toEqual([]);
  });

  it('is shown to its own app only, newest first, for 24 hours', async () => {
    await given.issue(UNLIMITED_APP);
    given.clock.advance({ seconds: 1 });
    await given.issue(UNLIMITED_APP, { phone: '13800000001' });
    const page = { pageNumber: 1, pageSize: 10 };
    const list = (query: object = {}, app = UNLIMITED_APP) =>
      given.messaging.listSandboxMessages(app, { ...page, ...query });

    expect(await list()).toMatchObject({ total: 2, list: [{ phone: '13800000001' }, { phone: '13800000000' }] });
    expect(await list({ pageNumber: 2, pageSize: 1 })).toMatchObject({ total: 2, list: [{ phone: '13800000000' }] });
    expect(await list({ phone: '13800000001' })).toMatchObject({ total: 1 });
    expect(await list({}, LIMITED_APP)).toEqual({ total: 0, list: [] });
    given.clock.advance({ hours: 24, seconds: 1 });
    expect(await list()).toEqual({ total: 0, list: [] });
  });

  it('loses its text, its code and its record by their age, each by itself', async () => {
    const { ending } = given.messaging;
    const made = given.clock.now();
    await given.issue(LIMITED_APP);
    given.clock.advance({ hours: 1 });
    const later = given.clock.now();
    expect(await ending.texts.erase(made, 100)).toBe(0);

    expect([await ending.texts.count(later), await ending.texts.erase(later, 100)]).toEqual([1, 1]);
    expect(await ending.texts.erase(later, 100)).toBe(0);
    // With the counter of the app's day.
    expect(await ending.codes.erase(later, 100)).toBe(2);
    expect(await ending.records.erase(later, 100)).toBe(1);
    expect((await given.database.db.execute(sql`select 1 from sms_messages`)).rows).toEqual([]);
  });
});

describe('outside sandbox mode', () => {
  it('keeps no text once the message is delivered', async () => {
    const production = await startMessaging({ keepTexts: false });
    await production.issue(LIMITED_APP);
    const { rows } = await production.database.db.execute<{ id: string }>(sql`select id from sms_messages`);

    await production.messaging.deliver(rows[0]!.id);

    expect(production.sent).toHaveLength(1);
    expect(await production.newestCode(LIMITED_APP)).toBe('');
    await production.drop();
  });
});

async function onlyMessageId(): Promise<string> {
  const { rows } = await given.database.db.execute<{ id: string }>(sql`select id from sms_messages`);
  return rows[0]!.id;
}
