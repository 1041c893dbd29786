/** A sweep that is killed in the middle has erased whole parts, and the next one does the rest. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { createTestDatabase, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { createReplayGuard } from '../apps/index.ts';

const SCRIPT = join(import.meta.dirname, 'testing', 'slow-sweep.ts');
const DUE = 500;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const left = async () => test.database.db.$count(sql`used_nonces`);

it('loses nothing that is not due, and what it leaves is due again', async () => {
  await test.database.db.execute(sql`
    insert into used_nonces select 'a', 'due-' || n, now() - interval '1 hour' from generate_series(1, ${DUE}) n`);
  await test.database.db.execute(sql`insert into used_nonces values ('a', 'young', now() + interval '1 hour')`);
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, test.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let parts = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    parts += chunk.toString().split('erased 10').length - 1;
    if (parts >= 3) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];

  expect(signal).toBe('SIGKILL');
  const afterKill = await left();
  expect(afterKill % 10).toBe(1);
  expect(afterKill).toBeGreaterThan(1);
  expect(afterKill).toBeLessThanOrEqual(DUE + 1 - 30);

  const { ending } = createReplayGuard({ database: test.database, clock: systemClock });
  expect(await ending.erase(systemClock.now(), DUE)).toBe(afterKill - 1);
  expect((await test.database.db.execute(sql`select nonce from used_nonces`)).rows).toEqual([{ nonce: 'young' }]);
});
