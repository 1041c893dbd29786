import type { ByteRange } from '../../kernel/http-range.ts';
import type { EndingData } from '../../kernel/retention.ts';

/** Where bytes lie. Keys are ours, opaque, and never reused; what is stored under a key never changes. */
export interface FileStorage {
  /** Durable when it resolves: a crash after that loses nothing, a crash before leaves nothing under the key. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  read(key: string): Promise<Uint8Array>;
  /** The bytes, all of them or a range, in chunks, for hashing and downloads without holding all of them. */
  stream(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  remove(key: string): Promise<void>;
  /** Keys under which something was put before this instant, in no order: for finding what nothing refers to. */
  listPutBefore(before: Date): AsyncIterable<string>;
  /** What interrupted puts have left, by the time of their last byte; absent where nothing can be left. */
  readonly interrupted?: EndingData;
  /** Throws when bytes cannot be written and read back. */
  check(): Promise<void>;
}
