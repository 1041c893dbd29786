/** Servers that publish and send are killed again and again; in the end everything has arrived, once or more often, in order. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createRandom } from '../durability/random.ts';
import { openUnsteadyReceiver, type UnsteadyReceiver } from './unsteady-receiver.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const READY_LIMIT_MS = 120_000;
/** From the last event to the last arrival. */
const ARRIVAL_LIMIT_MS = 300_000;
/** A life ends in the middle of its work: when part of its events are committed, and a moment later. */
const LONGEST_LIFE_MS = 15_000;
const LONGEST_MOMENT_MS = 300;

export interface KilledSenderRun {
  readonly databaseUrl: string;
  readonly masterKey: Uint8Array;
  readonly events: number;
  readonly contracts: number;
  readonly kills: number;
  readonly seed: number;
  /** Called after each kill. */
  readonly onKill?: (kills: number, published: number) => void;
}

export interface KilledSenderResult {
  readonly faults: readonly string[];
  readonly events: number;
  readonly kills: number;
  readonly requests: number;
  readonly failures: number;
  /** Requests for what had been answered 200 already: the sender died, or did not hear the answer. */
  readonly repeats: number;
  /** From the commit to the first request that was answered 200. */
  readonly latenciesMs: readonly number[];
}

export async function killSenders(run: KilledSenderRun): Promise<KilledSenderResult> {
  const random = createRandom(run.seed);
  const receiver = await openUnsteadyReceiver(SECRET, run.seed);
  const dataFolder = mkdtempSync(join(tmpdir(), 'signet-killed-sender-'));
  const database = new pg.Pool({ connectionString: run.databaseUrl, max: 2 });
  // A soak that is interrupted takes the database away.
  database.on('error', () => undefined);
  const children = new Set<ChildProcess>();
  const countOf = async (statement: string) => Number((await database.query(statement)).rows[0].count);
  const published = () => countOf('select count(*) from callback_ledger');
  const start = (quota: number, seed: number) => startChild(run, { dataFolder, receiver, quota, seed, children });

  try {
    await database.query(LEDGER);
    for (let kills = 1; kills <= run.kills; kills += 1) {
      const before = await published();
      // What is left is spread over the lives to come, the last one included.
      const quota = Math.ceil((run.events - before) / (run.kills + 2 - kills));
      const child = await start(quota, run.seed * 1_000 + kills);
      const enough = before + random.below(quota);
      const deadline = performance.now() + LONGEST_LIFE_MS;
      while ((await published()) < enough && performance.now() < deadline) await sleep(5);
      await sleep(random.below(LONGEST_MOMENT_MS));
      await end(child);
      run.onKill?.(kills, await published());
    }
    await start(run.events - (await published()), run.seed);
    await untilAll(async () => (await published()) >= run.events, 'the events were not all published');
    await untilAll(async () => receiver.arrivals.size >= run.events, 'not everything arrived');
    const open = `select count(*) from callback_events where status <> 'delivered'`;
    await untilAll(async () => (await countOf(open)) === 0, 'something is not known to be delivered');
    return await judge(run, database, receiver);
  } finally {
    for (const each of children) await end(each);
    await database.end();
    await receiver.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

const LEDGER = `create table if not exists callback_ledger (contract_id text not null, number int not null,
  committed_at timestamptz not null default clock_timestamp(), primary key (contract_id, number))`;

interface ChildOptions {
  readonly dataFolder: string;
  readonly receiver: UnsteadyReceiver;
  readonly quota: number;
  readonly seed: number;
  readonly children: Set<ChildProcess>;
}

async function startChild(run: KilledSenderRun, options: ChildOptions): Promise<ChildProcess> {
  const { dataFolder, receiver, quota, seed, children } = options;
  const args = ['--import', 'tsx', 'tests/callbacks/publishing-server.ts', `${quota}`, `${run.contracts}`, `${seed}`];
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', SIGNET_LOG_LEVEL: 'error' },
    ...{ SIGNET_DATA: dataFolder, DATABASE_URL: run.databaseUrl },
    SIGNET_MASTER_KEY: Buffer.from(run.masterKey).toString('hex'),
    ...{ SIGNET_APP_KEY: 'killed', SIGNET_APP_SECRET: 'killed-sender-secret' },
    ...{ SIGNET_APP_CALLBACK_URL: receiver.inbox.url, SIGNET_APP_CALLBACK_SECRET: SECRET },
  };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const deadline = performance.now() + READY_LIMIT_MS;
  while (!output.includes('Signet is ready')) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`the server did not start:\n${output}`);
    await sleep(10);
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function untilAll(holds: () => Promise<boolean>, problem: string): Promise<void> {
  const deadline = performance.now() + ARRIVAL_LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(problem);
    await sleep(100);
  }
}

async function judge(run: KilledSenderRun, database: pg.Pool, receiver: UnsteadyReceiver): Promise<KilledSenderResult> {
  const { rows } = await database.query<{ name: string; committed: string }>(
    `select contract_id || '/' || number as name, extract(epoch from committed_at) * 1000 as committed from callback_ledger`,
  );
  const stored = await database.query('select id from callback_events');
  const faults = [...receiver.faults];
  if (stored.rowCount !== rows.length) faults.push(`${rows.length} in the ledger, ${stored.rowCount} events`);
  for (const { name } of rows) if (!receiver.arrivals.has(name)) faults.push(`${name} was lost`);
  const known = new Set(rows.map(({ name }) => name));
  for (const name of receiver.arrivals.keys())
    if (!known.has(name)) faults.push(`${name} arrived but was never committed`);

  const requests = receiver.inbox.received.length;
  const failures = receiver.failures();
  return {
    ...{ faults, requests, failures, events: rows.length, kills: run.kills },
    repeats: requests - failures - receiver.arrivals.size,
    latenciesMs: rows.map(({ name, committed }) => (receiver.arrivals.get(name) ?? 0) - Number(committed)),
  };
}
