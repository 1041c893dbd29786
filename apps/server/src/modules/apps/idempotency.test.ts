import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { createIdempotency, type Idempotency } from './idempotency.ts';

const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
const ONE = new Uint8Array(32).fill(1);
const TWO = new Uint8Array(32).fill(2);
let database: TestDatabase;
let idempotency: Idempotency;

beforeAll(async () => {
  database = await createTestDatabase();
  idempotency = createIdempotency({
    database: database.database,
    secretBox: createSecretBox(TEST_MASTER_KEY),
    clock,
  });
});
afterAll(() => database.drop());

describe('a key', () => {
  it('makes exactly one of fifty equal calls the first', async () => {
    const starts = await Promise.all(Array.from({ length: 50 }, () => idempotency.start('app', 'crowd', ONE)));

    expect(starts.filter(({ state }) => state === 'first')).toHaveLength(1);
    expect(starts.filter(({ state }) => state === 'running')).toHaveLength(49);
  });

  it('gives the answer once there is one', async () => {
    await idempotency.start('app', 'answered', ONE);
    await idempotency.finish('app', 'answered', '{"code":"200"}');

    expect(await idempotency.start('app', 'answered', ONE)).toEqual({ state: 'answered', answer: '{"code":"200"}' });
  });

  it('tells another request apart, whether the first still runs or not', async () => {
    await idempotency.start('app', 'other', ONE);
    expect(await idempotency.start('app', 'other', TWO)).toEqual({ state: 'other-request' });

    await idempotency.finish('app', 'other', '{}');
    expect(await idempotency.start('app', 'other', TWO)).toEqual({ state: 'other-request' });
  });

  it('is free again when the first call was abandoned', async () => {
    await idempotency.start('app', 'abandoned', ONE);
    await idempotency.abandon('app', 'abandoned');

    expect(await idempotency.start('app', 'abandoned', TWO)).toEqual({ state: 'first' });
  });

  it('is taken over from a call that died two minutes ago, by an equal one only', async () => {
    await idempotency.start('app', 'died', ONE);
    clock.advance({ seconds: 119 });
    expect(await idempotency.start('app', 'died', ONE)).toEqual({ state: 'running' });
    clock.advance({ seconds: 1 });

    expect(await idempotency.start('app', 'died', TWO)).toEqual({ state: 'other-request' });
    expect(await idempotency.start('app', 'died', ONE)).toEqual({ state: 'first' });
  });

  it('is forgotten after 24 hours', async () => {
    await idempotency.start('app', 'day', ONE);
    await idempotency.finish('app', 'day', '{}');
    clock.advance({ hours: 24, ms: -1 });
    expect(await idempotency.start('app', 'day', ONE)).toMatchObject({ state: 'answered' });
    clock.advance({ ms: 1 });

    expect(await idempotency.start('app', 'day', TWO)).toEqual({ state: 'first' });
  });

  it('of one app says nothing about the same key of another', async () => {
    await idempotency.start('app', 'shared', ONE);
    await idempotency.finish('app', 'shared', '{}');

    expect(await idempotency.start('another', 'shared', TWO)).toEqual({ state: 'first' });
  });
});

describe('the clean-up', () => {
  it('removes what has expired and nothing else', async () => {
    await idempotency.start('app', 'old', ONE);
    clock.advance({ hours: 24, ms: 1 });
    await idempotency.start('app', 'new', ONE);
    await idempotency.finish('app', 'new', '{}');

    await idempotency.ending.erase(clock.now(), 100);

    const { rows } = await database.database.db.execute<{ key: string }>('select key from idempotent_answers');
    expect(rows.map(({ key }) => key)).toEqual(['new']);
  });
});
