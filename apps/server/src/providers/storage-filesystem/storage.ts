import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { opaqueToken } from '../../kernel/ids.ts';
import type { FileStorage } from '../../modules/files/index.ts';

const CHUNK_BYTES = 1024 * 1024;
const KEY = /^[\w-]+(\/[\w-]+)*$/;

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
