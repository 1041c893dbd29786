import type { ByteRange } from '../../kernel/http-range.ts';
import type { FileStorage } from './ports.ts';

/** Bytes that lie under one key and are part of a file. */
export interface Segment {
  readonly storageKey: string;
  readonly size: number;
}

/** A range of the file that the segments make when put one behind the other. */
export async function* streamSegments(
  storage: Pick<FileStorage, 'stream'>,
  segments: readonly Segment[],
  range: ByteRange,
): AsyncGenerator<Uint8Array> {
  let begin = 0;
  for (const { storageKey, size } of segments) {
    const start = Math.max(range.start - begin, 0);
    const end = Math.min(range.end - begin, size);
    if (start < end) yield* storage.stream(storageKey, { start, end });
    begin += size;
  }
}
