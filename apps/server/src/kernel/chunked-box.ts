/**
 * Files at rest: AES-256-GCM in chunks, so that a range can be opened without the rest (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", §7).
 *
 * `magic (8) | salt (16) | chunk…`. Each file has a key of its own, derived from the storage key, its salt and its name, so that a
 * file moved under another name does not open. A chunk is 64 KiB and a tag; its nonce holds its number and whether it is the last,
 * so that chunks cannot be exchanged, left out or cut off.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ByteRange } from './http-range.ts';

const MAGIC = Buffer.from('SIGNETF1', 'latin1');
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES = 12;

/** The file was changed, cut short, or made with another key or under another name: these cannot be told apart. */
export class ChunkedBoxError extends Error {
  override readonly name = 'ChunkedBoxError';
}

export interface ChunkedBox {
  seal(bytes: Uint8Array, name: string): Uint8Array;
  open(sealed: Uint8Array, name: string): Uint8Array;
  /** The plain bytes of a range, all of them without one; `read` gives ranges of the sealed file, cut at its end. */
  stream(read: ReadRange, name: string, range?: ByteRange): AsyncIterable<Uint8Array>;
}

export type ReadRange = (range: ByteRange) => AsyncIterable<Uint8Array>;

/** Whether these are the first bytes of a sealed file. */
export function isChunkedBox(start: Uint8Array): boolean {
  return MAGIC.equals(start.subarray(0, MAGIC.length));
}

export function createChunkedBox(storageKey: Uint8Array): ChunkedBox {
  const keyOf = (salt: Uint8Array, name: string) =>
    new Uint8Array(hkdfSync('sha256', storageKey, salt, `signet/file/v1:${name}`, 32));

  return {
    seal(bytes, name) {
      const salt = randomBytes(SALT_BYTES);
      const key = keyOf(salt, name);
      const parts: Uint8Array[] = [MAGIC, salt];
      const count = chunkCount(bytes.length);
      for (let i = 0; i < count; i++) {
        const plain = bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
        const cipher = createCipheriv('aes-256-gcm', key, nonceOf(i, i === count - 1));
        parts.push(cipher.update(plain), cipher.final(), cipher.getAuthTag());
      }
      return Buffer.concat(parts);
    },

    open(sealed, name) {
      const key = keyOf(saltOf(sealed), name);
      const body = sealed.subarray(HEADER_BYTES);
      const count = Math.max(1, Math.ceil(body.length / SEALED_CHUNK_BYTES));
      const chunks = Array.from({ length: count }, (_, i) =>
        openChunk(key, body.subarray(i * SEALED_CHUNK_BYTES, (i + 1) * SEALED_CHUNK_BYTES), [i, i === count - 1]),
      );
      return Buffer.concat(chunks);
    },

    async *stream(read, name, range = { start: 0, end: Number.MAX_SAFE_INTEGER }) {
      if (range.end <= range.start) return;
      const key = keyOf(saltOf(await gather(read({ start: 0, end: HEADER_BYTES }))), name);
      const first = Math.floor(range.start / CHUNK_BYTES);
      const last = Math.floor((range.end - 1) / CHUNK_BYTES);
      for await (const { index, sealed, isLast } of sealedChunks(read, first, last)) {
        const plain = openChunk(key, sealed, [index, isLast]);
        const offset = index * CHUNK_BYTES;
        const part = plain.subarray(Math.max(0, range.start - offset), Math.max(0, range.end - offset));
        if (part.length > 0) yield part;
      }
    },
  };
}

interface SealedChunk {
  readonly index: number;
  readonly sealed: Uint8Array;
  readonly isLast: boolean;
}

/** Chunks `first` to `last`; what follows a chunk tells whether it is the file's last, so one more byte is asked for. */
async function* sealedChunks(read: ReadRange, first: number, last: number): AsyncGenerator<SealedChunk> {
  const start = HEADER_BYTES + first * SEALED_CHUNK_BYTES;
  const wanted = Math.min(HEADER_BYTES + (last + 1) * SEALED_CHUNK_BYTES + 1, Number.MAX_SAFE_INTEGER);
  let index = first;
  let held: Uint8Array = new Uint8Array();
  for await (const bytes of read({ start, end: wanted })) {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    while (held.length > SEALED_CHUNK_BYTES && index <= last) {
      yield { index, sealed: held.subarray(0, SEALED_CHUNK_BYTES), isLast: false };
      held = held.subarray(SEALED_CHUNK_BYTES);
      index++;
    }
  }
  // Of a range behind the end nothing is left, nor is anything of the next chunk's first byte.
  if (index <= last && (held.length > 0 || index === 0)) yield { index, sealed: held, isLast: true };
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function saltOf(sealed: Uint8Array): Uint8Array {
  if (sealed.length < HEADER_BYTES || !isChunkedBox(sealed)) throw new ChunkedBoxError('no sealed file');
  return sealed.subarray(MAGIC.length, HEADER_BYTES);
}

function chunkCount(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));
}

function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeUInt32BE(index, NONCE_BYTES - 4);
  return nonce;
}

function openChunk(key: Uint8Array, sealed: Uint8Array, [index, isLast]: readonly [number, boolean]): Uint8Array {
  const end = sealed.length - TAG_BYTES;
  if (end < 0) throw new ChunkedBoxError('a chunk is cut short');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(end));
  try {
    const plain = decipher.update(sealed.subarray(0, end));
    decipher.final();
    return plain;
  } catch (cause) {
    throw new ChunkedBoxError('the file does not open with this key and name', { cause });
  }
}
