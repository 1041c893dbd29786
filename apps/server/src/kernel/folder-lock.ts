/**
 * One owner for a folder. A file created by an atomic hard link names the owner; the owner's process tells whether it still
 * lives. Between containers that share a volume process numbers mean nothing, so the owner also touches the file and a foreign
 * owner counts as gone once it has stopped doing so.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const HEARTBEAT_MS = 5_000;
const FOREIGN_STALE_MS = 20_000;
const POLL_MS = 100;
// A takeover is a handful of file operations.
const GUARD_POLL_MS = 5;

const ownerSchema = z.object({
  pid: z.int().positive(),
  place: z.string(),
  startedAt: z.string(),
  nonce: z.string().regex(/^[\w-]*$/),
});

type LockOwner = z.infer<typeof ownerSchema>;

export interface FolderLock {
  release(): Promise<void>;
}

export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly hasSafeMessage = true;
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`);
    this.pid = pid;
  }
}

/** Takes the lock, waiting up to `waitMs` for a living owner to let go. */
export async function acquireFolderLock(path: string, waitMs: number): Promise<FolderLock> {
  const self: LockOwner = { ...currentProcess(), nonce: randomBytes(8).toString('hex') };
  const deadline = performance.now() + waitMs;

  for (;;) {
    if (await tryCreate(path, self)) return holdLock(path, self);

    const owner = await readOwner(path);
    if (owner && !(await isAlive(path, owner))) await removeStale(path, owner);
    else if (owner?.pid === process.pid || performance.now() >= deadline)
      throw new FolderLockedError(path, owner?.pid ?? 0);
    else await sleep(POLL_MS);
  }
}

/** The process that holds the lock, or undefined when nobody living does. */
export async function findLockHolder(path: string): Promise<number | undefined> {
  const owner = await readOwner(path);
  return owner && (await isAlive(path, owner)) ? owner.pid : undefined;
}

function holdLock(path: string, self: LockOwner): FolderLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    release: async () => {
      clearInterval(heartbeat);
      const owner = await readOwner(path);
      if (owner?.nonce === self.nonce) await rm(path, { force: true });
    },
  };
}

async function tryCreate(path: string, self: LockOwner): Promise<boolean> {
  const draft = `${path}.${self.nonce}`;
  await writeFile(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Several starters may judge the same owner dead, and one of them act long after another has become the new owner. So a lock is
 * removed only under a guard that is named after it, and only if it is still there: nobody else can put it out of the way
 * meanwhile, and a newer lock has another name. A guard is a lock too, so one left by a process that died passes on likewise.
 */
async function removeStale(path: string, judged: LockOwner): Promise<void> {
  const guard = await tryGuard(`${path}.takeover-${judged.nonce}`);
  if (!guard) return sleep(GUARD_POLL_MS);
  try {
    const owner = await readOwner(path);
    if (owner?.nonce === judged.nonce) await rm(path, { force: true });
  } finally {
    await guard.release();
  }
}

async function tryGuard(path: string): Promise<FolderLock | undefined> {
  try {
    return await acquireFolderLock(path, 0);
  } catch (error) {
    if (error instanceof FolderLockedError) return undefined;
    throw error;
  }
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    // The file appears complete by its hard link, so unreadable content is no lock of ours: treat it as an owner that is gone.
    return { pid: 1, place: '', startedAt: '', nonce: '' };
  }
}

async function isAlive(path: string, owner: LockOwner): Promise<boolean> {
  if (owner.place === '') return false;
  if (owner.place !== currentPlace()) {
    const touched = await stat(path).catch(() => undefined);
    return touched !== undefined && Math.abs(Date.now() - touched.mtimeMs) < FOREIGN_STALE_MS;
  }
  return processExists(owner.pid) && processStart(owner.pid) === owner.startedAt;
}

function currentProcess(): Omit<LockOwner, 'nonce'> {
  return { pid: process.pid, place: currentPlace(), startedAt: processStart(process.pid) };
}

/** Where a process number has its meaning: this boot and this process namespace. */
function currentPlace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** The kernel's start time of a process, which tells a reused number apart; empty where the system does not show it. */
function processStart(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22, counted after the command name, which may itself hold spaces and parentheses.
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
