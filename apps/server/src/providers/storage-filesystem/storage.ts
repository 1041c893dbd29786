import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endingFiles } from '../../kernel/ending-files.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { EndingData } from '../../kernel/retention.ts';
import type { FileStorage } from '../../modules/files/index.ts';

const CHUNK_BYTES = 1024 * 1024;
const KEY = /^[\w-]+(\/[\w-]+)*$/;
const INTERRUPTED = /^[\w-]+(\/[\w-]+)*\.[\w-]+\.part$/;

/** Files below `root`: temporary name, fsync, atomic rename, fsync of the folder. */
export function createFilesystemStorage(root: string): FileStorage {
  const knownFolders = new Set<string>();
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new TypeError('a storage key has only word characters, dashes and single slashes');
    return join(root, key);
  };

  const storage: FileStorage = {
    async put(key, bytes) {
      const path = pathOf(key);
      const folder = dirname(path);
      await ensureFolder(folder);
      const temporary = `${path}.${opaqueToken(6)}.part`;
      try {
        await writeDurably(temporary, bytes);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(folder);
    },

    read: (key) => readFile(pathOf(key)),

    stream: (key, range) =>
      createReadStream(pathOf(key), {
        highWaterMark: CHUNK_BYTES,
        // Its `end` is the last byte.
        ...(range ? { start: range.start, end: range.end - 1 } : {}),
      }),

    remove: (key) => rm(pathOf(key), { force: true }),

    async *listPutBefore(before) {
      for await (const name of filesBefore(root, before)) if (KEY.test(name)) yield name;
    },

    interrupted: interruptedPuts(root),

    async check() {
      const key = `check-${opaqueToken(6)}`;
      await storage.put(key, Buffer.from(key));
      const back = await storage.read(key);
      await storage.remove(key);
      if (Buffer.from(back).toString() !== key) throw new Error('the storage gave back other bytes');
    },
  };
  return storage;

  async function ensureFolder(folder: string): Promise<void> {
    if (knownFolders.has(folder)) return;
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    // A new folder is only as durable as its entry in the parent.
    if (first) for (let at = folder; at.startsWith(dirname(first)); at = dirname(at)) await syncFolder(at);
    knownFolders.add(folder);
  }
}

/** Temporary names that were never replaced by the final one. */
function interruptedPuts(root: string): EndingData {
  return endingFiles(async function* pathsBefore(before) {
    for await (const name of filesBefore(root, before)) if (INTERRUPTED.test(name)) yield join(root, name);
  });
}

/** Names of files below `folder` that were last written before then, with `/` between folders. */
async function* filesBefore(folder: string, before: Date, prefix = ''): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(() => undefined);
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBefore(path, before, `${prefix}${entry.name}/`);
    // One that is gone by now was removed by somebody else.
    const written = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
    if (written && written.mtime < before) yield `${prefix}${entry.name}`;
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
