/** Idempotency-Key: a call that is sent again is carried out once and answered as before. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type SecondServer, startSecondServer } from './second-server.ts';
import { call, callJson, multipart, type WireAnswer, type WireApp } from './wire-client.ts';

const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
let platform: TestPlatform;
let second: SecondServer;
let app: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform({ clock });
  second = await startSecondServer(platform.databaseUrl, { clock });
  app = { ...platform.app, url: platform.url };
});
afterAll(async () => {
  await second.close();
  await platform.close();
});

const timestamp = () => ({ 'X-Ca-Timestamp': `${clock.now().getTime()}` });
const unverified = (accountId: string) => ({ accountId, informPhone: '13800000000' });

function create(caller: WireApp, key: string, body: unknown): Promise<WireAnswer> {
  return callJson(caller, '/open/psnCreateUncertified', body, { ...timestamp(), 'Idempotency-Key': key });
}

async function upload(key: string, bytes: string): Promise<WireAnswer> {
  const file = await multipart([['file', Buffer.from(bytes)]]);
  return call(app, { target: '/api/open/file/upload', ...file, headers: { ...timestamp(), 'Idempotency-Key': key } });
}

describe('a call under an idempotency key', () => {
  it('is answered word for word as the first time when it comes again', async () => {
    const key = randomUUID();

    const first = await create(app, key, unverified('again'));
    const again = await create(app, key, unverified('again'));

    expect(first.body.code).toBe('200');
    expect(again.text).toBe(first.text);
  });

  it('is carried out once when it comes twenty times at once, at two servers', async () => {
    const key = randomUUID();
    const elsewhere = { ...app, url: second.url };

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => create(i % 2 ? app : elsewhere, key, unverified('crowd'))),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.code).toBe('200');
  });

  it('keeps a refusal, too', async () => {
    const key = randomUUID();

    const refused = await create(app, key, { accountId: 'refused' });
    const again = await create(app, key, { accountId: 'refused' });

    expect(refused.body.code).toBe('400');
    expect(again.text).toBe(refused.text);
  });

  it.each([
    ['another body', '/open/psnCreateUncertified', unverified('another')],
    ['another path', '/open/userCreate', unverified('first')],
  ])('is refused for %s', async (_, path, body) => {
    const key = randomUUID();
    await create(app, key, unverified(`first-${key}`));

    const answer = await callJson(app, path, body, { ...timestamp(), 'Idempotency-Key': key });

    expect(answer.body).toMatchObject({ code: '400', success: false, result: null });
    expect(answer.body.msg).toContain('Idempotency-Key');
  });

  it('has nothing to do with the same key of another app', async () => {
    const other = { ...(await platform.createApp()), url: platform.url };
    const key = randomUUID();

    const ours = await create(app, key, unverified('ours'));
    const theirs = await create(other, key, unverified('theirs'));

    expect([ours, theirs].map(({ body }) => body.result)).toEqual([{ accountId: 'ours' }, { accountId: 'theirs' }]);
  });

  it('is remembered for 24 hours and no longer', async () => {
    const key = randomUUID();
    const first = await create(app, key, unverified('day'));

    clock.advance({ hours: 23, minutes: 59 });
    const within = await create(app, key, unverified('day'));
    clock.advance({ minutes: 1 });
    const after = await create(app, key, unverified('day'));

    expect(within.text).toBe(first.text);
    expect(after.body.code).toBe('oc_10501');
  });

  it('that ended in a fault of ours is carried out when it comes again', async () => {
    const key = randomUUID();
    await platform.database.db.execute('alter table users rename to users_away');
    const failed = await create(app, key, unverified('fault'));
    await platform.database.db.execute('alter table users_away rename to users');

    const again = await create(app, key, unverified('fault'));

    expect([failed.status, failed.body.code]).toEqual([500, '500']);
    expect(failed.body.msg).toBe('服务繁忙,请重试.');
    expect(again.body).toMatchObject({ code: '200', result: { accountId: 'fault' } });
  });

  it('is not carried out by a forger, whose key stays free', async () => {
    const key = randomUUID();

    const forged = await create({ ...app, appSecret: 'guess' }, key, unverified('forged'));
    const genuine = await create(app, key, unverified('genuine'));

    expect([forged.status, genuine.body.code]).toEqual([401, '200']);
  });

  it('with a key that is too long is refused', async () => {
    expect((await create(app, 'k'.repeat(256), unverified('long'))).body.msg).toContain('最长255个字符');
  });

  it('reads without remembering', async () => {
    const headers = { ...timestamp(), 'Idempotency-Key': 'reading' };

    const one = await call(app, { target: '/api/open/contract/list?pageNum=1', headers });
    const two = await call(app, {
      target: '/api/open/contract/list?pageNum=2',
      headers: { ...headers, 'X-Ca-Nonce': '2' },
    });

    expect([one.body.code, two.body.code]).toEqual(['200', '200']);
  });
});

describe('an upload under an idempotency key', () => {
  it('is known again by its file, whatever boundary the client made up', async () => {
    const key = randomUUID();

    const first = await upload(key, 'no pdf');
    const again = await upload(key, 'no pdf');

    expect(first.body.code).toBe('oc_30005');
    expect(again.text).toBe(first.text);
  });

  it('is refused for another file of the same length', async () => {
    const key = randomUUID();
    await upload(key, 'file A');

    const other = await upload(key, 'file B');

    expect(other.body).toMatchObject({ code: '400', msg: expect.stringContaining('Idempotency-Key') });
  });
});

describe('an answer that is kept', () => {
  it('is not readable in the database', async () => {
    await create(app, randomUUID(), unverified('unreadable-account'));

    const { rows } = await platform.database.db.execute<{ answer: Buffer }>('select answer from idempotent_answers');

    expect(rows.length).toBeGreaterThan(0);
    expect(Buffer.concat(rows.map(({ answer }) => answer)).includes('unreadable-account')).toBe(false);
  });
});
