import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
import { verifyDocument } from './verify-document.ts';

let files: TwoPartyFile;

beforeAll(async () => {
  files = await createTwoPartyFile();
});

async function isValid(bytes: Uint8Array): Promise<boolean> {
  return (await verifyDocument(bytes, { trustAnchors: [files.authority.root] })).valid;
}

/** The parts of a signed file that lie outside every hole. */
function signedPositions(bytes: Uint8Array): (position: number) => boolean {
  const text = Buffer.from(bytes).toString('latin1');
  const holes = [...text.matchAll(/\/Contents (<[0-9a-f]+>)/g)].map(({ index, 1: contents = '' }) => {
    const start = index + '/Contents '.length;
    return { start, end: start + contents.length };
  });
  expect(holes).toHaveLength(2);
  return (position) => holes.every(({ start, end }) => position < start || position >= end);
}

describe('a signed document', () => {
  it('is never valid with any other byte in a signed place', async () => {
    const isSigned = signedPositions(files.full.bytes);
    const position = fc.nat(files.full.bytes.length - 1).filter(isSigned);

    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const mutated = Buffer.from(files.full.bytes);
        mutated[at] = (mutated[at] ?? 0) ^ flip;
        expect(await isValid(mutated)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is never valid when bytes are cut out, added or moved', async () => {
    const length = files.full.bytes.length;
    const cut = fc.tuple(
      fc.nat(length),
      fc.integer({ min: 1, max: 2000 }),
      fc.nat(length),
      fc.constantFrom('cut', 'repeat', 'move'),
    );

    await fc.assert(
      fc.asyncProperty(cut, async ([at, size, to, kind]) => {
        const whole = files.full.bytes;
        const piece = whole.subarray(at, at + size);
        fc.pre(piece.length > 0);
        const rest = kind === 'repeat' ? whole : Buffer.concat([whole.subarray(0, at), whole.subarray(at + size)]);
        const mutated = kind === 'cut' ? rest : Buffer.concat([rest.subarray(0, to), piece, rest.subarray(to)]);
        fc.pre(Buffer.compare(mutated, whole) !== 0);
        // Cutting exactly the last signature leaves an honest earlier state.
        fc.pre(Buffer.compare(mutated, files.half.bytes) !== 0);
        expect(await isValid(mutated)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('names no other signer for any damage inside a signature', async () => {
    const hole = Buffer.from(files.full.bytes).lastIndexOf('/Contents <') + 11;
    const damage = fc.array(fc.tuple(fc.nat(4000), fc.constantFrom(...'0123456789abcdef> (')), {
      minLength: 1,
      maxLength: 4,
    });

    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const mutated = Buffer.from(files.full.bytes);
        for (const [at, character] of changes) mutated.write(character, hole + at, 'latin1');
        const report = await verifyDocument(mutated, { trustAnchors: [files.authority.root] });
        // Certificates that travel along and are not needed are protected by nothing, in every CMS.
        if (!report.valid) return;
        expect(report.signatures.map(({ signer, timestamp }) => [signer, timestamp?.valid])).toEqual([
          ['CN=Party A,C=CN', true],
          ['CN=Party B,C=CN', true],
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
