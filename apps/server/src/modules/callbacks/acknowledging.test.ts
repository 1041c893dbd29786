import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { CALLBACK_TIMING } from './index.ts';
import { type CallbacksFixture, type FixtureOptions, namesOf, openCallbacks } from './testing/callbacks-fixture.ts';

let play: CallbacksFixture;

async function open(options?: FixtureOptions): Promise<CallbacksFixture> {
  play = await openCallbacks(options);
  return play;
}

afterEach(() => play.close());

const idOf = async (number: number): Promise<string> => (await play.rows())[number - 1]?.id ?? '';
const START = new Date('2026-11-24T10:00:00.000Z');

/** A clock that stands still, the published schedule, and one delivered event. */
async function openDelivered(clock: ManualClock): Promise<CallbacksFixture> {
  const { publish, event, deliver, inbox, quiet } = await open({ clock, timing: CALLBACK_TIMING });
  await publish(event('A', 1));
  await deliver('A');
  await inbox.count(1);
  await quiet();
  return play;
}

async function sweepAndSend(): Promise<void> {
  await play.deliver('A');
  await sleep(60);
  await play.quiet();
}

describe('a callback that was delivered', () => {
  it('is sent five times more within 72 hours when an app that knows how does not confirm it', async () => {
    const clock = new ManualClock(START);
    const { inbox, apps, app, database, rows } = await openDelivered(clock);
    await database.transaction((tx) => apps.noteConfirmation(tx, app.id));

    for (const [sent, hours] of [0.5, 2, 8, 24, 60].entries()) {
      clock.set(new Date(START.getTime() + hours * 3_600_000 - 1));
      await sweepAndSend();
      expect(inbox.received).toHaveLength(sent + 1);
      clock.advance({ ms: 1 });
      await play.deliver('A');
      await inbox.count(sent + 2);
      await play.quiet();
    }
    clock.advance({ days: 30 });
    await sweepAndSend();

    expect(inbox.received).toHaveLength(6);
    expect(new Set(inbox.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await rows())[0]).toMatchObject({ status: 'delivered', reminders: 5, nextTryAt: null, tries: 1 });
  });

  it('is not sent again to an app that has never confirmed any', async () => {
    const clock = new ManualClock(START);
    const { inbox } = await openDelivered(clock);

    clock.advance({ minutes: 31 });
    await sweepAndSend();

    expect(inbox.received).toHaveLength(1);
    expect((await play.rows())[0]?.nextTryAt).toBeNull();
  });

  it('is not sent again once it is confirmed, and confirming twice changes nothing', async () => {
    const clock = new ManualClock(START);
    const { inbox, callbacks, app, rows } = await openDelivered(clock);
    clock.advance({ minutes: 10 });
    await callbacks.confirm(app.id, await idOf(1));
    const once = await rows();

    clock.advance({ minutes: 30 });
    await callbacks.confirm(app.id, await idOf(1));
    await sweepAndSend();

    expect(await rows()).toEqual(once);
    expect(once[0]).toMatchObject({ status: 'delivered', confirmedAt: new Date('2026-11-24T10:10:00.000Z') });
    expect(inbox.received).toHaveLength(1);
  });

  it('is sent again, when the sweep finds it due, to an app that has confirmed another one', async () => {
    const { inbox, event, publish, settled, app, callbacks } = await open({ timing: { reminderMs: [10] } });
    await publish(event('A', 1));
    await settled();
    await callbacks.confirm(app.id, await idOf(1));
    await publish(event('B', 1));
    await settled();
    await sleep(30);

    await callbacks.resume();

    await inbox.count(3);
    expect(namesOf(inbox.received)).toEqual(['A/1', 'B/1', 'B/1']);
  });
});

describe('a callback that is confirmed before we know of its delivery', () => {
  it('is not sent again, and lets the next one go', async () => {
    const { inbox, event, publish, settled, callbacks, app, rows } = await open({ timing: { retryMs: [60_000] } });
    inbox.answerWith((_, index) => ({ status: index === 0 ? 500 : 200 }));
    await publish(event('A', 1), event('A', 2));
    await inbox.count(1);
    await play.quiet();

    await callbacks.confirm(app.id, await idOf(1));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/2']);
    expect((await rows()).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  it('stays confirmed when the answer to its delivery comes after that', async () => {
    const { inbox, event, publish, settled, callbacks, app, rows } = await open();
    inbox.answerWith(async ({ headers }) => {
      await callbacks.confirm(app.id, String(headers['webhook-id']));
      return { status: 500 };
    });

    await publish(event('A', 1), event('A', 2));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/2']);
    expect((await rows())[0]).toMatchObject({ status: 'delivered', confirmedAt: expect.any(Date), nextTryAt: null });
  });
});
