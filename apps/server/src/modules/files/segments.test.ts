import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilesystemStorage } from '../../providers/storage-filesystem/storage.ts';
import type { FileStorage } from './ports.ts';
import { streamSegments } from './segments.ts';

const PARTS = ['0123', '4', '56789'];
const SEGMENTS = PARTS.map((part, i) => ({ storageKey: `part-${i}`, size: part.length }));

let folder: string;
let storage: FileStorage;
let opened: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signet-segments-'));
  const files = createFilesystemStorage(folder);
  for (const [i, part] of PARTS.entries()) await files.put(`part-${i}`, Buffer.from(part));
  storage = {
    ...files,
    stream: (key, range) => {
      opened.push(key);
      return files.stream(key, range);
    },
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function textOf(range: { start: number; end: number }): Promise<string> {
  opened = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamSegments(storage, SEGMENTS, range)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a range of a file in segments', () => {
  it.each([
    ['the whole', { start: 0, end: 10 }, '0123456789', ['part-0', 'part-1', 'part-2']],
    ['inside one segment', { start: 1, end: 3 }, '12', ['part-0']],
    ['exactly one segment', { start: 4, end: 5 }, '4', ['part-1']],
    ['over a border', { start: 3, end: 5 }, '34', ['part-0', 'part-1']],
    ['over all borders', { start: 3, end: 6 }, '345', ['part-0', 'part-1', 'part-2']],
    ['the last byte', { start: 9, end: 10 }, '9', ['part-2']],
    ['nothing', { start: 5, end: 5 }, '', []],
  ])('reads %s and opens no other segment', async (_, range, text, keys) => {
    expect(await textOf(range)).toBe(text);
    expect(opened).toEqual(keys);
  });
});
