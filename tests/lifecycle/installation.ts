/** A platform as its operator runs it: real processes, a data folder, signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_LIMIT_MS = 60_000;

export interface ServerProcess {
  readonly url: string;
  readonly startMs: number;
  readonly pid: number;
  output(): string;
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; stopMs: number }>;
}

export interface Installation {
  readonly dataFolder: string;
  start(settings?: Record<string, string>): Promise<ServerProcess>;
  /** Runs to the end; for starts that must fail and for `signet` commands. */
  run(
    program: 'start' | 'signet',
    args: string[],
    settings?: Record<string, string>,
    /** What is typed. */
    input?: string,
  ): Promise<{ code: number; output: string }>;
  /** Process number of the embedded PostgreSQL; undefined when none runs. */
  postgresPid(): number | undefined;
  remove(): Promise<void>;
}

const PROGRAMS = { start: 'scripts/start.mjs', signet: 'apps/server/bin/signet.mjs' };

/** `user` runs its processes as somebody else, which takes root. */
export function createInstallation(user?: { uid: number; gid: number }): Installation {
  const parent = mkdtempSync(join(tmpdir(), 'signet-lifecycle-'));
  chmodSync(parent, 0o755);
  if (user) chownSync(parent, user.uid, user.gid);
  const dataFolder = join(parent, 'data');
  const children: ChildProcess[] = [];

  const launch = (program: 'start' | 'signet', args: string[], settings: Record<string, string>) => {
    const environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      SIGNET_DATA: dataFolder,
      ...settings,
    };
    const child = spawn(process.execPath, [PROGRAMS[program], ...args], {
      cwd: ROOT,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...user,
    });
    children.push(child);
    return { child, output: collect(child) };
  };
  const postgresPid = (): number | undefined => findPostgres(dataFolder);

  return {
    dataFolder,
    postgresPid,
    start: async (settings = {}) => {
      const startedAt = performance.now();
      const { child, output } = launch('start', [], settings);
      const url = await readUrl(child, output);
      return {
        url,
        startMs: performance.now() - startedAt,
        pid: child.pid ?? 0,
        output,
        kill: (signal) => kill(child, signal),
      };
    },
    run: async (program, args, settings = {}, input = '') => {
      const { child, output } = launch(program, args, settings);
      child.stdin?.end(input);
      const [code] = (await once(child, 'close')) as [number];
      return { code, output: output() };
    },
    remove: async () => {
      for (const child of children) child.kill('SIGKILL');
      await stopLeftover(postgresPid());
      rmSync(dirname(dataFolder), { recursive: true, force: true });
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody has waited for yet is dead.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return () => chunks.join('');
}

async function readUrl(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = performance.now() + READY_LIMIT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const match = /^Signet is ready: (\S+)$/m.exec(output());
    if (match?.[1]) return match[1];
    await sleep(20);
  }
  throw new Error(`The server did not become ready:\n${output()}`);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals) {
  const startedAt = performance.now();
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill(signal);
  const [code, endSignal] = await exited;
  return { code, signal: endSignal, stopMs: performance.now() - startedAt };
}

function findPostgres(dataFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function stopLeftover(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(20);
}
