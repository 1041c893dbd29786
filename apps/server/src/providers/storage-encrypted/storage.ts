import { type ChunkedBox, isChunkedBox, type ReadRange } from '../../kernel/chunked-box.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { FileStorage } from '../../modules/files/ports.ts';

/** Long enough to tell a sealed file by its first bytes. */
const MAGIC_RANGE = { start: 0, end: 8 };

/** Encrypts what another storage keeps. Files from the time before encryption are read as they are. */
export function createEncryptedStorage(inner: FileStorage, box: ChunkedBox): FileStorage {
  const storage: FileStorage = {
    put: (key, bytes) => inner.put(key, box.seal(bytes, key)),

    async read(key) {
      const stored = await inner.read(key);
      return isChunkedBox(stored) ? box.open(stored, key) : stored;
    },

    async *stream(key, range) {
      const read: ReadRange = (part) => inner.stream(key, part);
      yield* isChunkedBox(await firstBytes(read)) ? box.stream(read, key, range) : inner.stream(key, range);
    },

    remove: (key) => inner.remove(key),
    listPutBefore: (before) => inner.listPutBefore(before),
    ...(inner.interrupted && { interrupted: inner.interrupted }),

    async check() {
      const key = `check-${opaqueToken(6)}`;
      await storage.put(key, Buffer.from(key));
      const back = await storage.read(key);
      await storage.remove(key);
      if (Buffer.from(back).toString() !== key) throw new Error('the storage gave back other bytes');
    },
  };
  return storage;
}

async function firstBytes(read: ReadRange): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of read(MAGIC_RANGE)) parts.push(part);
  return Buffer.concat(parts);
}
