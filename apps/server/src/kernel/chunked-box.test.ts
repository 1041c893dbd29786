import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkedBoxError, createChunkedBox, isChunkedBox, type ReadRange } from './chunked-box.ts';

const CHUNK = 65_536;
const box = createChunkedBox(randomBytes(32));

/** A stored file, given in pieces of the reader's own size. */
function reader(sealed: Uint8Array, pieceBytes = 10_000): ReadRange {
  return async function* read({ start, end }) {
    const part = sealed.subarray(start, end);
    for (let at = 0; at < part.length; at += pieceBytes) yield part.subarray(at, at + pieceBytes);
  };
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17];

describe('a sealed file', () => {
  it.each(sizes)('of %i bytes opens again, whole and as a stream', async (size) => {
    const bytes = randomBytes(size);
    const sealed = box.seal(bytes, '2026-11/a');

    expect(isChunkedBox(sealed)).toBe(true);
    expect(Buffer.compare(box.open(sealed, '2026-11/a'), bytes)).toBe(0);
    expect(Buffer.compare(await gather(box.stream(reader(sealed), '2026-11/a')), bytes)).toBe(0);
  });

  it('gives any range of any file', async () => {
    const file = fc.constantFrom(...sizes.slice(1)).map((size) => randomBytes(size));
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 90_000 }), async (bytes, a, b, piece) => {
        const [start, end] = [a % bytes.length, b % (bytes.length + 100)].sort((x, y) => x - y) as [number, number];
        const sealed = box.seal(bytes, 'name');

        const part = await gather(box.stream(reader(sealed, piece), 'name', { start, end }));

        expect(Buffer.compare(part, bytes.subarray(start, end))).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('does not open under another name or key', () => {
    const sealed = box.seal(randomBytes(100), 'a');

    expect(() => box.open(sealed, 'b')).toThrow(ChunkedBoxError);
    expect(() => createChunkedBox(randomBytes(32)).open(sealed, 'a')).toThrow(ChunkedBoxError);
  });

  it('opens in no changed, shortened, lengthened or reordered form', async () => {
    const sealed = Buffer.from(box.seal(randomBytes(3 * CHUNK), 'a'));
    const chunk = CHUNK + 16;
    const flipped = (at: number) =>
      Buffer.concat([sealed.subarray(0, at), Buffer.from([sealed[at]! ^ 1]), sealed.subarray(at + 1)]);
    const body = (i: number) => sealed.subarray(24 + i * chunk, 24 + (i + 1) * chunk);
    const forged = [
      ...[8, 24, 24 + chunk, sealed.length - 1].map(flipped),
      sealed.subarray(0, 24 + 2 * chunk),
      sealed.subarray(0, sealed.length - 1),
      Buffer.concat([sealed, Buffer.from([0])]),
      Buffer.concat([sealed.subarray(0, 24), body(1), body(0), body(2)]),
    ];

    for (const bytes of forged) {
      expect(() => box.open(bytes, 'a')).toThrow(ChunkedBoxError);
      await expect(gather(box.stream(reader(bytes), 'a'))).rejects.toThrow(ChunkedBoxError);
    }
  });

  it('shows nothing of its content and never the same bytes twice', () => {
    const sealed = Buffer.from(box.seal(Buffer.from('%PDF-1.7 租赁合同'), 'a'));

    expect(sealed.includes('%PDF')).toBe(false);
    expect(sealed).not.toEqual(Buffer.from(box.seal(Buffer.from('%PDF-1.7 租赁合同'), 'a')));
  });
});
