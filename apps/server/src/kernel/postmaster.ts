/** The server process of a PostgreSQL cluster that we did not start, or no longer have as a child: found, stopped, cleared away. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processExists } from './folder-lock.ts';
import { InstallationError } from './installation-error.ts';

const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const POLL_MS = 20;

/** Fast shutdown: roll back, checkpoint, leave. Immediate: leave now and recover from the log at the next start. */
export const FAST_SHUTDOWN = 'SIGINT';
const IMMEDIATE_SHUTDOWN = 'SIGQUIT';

/**
 * Brings the folder into a state in which a server can start: an orphan (our process died, its server lived on) is stopped
 * cleanly, and a pid file whose number now belongs to some other program is removed. Only the holder of the folder lock may call it.
 * @returns whether an orphan was stopped.
 */
export async function clearFormerServer(cluster: string, socketFolder: string): Promise<boolean> {
  const pid = readPostmasterPid(cluster);
  const alive = serverProcesses(cluster, pid);

  if (alive.length > 0) await stopOrphan(cluster, pid, alive);
  // With a dead number PostgreSQL clears the file itself, after checking that no backend still holds its shared memory.
  else if (pid !== undefined && processExists(pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true });

  rmSync(join(socketFolder, '.s.PGSQL.5432.lock'), { force: true });
  rmSync(join(socketFolder, '.s.PGSQL.5432'), { force: true });
  return alive.length > 0;
}

/** PostgreSQL writes `ready` into the pid file once it accepts connections (as pg_ctl reads it). */
export function isAcceptingConnections(cluster: string, pid: number): boolean {
  const lines = readPidFile(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function readPostmasterPid(cluster: string): number | undefined {
  const pid = Number(readPidFile(cluster)[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function readPidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

async function stopOrphan(cluster: string, pid: number | undefined, alive: readonly number[]): Promise<void> {
  // Without its postmaster the remaining backends notice and leave by themselves.
  const postmaster = pid !== undefined && alive.includes(pid) ? pid : undefined;

  if (postmaster !== undefined) process.kill(postmaster, FAST_SHUTDOWN);
  if (await becomesEmpty(cluster, pid, FAST_SHUTDOWN_MS)) return;

  if (postmaster !== undefined) process.kill(postmaster, IMMEDIATE_SHUTDOWN);
  if (await becomesEmpty(cluster, pid, IMMEDIATE_SHUTDOWN_MS)) return;

  throw new InstallationError(
    `A PostgreSQL server of an earlier run (process ${alive[0]}) still uses ${cluster} and does not stop.`,
    'stop that process, then start again.',
  );
}

async function becomesEmpty(cluster: string, pid: number | undefined, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (serverProcesses(cluster, pid).length === 0) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Every living process of this cluster. PostgreSQL works inside its data folder, so the working directory identifies it. */
function serverProcesses(cluster: string, pid: number | undefined): number[] {
  const folder = realPath(cluster);
  if (folder === undefined) return [];

  try {
    const numbers = readdirSync('/proc').map(Number).filter(Number.isInteger);
    return numbers.filter((candidate) => workingDirectory(candidate) === folder);
  } catch {
    return pid !== undefined && commandLine(pid).includes(cluster) ? [pid] : [];
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** For systems without /proc. */
function commandLine(pid: number): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
