import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { abandonedUploads } from './uploads.ts';

const NOW = new Date('2026-11-24T08:00:00Z');
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe('uploads that a killed server left behind', () => {
  it('are removed when they are old, while younger ones stay', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signet-uploads-'));
    folders.push(folder);
    for (const [name, minutes] of [
      ['old', 61],
      ['young', 59],
    ] as const) {
      await writeFile(join(folder, name), name);
      const at = new Date(NOW.getTime() - minutes * 60_000);
      await utimes(join(folder, name), at, at);
    }

    const hourAgo = new Date(NOW.getTime() - 3_600_000);
    const due = await abandonedUploads(folder).count(hourAgo);
    const erased = await abandonedUploads(folder).erase(hourAgo, 100);

    expect([due, erased, await readdir(folder)]).toEqual([1, 1, ['young']]);
  });

  it('are no fault when there has never been an upload', async () => {
    const uploads = abandonedUploads(join(tmpdir(), 'signet-no-such-folder'));

    expect([await uploads.count(NOW), await uploads.erase(NOW, 100)]).toEqual([0, 0]);
  });
});
