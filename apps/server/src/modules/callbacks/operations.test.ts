import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import {
  type CallbacksFixture,
  type FixtureOptions,
  namesOf,
  numbered,
  openCallbacks,
} from './testing/callbacks-fixture.ts';

let play: CallbacksFixture;

async function open(options?: FixtureOptions): Promise<CallbacksFixture> {
  play = await openCallbacks(options);
  return play;
}

afterEach(() => play.close());

const PAGE = { number: 1, size: 10 };
const idOf = async (number: number): Promise<string> => (await play.rows())[number - 1]?.id ?? '';
const START = new Date('2026-11-24T10:00:00.000Z');

describe('an operator', () => {
  it('finds callbacks of all apps, newest first, by every filter', async () => {
    const { apps, callbacks, publish, event, app, settled } = await open();
    const other = (await apps.create({ name: 'other' })).app;
    await publish(event('A', 1));
    await publish(event('B', 1));
    await publish(numbered(other.id, 'C', 1));
    await settled();
    const found = async (search: Partial<Parameters<typeof callbacks.list>[0]>) => {
      const { list, total } = await callbacks.list({ page: PAGE, ...search });
      expect(total).toBe(list.length);
      return list.map(({ subject }) => subject);
    };

    expect(await found({})).toEqual(['contract:C', 'contract:B', 'contract:A']);
    expect(await found({ appId: app.id })).toEqual(['contract:B', 'contract:A']);
    expect(await found({ status: 'unsent' })).toEqual(['contract:C']);
    expect(await found({ contractId: 'A' })).toEqual(['contract:A']);
    expect(await found({ transactionId: await idOf(2) })).toEqual(['contract:B']);
    expect(await found({ businessType: 'OPEN_CONTRACT_SIGNED' })).toHaveLength(3);
    expect(await found({ businessType: 'OPEN_PSN_CERT_RESULT' })).toEqual([]);
    expect(await found({ businessType: 'NO_SUCH_TYPE' })).toEqual([]);
    expect(await found({ end: new Date(Date.now() - 60_000) })).toEqual([]);
    expect((await callbacks.list({ page: { number: 2, size: 2 } })).list.map(({ subject }) => subject)).toEqual([
      'contract:A',
    ]);
  });

  it('sees what was sent and what came back, try by try', async () => {
    const { inbox, callbacks, publish, event, settled } = await open();
    inbox.answerWith((_, index) => (index === 0 ? { status: 503, body: '维护中' } : { body: 'ok' }));
    await publish(event('A', 1));
    await settled();

    const detail = await callbacks.detail(await idOf(1));

    expect(detail?.callback).toMatchObject({ status: 'delivered', tries: 2, nextTryAt: expect.any(Date) });
    expect(detail?.body).toEqual(inbox.received[0]?.json);
    expect(detail?.attempts.map(({ status, answer }) => [status, Buffer.from(answer ?? []).toString()])).toEqual([
      [200, 'ok'],
      [503, '维护中'],
    ]);
    expect(detail?.attempts[0]).toMatchObject({
      url: inbox.url,
      requestHeaders: { 'webhook-signature': inbox.received[1]?.headers['webhook-signature'] },
    });
    expect(await callbacks.detail('1')).toBeUndefined();
  });

  it('sends a dead one again: a new schedule under the same number, before what waits behind it', async () => {
    const { inbox, callbacks, publish, event, settled, statusOf } = await open();
    inbox.answerWith(() => ({ status: 500 }));
    await publish(event('A', 1));
    await settled();
    expect(await statusOf(1)).toBe('dead');
    inbox.answerWith((_, index) => ({ status: index < 11 ? 500 : 200 }));

    expect(await callbacks.resend({ transactionIds: [await idOf(1)] })).toBe(1);
    await publish(event('A', 2));
    await settled();

    expect(namesOf(inbox.received)).toEqual([...Array(12).fill('A/1'), 'A/2']);
    expect(new Set(inbox.received.slice(0, 12).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await statusOf(1)).toBe('delivered');
  });

  it('sends everything of a time again that was not sent, in its order', async () => {
    const { inbox, apps, app, callbacks, publish, event, settled, rows } = await open();
    await apps.set(app.appKey, { callbackUrl: null });
    await publish(event('A', 1), event('A', 2));
    await publish(event('A', 3));
    await apps.set(app.appKey, { callbackUrl: inbox.url });
    const end = new Date(Date.now() + 1_000);
    const unsent = { appId: app.id, status: 'unsent', end } as const;

    expect(await callbacks.resend({ ...unsent, begin: end })).toBe(0);
    expect(await callbacks.resend({ ...unsent, appId: 'other', begin: START })).toBe(0);
    expect(await callbacks.resend({ ...unsent, begin: (await rows())[0]?.occurredAt ?? end })).toBe(3);
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/2', 'A/3']);
  });

  it('sends at most 10,000 again at a time, the oldest first', async () => {
    const { app, apps, callbacks, rows, database } = await open();
    await apps.set(app.appKey, { callbackUrl: null });
    await database.pool.query(
      `insert into callback_events (id, app_id, subject, type, data, occurred_at, status)
        select n::text, $1, 'contract:A', 'party-settled', '{}', $2, 'dead' from generate_series(1, 10001) n`,
      [app.id, START],
    );

    expect(await callbacks.resend({ appId: app.id, status: 'dead', begin: START, end: START })).toBe(10_000);

    expect((await rows()).filter(({ status }) => status === 'dead').map(({ id }) => id)).toEqual(['10001']);
  });

  it('leaves alone what is being sent at this moment', async () => {
    const { inbox, callbacks, publish, event, settled } = await open();
    inbox.answerWith(() => ({ afterMs: 200 }));
    await publish(event('A', 1));
    await inbox.count(1);

    expect(await callbacks.resend({ transactionIds: [await idOf(1)] })).toBe(0);

    await settled();
    expect(inbox.received).toHaveLength(1);
  });
});

describe('the connectivity test', () => {
  it('is a GET without parameters', async () => {
    const { inbox, callbacks, app } = await open();

    expect(await callbacks.probe(app.id)).toEqual({
      ok: true,
      status: 200,
      failure: null,
      milliseconds: expect.any(Number),
    });

    expect(inbox.received[0]).toMatchObject({ method: 'GET', path: '/callbacks', body: '' });
  });

  it.each([
    [{ status: 404 }, { ok: false, status: 404, failure: null }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1/' } },
      { ok: false, status: 302, failure: null },
    ],
    [{ afterMs: 3_000 }, { ok: false, status: null, failure: 'timed-out' }],
  ])('tells of an answer %j', async (reply, result) => {
    const { inbox, callbacks, app } = await open({ timing: { deadlineMs: 1_500 } });
    inbox.answerWith(() => reply);

    expect(await callbacks.probe(app.id)).toMatchObject(result);
  });

  it('tells why there is none', async () => {
    const { apps, app, callbacks } = await open({ httpClient: { allow: [] } });

    expect(await callbacks.probe(app.id)).toMatchObject({ ok: false, status: null, failure: 'address-refused' });
    await apps.set(app.appKey, { callbackUrl: null });
    expect(await callbacks.probe(app.id)).toEqual({ ok: false, status: null, failure: 'no-address', milliseconds: 0 });
  });
});

describe('a receiver inside our own network', () => {
  it.each([
    ...['http://127.0.0.1', 'http://127.1', 'http://2130706433', 'http://0x7f000001', 'http://0177.0.0.1'],
    ...['http://localhost', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://[64:ff9b::7f00:1]', 'http://0.0.0.0'],
    ...['http://10.0.0.1', 'http://192.168.1.1', 'http://169.254.169.254', 'http://[fd00::1]', 'http://[fe80::1]'],
  ])('is refused as %s', async (address) => {
    const { inbox, apps, app, publish, event, settled, callbacks } = await open({
      ...{ httpClient: { allow: [] }, timing: { retryMs: [] } },
    });
    await apps.set(app.appKey, { callbackUrl: `${address}:${inbox.port}/` });

    await publish(event('A', 1));
    await settled();

    expect((await callbacks.detail(await idOf(1)))?.attempts).toMatchObject([
      { status: null, failure: 'address-refused' },
    ]);
    expect(inbox.received).toEqual([]);
  });

  it('is refused under a name whose address changes after the first look', async () => {
    const addresses = ['127.0.0.1', '10.0.0.7'];
    const resolve = async () => [{ address: addresses.shift() ?? '', family: 4 }];
    const { inbox, apps, app, publish, event, settled, callbacks } = await open({
      ...{ httpClient: { allow: ['127.0.0.0/8'], resolve }, timing: { retryMs: [] } },
    });
    inbox.answerWith(() => ({ headers: { connection: 'close' } }));
    await apps.set(app.appKey, { callbackUrl: `http://rebinding.example:${inbox.port}/` });

    await publish(event('A', 1), event('A', 2));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1']);
    expect((await callbacks.detail(await idOf(2)))?.attempts[0]?.failure).toBe('address-refused');
  });

  it('is reached where the operator allows it', async () => {
    const { inbox, apps, app, publish, event, settled, statusOf } = await open({
      httpClient: { allow: ['localhost'] },
    });
    await apps.set(app.appKey, { callbackUrl: `http://localhost:${inbox.port}/` });

    await publish(event('A', 1));
    await settled();

    expect(await statusOf(1)).toBe('delivered');
  });
});

describe('after 90 days', () => {
  it('what was settled is gone, what still waits stays', async () => {
    const clock = new ManualClock(START);
    const { callbacks, publish, event, deliver, quiet, rows, inbox, apps, app, statusOf } = await open({ clock });
    await publish(event('A', 1));
    await deliver('A');
    await inbox.count(1);
    await quiet();
    inbox.answerWith(() => ({ status: 500 }));
    await publish(event('B', 1));
    await apps.set(app.appKey, { callbackUrl: null });
    await publish(event('C', 1));
    const day90 = () => new Date(clock.now().getTime() - 90 * 86_400_000);
    expect(await statusOf(1)).toBe('delivered');

    clock.advance({ days: 90 });
    await callbacks.ending.settled.erase(day90(), 100);
    expect(await rows()).toHaveLength(3);
    clock.advance({ ms: 1 });
    await callbacks.ending.settled.erase(day90(), 100);

    expect((await rows()).map(({ subject, status }) => [subject, status])).toEqual([['contract:B', 'pending']]);
    expect(await play.database.db.execute('select 1 from callback_attempts')).toMatchObject({ rowCount: 0 });
  });
});
