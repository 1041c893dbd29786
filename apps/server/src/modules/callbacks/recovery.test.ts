import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { waitFor } from '../../testing/callback-inbox.ts';
import {
  type CallbacksFixture,
  type FixtureOptions,
  namesOf,
  openCallbacks,
  QUICK,
} from './testing/callbacks-fixture.ts';

let play: CallbacksFixture;

async function open(options?: FixtureOptions): Promise<CallbacksFixture> {
  play = await openCallbacks(options);
  return play;
}

afterEach(() => play.close());

const attempts = async (number = 1) => {
  const row = (await play.rows())[number - 1];
  return (await play.callbacks.detail(row?.id ?? ''))?.attempts.toReversed() ?? [];
};

describe('a sweep over many contracts', () => {
  it('begins with the one that has waited longest', async () => {
    const { inbox, event, publish, database, callbacks } = await open({ clock: new ManualClock(new Date()) });
    for (const id of ['A', 'B', 'C']) await publish(event(id, 1));
    await database.pool.query(`update callback_events set next_try_at = next_try_at - case subject
      when 'contract:A' then interval '2 minutes' when 'contract:B' then interval '3 minutes'
      else interval '1 minute' end`);
    await database.pool.query(`select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null`);

    await callbacks.tasks['callbacks.sweep']?.({}, { jobId: '1', attempt: 1, maxAttempts: 1, signal: undefined });

    const { rows } = await database.pool.query('select key from graphile_worker.jobs order by id');
    expect(rows.map(({ key }) => key.split(':').at(-1))).toEqual(['B', 'A', 'C']);
    expect(inbox.received).toEqual([]);
  });
});

describe('several servers', () => {
  it('send an event once, and a contract in order', async () => {
    const { inbox, event, publish, settled, server } = await open();
    await server();
    await server();
    const contracts = Array.from({ length: 20 }, (_, i) => `C${i}`);

    await Promise.all(contracts.map((id) => publish(event(id, 1), event(id, 2))));
    await Promise.all(contracts.map((id) => publish(event(id, 3))));
    await settled();

    const names = namesOf(inbox.received);
    expect(new Set(names).size).toBe(60);
    expect(names).toHaveLength(60);
    for (const id of contracts) {
      expect(names.filter((name) => name.startsWith(`${id}/`))).toEqual([`${id}/1`, `${id}/2`, `${id}/3`]);
    }
  });

  it('keep away from an event that is being sent, and take it over when its sender is never heard of again', async () => {
    const { inbox, event, settled, callbacks, database, rows } = await open();
    const claimedAt = performance.now();

    await database.transaction(async (tx) => {
      await callbacks.publish(tx, event('A', 1), event('A', 2));
      await tx.execute(sql`update callback_events set claimed_until = now() + interval '700 milliseconds'
        where data->>'accountId' = 'party-1'`);
    });
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/2']);
    expect((inbox.received[0]?.at ?? 0) - claimedAt).toBeGreaterThan(600);
    expect(inbox.received[0]?.headers['webhook-id']).toBe((await rows())[0]?.id);
  });
});

describe('a sender', () => {
  it('leaves a job for the end of its claim, should it die', async () => {
    const clock = new ManualClock(new Date());
    const { inbox, event, publish, deliver, database } = await open({ clock });
    inbox.answerWith(() => ({ afterMs: 2_000 }));

    await publish(event('A', 1));
    await deliver('A');
    await inbox.count(1);

    const { rows } = await database.pool.query('select run_at from graphile_worker.jobs');
    expect(rows).toEqual([{ run_at: new Date(clock.now().getTime() + QUICK.claimMs) }]);
  });

  it('that lost its claim decides nothing more', async () => {
    const { inbox, event, publish, settled, database, rows } = await open();
    const takeOver = `update callback_events set claimed_until = now() + interval '300 milliseconds'`;
    inbox.answerWith(async (_, index) => {
      if (index === 0) await database.pool.query(takeOver);
      return {};
    });

    await publish(event('A', 1));
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/1']);
    expect((await rows())[0]).toMatchObject({ status: 'delivered', tries: 1 });
    expect(await attempts()).toHaveLength(2);
  });
});

describe('a server that stops', () => {
  it('lets what is under way end', async () => {
    const { inbox, event, publish, stop, statusOf } = await open();
    inbox.answerWith(() => ({ afterMs: 150 }));
    await publish(event('A', 1));
    await inbox.count(1);

    await stop();

    expect(await statusOf(1)).toBe('delivered');
  });

  it('gives back what takes too long and what it had not begun, for the next server to send at once', async () => {
    const { inbox, event, publish, stop, server, settled } = await open();
    inbox.answerWith(() => ({ afterMs: 10_000 }));
    const contracts = ['A', 'B', 'C', 'D', 'E', 'F'];
    for (const id of contracts) await publish(event(id, 1));
    await inbox.count(4);

    await stop();
    inbox.answerWith(() => ({}));
    await server();
    await settled();

    expect(new Set(namesOf(inbox.received))).toEqual(new Set(contracts.map((id) => `${id}/1`)));
    expect((await play.rows()).map(({ status, tries }) => [status, tries])).toEqual(Array(6).fill(['delivered', 1]));
  });
});

describe('an event that is published while its lane is being left', () => {
  it('has a job all the same, although its own was removed with that of the lane', async () => {
    const late = [2];
    const { inbox, event, publish, deliver, database } = await open({
      // No worker takes the job before it is removed.
      clock: new ManualClock(new Date()),
      beforeRemove: async () => {
        for (const number of late.splice(0)) await play.publish(play.event('A', number));
      },
    });
    const jobs = () => database.pool.query('select 1 from graphile_worker.jobs');

    await publish(event('A', 1));
    await deliver('A');
    await inbox.count(1);
    await waitFor(
      () => late.length === 0,
      () => 'the lane was not left',
    );
    await play.quiet();

    expect((await jobs()).rowCount).toBe(1);
    await deliver('A');
    await inbox.count(2);
    await play.settled();
    expect((await jobs()).rowCount).toBe(0);
  });
});

describe('an event whose job was lost', () => {
  it('is found by the sweep, once its own job has had its chance', async () => {
    const { inbox, event, publish, settled, database, callbacks } = await open({ timing: { retryMs: [60_000] } });
    inbox.answerWith((_, index) => ({ status: index === 0 ? 500 : 200 }));
    await publish(event('A', 1), event('A', 2));
    await waitFor(
      async () => (await attempts()).length === 1,
      () => 'no try',
    );
    await play.quiet();
    await database.pool.query(
      `select graphile_worker.remove_job('callback:' || app_id || ':' || subject) from callback_events`,
    );
    await database.pool.query(`update callback_events set next_try_at = now() - interval '14 seconds'`);

    await callbacks.tasks['callbacks.sweep']?.({}, { jobId: '1', attempt: 1, maxAttempts: 1, signal: undefined });
    await sleep(200);
    expect(inbox.received).toHaveLength(1);
    await callbacks.resume();
    await settled();

    expect(namesOf(inbox.received)).toEqual(['A/1', 'A/1', 'A/2']);
  });
});
