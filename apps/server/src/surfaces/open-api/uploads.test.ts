import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { clearAbandoned } from './uploads.ts';

const NOW = new Date('2026-11-24T08:00:00Z');
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe('uploads that a killed server left behind', () => {
  it('are removed after an hour, while younger ones stay', async () => {
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

    await clearAbandoned(folder, NOW);

    expect(await readdir(folder)).toEqual(['young']);
  });

  it('are no fault when there has never been an upload', async () => {
    await expect(clearAbandoned(join(tmpdir(), 'signet-no-such-folder'), NOW)).resolves.toBeUndefined();
  });
});
