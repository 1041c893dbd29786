import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireFolderLock, FolderLockedError, findLockHolder } from './folder-lock.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signet-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A lock file as another process would have left it. */
async function leaveBehind(changed: Record<string, unknown>): Promise<void> {
  const lock = await acquireFolderLock(path, 0);
  const owner = JSON.parse(readFileSync(path, 'utf8')) as object;
  await lock.release();
  writeFileSync(path, JSON.stringify({ ...owner, nonce: 'other', ...changed }));
}

const DEAD_PID = 2 ** 22 + 1; // beyond the largest process number of Linux

describe('folder lock', () => {
  it('has one owner, and another only after the first let go', async () => {
    const first = await acquireFolderLock(path, 0);

    await expect(acquireFolderLock(path, 0)).rejects.toMatchObject({ name: 'FolderLockedError', pid: process.pid });
    await first.release();
    const second = await acquireFolderLock(path, 0);

    expect(await findLockHolder(path)).toBe(process.pid);
    await second.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('passes from a dead process to exactly one of many that want it', async () => {
    // One round hits the narrow moments of a takeover only now and then.
    for (let round = 0; round < 100; round++) {
      await leaveBehind({ pid: DEAD_PID, nonce: `dead-${round}` });

      const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireFolderLock(path, 0)));

      const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(held).toHaveLength(1);
      expect(readdirSync(folder)).toEqual(['lock']);
      await held[0]?.release();
    }
  });

  it('passes on also when whoever took it over died in the middle', async () => {
    await leaveBehind({ pid: DEAD_PID, nonce: 'dead' });
    writeFileSync(`${path}.takeover-dead`, readFileSync(path, 'utf8').replace('"dead"', '"dead-too"'));

    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireFolderLock(path, 0)));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('is free when its process number now belongs to another process', async () => {
    await leaveBehind({ startedAt: '1' });

    expect(await findLockHolder(path)).toBeUndefined();
    await (await acquireFolderLock(path, 0)).release();
  });

  it('is held by a process of another container for as long as it touches the file', async () => {
    await leaveBehind({ place: 'another boot or container', pid: DEAD_PID });

    expect(await findLockHolder(path)).toBe(DEAD_PID);
    await expect(acquireFolderLock(path, 0)).rejects.toThrow(FolderLockedError);

    utimesSync(path, new Date(), new Date(Date.now() - 60_000));
    await (await acquireFolderLock(path, 0)).release();
  });

  it.each(['', '{', '{"pid":"x"}', 'null'])('is free when its file holds %j', async (content) => {
    writeFileSync(path, content);

    const lock = await acquireFolderLock(path, 0);

    expect(await findLockHolder(path)).toBe(process.pid);
    await lock.release();
  });

  it('is not taken away from a new owner by the release of an old one', async () => {
    const old = await acquireFolderLock(path, 0);
    rmSync(path);
    const current = await acquireFolderLock(path, 0);

    await old.release();

    expect(await findLockHolder(path)).toBe(process.pid);
    await current.release();
  });
});
