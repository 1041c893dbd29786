/** In which pieces a document is fetched. */

export const CHUNK_BYTES = 65_536;
/** A small file comes faster in one piece than by the round trips of its structure. */
const WHOLE_BYTES = 1_048_576;

export type ByteRange = readonly [begin: number, end: number];

export function isReadWhole(size: number): boolean {
  return size <= WHOLE_BYTES;
}

/** What is asked for before anything of the file is known: all of it, or its header and the end that tells where its objects are. */
export function firstRanges(size: number): readonly ByteRange[] {
  if (isReadWhole(size)) return [[0, size]];
  const lastChunk = Math.floor((size - 1) / CHUNK_BYTES) * CHUNK_BYTES;
  return [
    [0, CHUNK_BYTES],
    [lastChunk, size],
  ];
}
