/**
 * Background work on graphile-worker: a job is added inside the caller's transaction and runs at least once after it committed.
 *
 * A process that is killed leaves its jobs locked, and the queue would free them only after four hours. So every runner holds an
 * advisory lock named after its worker pool for as long as its connection lives, and every runner frees the jobs of pools
 * whose lock nobody holds.
 */
import { EventEmitter } from 'node:events';
import { sql } from 'drizzle-orm';
import {
  type CronItem,
  parseCronItems,
  Logger as QueueLogger,
  type Task as QueueTask,
  type Runner,
  run,
  type WorkerEvents,
} from 'graphile-worker';
import type { Database, Tx } from './database.ts';
import { databaseErrorCode } from './database-error.ts';
import { WorkerPoolLock } from './job-pool-lock.ts';
import type { Logger } from './log.ts';

const DEFAULT_CONCURRENCY = 4;
const POLL_INTERVAL_MS = 2_000;
const RELEASE_INTERVAL_MS = 5_000;
const ABORT_AFTER_MS = 20_000;
const KILL_AFTER_MS = 30_000;
const RESTART_PAUSE_MS = 1_000;

export interface JobContext {
  readonly jobId: string;
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Fires when the platform stops and can wait no longer. */
  readonly signal: AbortSignal | undefined;
}

/** Runs at least once, perhaps twice at a time after a lost connection: it must look at the state before it acts. */
export type Task = (payload: unknown, job: JobContext) => Promise<void>;

export interface CronEntry {
  readonly task: string;
  /** Minute, hour, day, month, weekday, in UTC. */
  readonly match: string;
}

export interface JobOptions {
  readonly runAt?: Date;
  /** At most one waiting job has this key: adding again replaces it, also one that had given up. */
  readonly jobKey?: string;
  readonly maxAttempts?: number;
  /** A job of that key that waits for its first try keeps its time. */
  readonly keepsRunAt?: boolean;
}

export interface Jobs {
  add(tx: Tx, task: string, payload: unknown, options?: JobOptions): Promise<void>;
  /** Takes a waiting job back; one that already runs is not run again. */
  remove(tx: Tx, jobKey: string): Promise<void>;
  start(work: { tasks: Readonly<Record<string, Task>>; cron?: readonly CronEntry[] }): Promise<void>;
  /** Takes no new job and waits for the running ones. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly concurrency?: number;
  /** How late a job may begin that was added for later. */
  readonly pollIntervalMs?: number;
}

export function createJobs(options: JobsOptions): Jobs {
  const { database, log } = options;
  let supervisor: RunnerSupervisor | undefined;

  return {
    add: addJob,
    remove: async (tx, jobKey) => {
      await tx.execute(sql`select graphile_worker.remove_job(${jobKey})`);
    },
    start: async ({ tasks, cron = [] }) => {
      if (supervisor) throw new Error('the job runner has been started already');
      const started = new RunnerSupervisor(database, log, {
        concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
        pollIntervalMs: options.pollIntervalMs ?? POLL_INTERVAL_MS,
        tasks: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, toQueueTask(name, task, log)])),
        cron: cron.map(({ task, match }) => ({ task, match })),
      });
      supervisor = started;
      await started.start();
    },
    stop: async () => {
      await supervisor?.stop();
      supervisor = undefined;
    },
  };
}

async function addJob(tx: Tx, task: string, payload: unknown, options: JobOptions = {}): Promise<void> {
  const { runAt, jobKey, maxAttempts, keepsRunAt = false } = options;
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::json, run_at := ${runAt?.toISOString() ?? null}::timestamptz,
      max_attempts := ${maxAttempts ?? null}::int, job_key := ${jobKey ?? null}::text,
      job_key_mode := ${keepsRunAt ? 'preserve_run_at' : 'replace'})`);
}

/** The queue stores a failed job's message as it is, so it gets one that cannot hold a caller's data. */
function toQueueTask(name: string, task: Task, log: Logger): QueueTask {
  return async (payload, helpers) => {
    const { id, attempts, max_attempts: maxAttempts } = helpers.job;
    const context = { jobId: id, attempt: attempts, maxAttempts, signal: helpers.abortSignal };
    try {
      await task(payload, context);
    } catch (err) {
      const fields = { task: name, jobId: id, attempt: attempts, maxAttempts, err };
      if (attempts >= maxAttempts) log.error('a job failed for the last time', fields);
      else log.warn('a job failed and will be tried again', fields);
      throw new Error(describeFailure(err));
    }
  };
}

function describeFailure(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'not an error';
  const code = databaseErrorCode(thrown);
  return code ? `${thrown.name} ${code}` : thrown.name;
}

interface RunnerWork {
  readonly concurrency: number;
  readonly pollIntervalMs: number;
  readonly tasks: Readonly<Record<string, QueueTask>>;
  readonly cron: readonly CronItem[];
}

/** Keeps one runner going: the queue's own runner ends when the database goes away at the wrong moment. */
class RunnerSupervisor {
  private readonly database: Database;
  private readonly log: Logger;
  private readonly work: RunnerWork;
  private runner: Runner | undefined;
  private poolLock: WorkerPoolLock | undefined;
  private releaseTimer: NodeJS.Timeout | undefined;
  private ended: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(database: Database, log: Logger, work: RunnerWork) {
    this.database = database;
    this.log = log;
    this.work = work;
  }

  async start(): Promise<void> {
    const runner = await this.launch();
    this.ended = this.keepRunning(runner);
    await this.releaseDeadPools();
    this.releaseTimer = setInterval(() => void this.releaseDeadPools(), RELEASE_INTERVAL_MS);
    this.releaseTimer.unref();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.releaseTimer);

    const killTimer = setTimeout(() => void this.runner?.kill().catch(() => undefined), KILL_AFTER_MS);
    await this.runner?.stop().catch(() => undefined);
    await this.ended;
    clearTimeout(killTimer);
  }

  private async keepRunning(first: Runner): Promise<void> {
    for (let runner: Runner | undefined = first; ; runner = await this.tryLaunch()) {
      // A stop that came while this one was being launched has not reached it.
      if (this.isStopping) await runner?.stop().catch(() => undefined);
      await runner?.promise.catch(() => undefined);
      await this.poolLock?.release();
      if (this.isStopping) return;

      this.log.warn('the job runner ended and is started again');
      await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE_MS));
    }
  }

  private async tryLaunch(): Promise<Runner | undefined> {
    try {
      return await this.launch();
    } catch (err) {
      this.log.error('the job runner does not start', { err });
      return undefined;
    }
  }

  private async launch(): Promise<Runner> {
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => {
      this.poolLock = new WorkerPoolLock(this.database.connection, workerPool.id, this.log);
      void this.poolLock.hold();
    });
    this.runner = await run({
      pgPool: this.database.pool,
      concurrency: this.work.concurrency,
      pollInterval: this.work.pollIntervalMs,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
      taskList: this.work.tasks,
      parsedCronItems: parseCronItems([...this.work.cron]),
      logger: this.queueLogger(),
      events,
    });
    return this.runner;
  }

  private async releaseDeadPools(): Promise<void> {
    try {
      const count = await this.database.transaction((tx) => WorkerPoolLock.releaseDeadPools(tx));
      if (count > 0) this.log.info('jobs of ended processes were freed', { count });
    } catch (err) {
      this.log.warn('jobs of ended processes could not be freed', { err });
    }
  }

  private queueLogger(): QueueLogger {
    return new QueueLogger(() => (level, _message, meta) => {
      if (level === 'error') this.log.error('the job queue reported a fault', { err: meta?.error });
    });
  }
}
