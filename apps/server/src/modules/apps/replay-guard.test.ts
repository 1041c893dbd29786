import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { createReplayGuard, REPLAY_WINDOW_MS, type ReplayGuard } from './replay-guard.ts';

const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
let database: TestDatabase;
let guard: ReplayGuard;
/** Of another server. */
let other: ReplayGuard;

beforeAll(async () => {
  database = await createTestDatabase();
  guard = createReplayGuard({ database: database.database, clock });
  other = createReplayGuard({ database: database.connect(), clock });
});
afterAll(() => database.drop());

const until = (ms = REPLAY_WINDOW_MS) => new Date(clock.now().getTime() + ms);
const count = async () => {
  const { rows } = await database.database.db.execute<{ count: number }>(
    'select count(*)::int as count from used_nonces',
  );
  return rows[0]?.count;
};

describe('a nonce', () => {
  it('is fresh once', async () => {
    expect(await guard.useNonce('app', 'once', until())).toBe(true);
    expect(await guard.useNonce('app', 'once', until())).toBe(false);
    expect(await other.useNonce('app', 'once', until())).toBe(false);
  });

  it('is fresh for one of a hundred calls that two servers get at once', async () => {
    const uses = Array.from({ length: 100 }, (_, i) => (i % 2 ? guard : other).useNonce('app', 'crowd', until()));

    expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
  });

  it('belongs to its app, whatever characters the two are made of', async () => {
    const uses = [
      ['a', 'b"c'],
      ['a"b', 'c'],
      ['a,b', 'c'],
      ['a', 'b,c'],
    ] as const;

    expect(await Promise.all(uses.map(([app, nonce]) => guard.useNonce(app, nonce, until())))).toEqual(
      uses.map(() => true),
    );
  });

  it('is used until its request can no longer be replayed, that moment included', async () => {
    await guard.useNonce('app', 'timed', until(1_000));

    clock.advance({ ms: 1_000 });
    expect(await guard.useNonce('app', 'timed', until(1_000))).toBe(false);
    clock.advance({ ms: 1 });
    expect(await guard.useNonce('app', 'timed', until(1_000))).toBe(true);
  });
});

describe('two servers', () => {
  it('that record the same nonces in opposite order at once do not lock each other out', async () => {
    const nonces = Array.from({ length: 500 }, (_, i) => `both-${i}`);

    for (let round = 0; round < 5; round += 1) {
      const here = nonces.map((nonce) => guard.useNonce(`app-${round}`, nonce, until()));
      const there = nonces.toReversed().map((nonce) => other.useNonce(`app-${round}`, nonce, until()));
      const answers = await Promise.all([...here, ...there]);
      expect(answers.filter(Boolean)).toHaveLength(nonces.length);
    }
  });
});

describe('the clean-up', () => {
  it('forgets nonces whose time is over and no other', async () => {
    await guard.ending.erase(clock.now(), 100);
    const before = (await count()) ?? 0;
    await guard.useNonce('app', 'short', until(10));
    await guard.useNonce('app', 'long', until(100_000));
    clock.advance({ ms: 11 });

    await guard.ending.erase(clock.now(), 100);

    expect(await count()).toBe(before + 1);
    expect(await guard.useNonce('app', 'long', until())).toBe(false);
  });
});

describe('a database that is away', () => {
  it('lets no call through, and the guard works again afterwards', async () => {
    await database.database.db.execute('alter table used_nonces rename to used_nonces_away');
    await expect(guard.useNonce('app', 'away', until())).rejects.toThrow();
    await database.database.db.execute('alter table used_nonces_away rename to used_nonces');

    expect(await guard.useNonce('app', 'away', until())).toBe(true);
  });
});
