import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../testing/callback-inbox.ts';
import { type CallbacksFixture, type FixtureOptions, namesOf, openCallbacks } from './testing/callbacks-fixture.ts';

let play: CallbacksFixture;

async function open(options?: FixtureOptions): Promise<CallbacksFixture> {
  play = await openCallbacks(options);
  return play;
}

afterEach(() => play.close());

/** One event of contract A, its delivery over. */
async function sendOne(): Promise<void> {
  await play.publish(play.event('A', 1));
  await play.settled();
}

const attempts = async (number = 1) => {
  const row = (await play.rows())[number - 1];
  return (await play.callbacks.detail(row?.id ?? ''))?.attempts.toReversed() ?? [];
};

describe('events of one contract', () => {
  it('go out one after the other, a later one only after the earlier one has arrived', async () => {
    const { inbox, event, publish, settled } = await open();
    inbox.answerWith((_, index) => ({ status: index < 3 ? 500 : 200 }));

    await publish(event('A', 1), event('A', 2));
    await publish(event('A', 3));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/1', 'A/1', 'A/1', 'A/2', 'A/3']);
  });

  it('that come while one waits for its next try neither hurry nor overtake it', async () => {
    const { inbox, event, publish, settled } = await open({ timing: { retryMs: [600] } });
    inbox.answerWith((_, index) => ({ status: index === 0 ? 500 : 200 }));

    await publish(event('A', 1));
    await inbox.count(1);
    await publish(event('A', 2));
    await sleep(300);

    expect(namesOf(inbox.received)).toEqual(['A/1']);
    await settled();
    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/1', 'A/2']);
    expect((inbox.received[1]?.at ?? 0) - (inbox.received[0]?.at ?? 0)).toBeGreaterThan(600);
  });

  it('are not held up by those of another contract', async () => {
    const { inbox, event, publish, settled } = await open({ timing: { retryMs: [700] } });
    inbox.answerWith(({ json }) => ({ status: json.contractId === 'A' ? 500 : 200 }));

    await publish(event('A', 1));
    await publish(event('B', 1));
    await publish(event('B', 2));
    await inbox.count(3);

    expect(namesOf(inbox.received).toSorted()).toEqual(['A/1', 'B/1', 'B/2']);
    inbox.answerWith(() => ({}));
    await settled();
  });

  it('go on after one of them was given up', async () => {
    const { inbox, event, publish, settled, statusOf } = await open();
    inbox.answerWith(({ json }) => ({ status: json.accountId === 'party-1' ? 500 : 200 }));

    await publish(event('A', 1), event('A', 2));
    await settled();

    expect(namesOf(inbox.received)).toEqual([...Array(9).fill('A/1'), 'A/2']);
    expect([await statusOf(1), await statusOf(2)]).toEqual(['dead', 'delivered']);
  });
});

describe('a receiver', () => {
  it.each([
    [{ status: 500 }, { status: 500, failure: null }],
    [
      { status: 302, headers: { location: '/elsewhere' } },
      { status: 302, failure: null },
    ],
    [{ hangUp: true }, { status: null, failure: 'unreachable (UND_ERR_SOCKET)' }],
  ] as const)('that answers %j gets the event again', async (reply, recorded) => {
    const { inbox, statusOf } = await open();
    inbox.answerWith((_, index) => (index === 0 ? reply : {}));

    await sendOne();

    expect(inbox.received.map(({ path }) => path)).toEqual(['/callbacks', '/callbacks']);
    expect(await statusOf(1)).toBe('delivered');
    expect((await attempts())[0]).toMatchObject(recorded);
  });

  it('that answers too late gets the event again', async () => {
    const { inbox, statusOf } = await open({ timing: { deadlineMs: 800 } });
    inbox.answerWith((_, index) => (index === 0 ? { afterMs: 2_000 } : {}));

    await sendOne();

    expect(inbox.received).toHaveLength(2);
    expect(await statusOf(1)).toBe('delivered');
    expect((await attempts())[0]).toMatchObject({ status: null, failure: 'timed-out' });
  });

  it('that is down gets everything in order when it is up again', async () => {
    const { inbox, event, publish, settled } = await open();
    await inbox.pause();

    await publish(event('A', 1), event('A', 2), event('A', 3));
    await waitFor(
      async () => (await attempts()).length >= 2,
      () => 'no try',
    );
    await inbox.resume();
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/2', 'A/3']);
    expect((await attempts())[0]?.failure).toBe('unreachable (ECONNREFUSED)');
  });

  it('that asks for time with 429 and Retry-After gets it', async () => {
    const { inbox } = await open();
    inbox.answerWith((_, index) => (index === 0 ? { status: 429, headers: { 'retry-after': '1' } } : {}));

    await sendOne();

    expect((inbox.received[1]?.at ?? 0) - (inbox.received[0]?.at ?? 0)).toBeGreaterThan(990);
  });

  it('may answer more than we keep', async () => {
    const { inbox, statusOf } = await open();
    inbox.answerWith(() => ({ body: 'x'.repeat(3_000_000) }));

    await sendOne();

    expect(await statusOf(1)).toBe('delivered');
    expect((await attempts())[0]?.answer).toHaveLength(2_048);
  });

  it('that is gone is called no more, until its address is set again', async () => {
    const { inbox, event, publish, settled, rows, apps, app } = await open();
    inbox.answerWith(() => ({ status: 410 }));

    await publish(event('A', 1), event('A', 2));
    await settled();
    await publish(event('A', 3));
    await apps.set(app.appKey, { callbackUrl: inbox.url });
    inbox.answerWith(() => ({}));
    await publish(event('A', 4));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/4']);
    expect((await rows()).map(({ status }) => status)).toEqual(['dead', 'unsent', 'unsent', 'delivered']);
  });

  it('that is gone gets nothing of its other contracts either', async () => {
    const { inbox, event, publish, rows } = await open({ timing: { retryMs: [60_000] } });
    inbox.answerWith(({ json }) => ({ status: json.contractId === 'A' ? 500 : 410 }));
    await publish(event('A', 1));
    await inbox.count(1);
    await play.quiet();

    await publish(event('B', 1));
    await play.settled();

    expect((await rows()).map(({ status, nextTryAt }) => [status, nextTryAt])).toEqual([
      ['unsent', null],
      ['dead', null],
    ]);
  });

  it('that moved while its old address said 410 gets the event at the new one', async () => {
    const { inbox, event, publish, settled, apps, app, statusOf } = await open();
    inbox.answerWith(async ({ path }) => {
      if (path !== '/callbacks') return {};
      await apps.set(app.appKey, { callbackUrl: `${inbox.url}/moved` });
      return { status: 410 };
    });

    await publish(event('A', 1));
    await settled();

    expect(inbox.received.map(({ path }) => path)).toEqual(['/callbacks', '/callbacks/moved']);
    expect(await statusOf(1)).toBe('delivered');
  });
});

describe('what an app does not want', () => {
  it('is kept unsent: no address, the type is off', async () => {
    const { inbox, event, publish, rows, apps, app } = await open();
    await apps.set(app.appKey, { callbackTypes: ['OPEN_CONTRACT_STATUS_CHANGED'] });
    await publish(event('A', 1));
    await apps.set(app.appKey, { callbackUrl: null, callbackTypes: ['OPEN_CONTRACT_SIGNED'] });
    await publish(event('A', 2));

    expect((await rows()).map(({ status }) => status)).toEqual(['unsent', 'unsent']);
    expect(inbox.received).toEqual([]);
  });

  it('is not sent either when it is switched off before its next try; what it held back goes on', async () => {
    const { inbox, publish, event, apps, app, rows, settled } = await open();
    inbox.answerWith(async () => {
      await apps.set(app.appKey, { callbackTypes: ['OPEN_CONTRACT_STATUS_CHANGED'] });
      return { status: 500 };
    });
    const changed = {
      ...event('A', 2),
      event: {
        type: 'contract-status-changed',
        data: { contractId: 'A', status: 'completed', closedAt: null, reason: null },
      },
    } as const;

    await publish(event('A', 1), changed);
    await inbox.count(1);
    inbox.answerWith(() => ({}));
    await settled();

    expect((await rows()).map(({ status }) => status)).toEqual(['unsent', 'delivered']);
    expect(inbox.received).toHaveLength(2);
  });
});

describe('a transaction that is rolled back', () => {
  it('has published nothing', async () => {
    const { database, callbacks, event, rows, inbox } = await open();

    const failing = database.transaction(async (tx) => {
      await callbacks.publish(tx, event('A', 1));
      throw new Error('the command failed');
    });

    await expect(failing).rejects.toThrow('the command failed');
    expect(await rows()).toEqual([]);
    await sleep(100);
    expect(inbox.received).toEqual([]);
  });
});
