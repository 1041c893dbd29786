import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJobs, type Jobs } from './jobs.ts';
import { createLogger, silentLog } from './log.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let test: TestDatabase;
let jobs: Jobs;

beforeEach(async () => {
  test = await createTestDatabase();
  jobs = createJobs({ database: test.database, log: silentLog });
});

afterEach(async () => {
  await jobs.stop();
  await test.drop();
});

describe('jobs', () => {
  it('runs a job once its transaction has committed', async () => {
    const { task, seen } = recordingTask();
    await jobs.start({ tasks: { greet: task } });

    await test.database.transaction((tx) => jobs.add(tx, 'greet', { name: '张三' }));

    await until(() => seen.length === 1);
    expect(seen).toEqual([{ name: '张三' }]);
  });

  it('forgets a job whose transaction was rolled back', async () => {
    const { task, seen } = recordingTask();
    await jobs.start({ tasks: { greet: task } });

    const work = test.database.transaction(async (tx) => {
      await jobs.add(tx, 'greet', 'undone');
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    await test.database.transaction((tx) => jobs.add(tx, 'greet', 'kept'));

    await until(() => seen.length === 1);
    expect(seen).toEqual(['kept']);
  });

  it('keeps one waiting job per key, the latest', async () => {
    const { task, seen } = recordingTask();
    await test.database.transaction(async (tx) => {
      await jobs.add(tx, 'greet', 1, { jobKey: 'same' });
      await jobs.add(tx, 'greet', 2, { jobKey: 'same' });
      await jobs.add(tx, 'greet', 3);
    });

    await jobs.start({ tasks: { greet: task } });

    await until(() => seen.length === 2);
    expect(seen.sort()).toEqual([2, 3]);
  });

  it('does not run a job that was taken back, nor one before its time', async () => {
    const { task, seen } = recordingTask();
    await test.database.transaction(async (tx) => {
      await jobs.add(tx, 'greet', 'later', { runAt: new Date('2100-01-01') });
      await jobs.add(tx, 'greet', 'never', { jobKey: 'gone', runAt: new Date('2000-01-01') });
      await jobs.remove(tx, 'gone');
      await jobs.add(tx, 'greet', 'now');
    });

    await jobs.start({ tasks: { greet: task } });

    await until(() => seen.length === 1);
    expect(seen).toEqual(['now']);
  });

  it('tries a failed job again and tells it the attempt', async () => {
    const attempts: number[] = [];
    await jobs.start({
      tasks: {
        flaky: async (_payload, { attempt }) => {
          attempts.push(attempt);
          if (attempt === 1) throw new Error('not yet');
        },
      },
    });

    await test.database.transaction((tx) => jobs.add(tx, 'flaky', null));

    await until(() => attempts.length === 2);
    expect(attempts).toEqual([1, 2]);
  });

  it('stores and logs nothing of a failure that could be personal data', async () => {
    const lines: string[] = [];
    const log = createLogger({ logLevel: 'debug', destination: { write: (line: string) => void lines.push(line) } });
    jobs = createJobs({ database: test.database, log });
    const fail = async () => {
      throw new Error('no such person 110101199003078857');
    };

    await jobs.start({ tasks: { fail } });
    await test.database.transaction((tx) => jobs.add(tx, 'fail', null, { maxAttempts: 1 }));

    await until(() => lines.some((line) => line.includes('for the last time')));
    await until(async () => (await lastErrors()).length === 1);
    expect(lines.join()).not.toContain('110101199003078857');
    expect((await lastErrors()).join()).not.toContain('110101199003078857');
  });

  it('waits for a running job when it stops', async () => {
    let finished = false;
    const slow = recordingTask(async () => {
      await sleep(300);
      finished = true;
    });
    await jobs.start({ tasks: { slow: slow.task } });
    await test.database.transaction((tx) => jobs.add(tx, 'slow', null));
    await until(() => slow.seen.length === 1);

    await jobs.stop();

    expect(finished).toBe(true);
  });

  it('goes on after every one of its connections was cut', async () => {
    const { task, seen } = recordingTask();
    await jobs.start({ tasks: { greet: task } });
    await test
      .connect()
      .pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );

    await test.database.transaction((tx) => jobs.add(tx, 'greet', 'after the cut'));

    await until(() => seen.length === 1, 20_000);
    expect(seen).toEqual(['after the cut']);
  });

  it('runs the job of a process that was killed in the middle of it', async () => {
    const script = fileURLToPath(new URL('./testing/hanging-worker.ts', import.meta.url));
    const worker = spawn(process.execPath, ['--import', 'tsx', script, test.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await test.database.transaction((tx) => jobs.add(tx, 'hang', 'unfinished'));
    await once(worker.stdout, 'data');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    const { task, seen } = recordingTask();

    await jobs.start({ tasks: { hang: task } });

    await until(() => seen.length === 1, 20_000);
    expect(seen).toEqual(['unfinished']);
  });

  it('leaves the long job of a living process alone', async () => {
    const { task, seen } = recordingTask(() => sleep(9_000));
    await jobs.start({ tasks: { long: task } });
    await test.database.transaction((tx) => jobs.add(tx, 'long', 'one'));
    await until(() => seen.length === 1);
    const second = createJobs({ database: test.connect(), log: silentLog });

    await second.start({ tasks: { long: task } });
    await sleep(8_000);
    await second.stop();

    expect(seen).toEqual(['one']);
  });
});

function recordingTask(work: () => Promise<unknown> = async () => undefined) {
  const seen: unknown[] = [];
  const task = async (payload: unknown): Promise<void> => {
    seen.push(payload);
    await work();
  };
  return { task, seen };
}

async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await sleep(20);
  }
}

async function lastErrors(): Promise<string[]> {
  const { rows } = await test.database.pool.query<{ error: string }>(
    'select last_error as error from graphile_worker._private_jobs where last_error is not null',
  );
  return rows.map((row) => row.error);
}
