import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldNamed } from '../../testing/forgery.ts';
import { libraryPdf } from '../../testing/inputs.ts';
import { type Authority, createAuthority, laidOut, roundSeal, SIGNED_AT, signAs } from '../../testing/signing.ts';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
import { PdfFile } from '../syntax/file.ts';
import { isDict, isString } from '../syntax/objects.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { verifyDocument } from '../verification/verify-document.ts';
import { completeSignature, digestOf, prepareSignature, type SignatureRequest } from './prepare.ts';

let authority: Authority;
let files: TwoPartyFile;

beforeAll(async () => {
  authority = await createAuthority();
  files = await createTwoPartyFile();
});

function request(changes: Partial<SignatureRequest> = {}): SignatureRequest {
  return {
    layout: files.fresh.layout,
    partyId: 'B',
    places: { b1: { drawing: 0 }, b2: { drawing: 0, crop: { x: 0, y: 0, width: 40, height: 119 } } },
    drawings: [roundSeal()],
    signedAt: SIGNED_AT,
    signerName: '王小明',
    ...changes,
  };
}

describe('preparing a signature', () => {
  it('signs everything but the contents, in whole-file offsets', () => {
    const prepared = prepareSignature(request());
    const whole = Buffer.concat([files.fresh.bytes, prepared.increment]);
    const [first, second] = prepared.signedRanges;

    const digest = createHash('sha256')
      .update(whole.subarray(0, first.end))
      .update(whole.subarray(second.start))
      .digest();

    expect(second.end).toBe(whole.length);
    expect(whole.subarray(first.end, second.start).toString()).toMatch(/^<0{32768}>$/);
    expect(digestOf(prepared, createHash('sha256').update(files.fresh.bytes))).toEqual(digest);
  });

  it('leaves the hash of the prefix usable', () => {
    const prefix = createHash('sha256').update(files.fresh.bytes);
    const prepared = prepareSignature(request());
    expect(digestOf(prepared, prefix)).toEqual(digestOf(prepared, prefix));
  });

  it('writes names in Chinese that every reader understands', () => {
    const prepared = prepareSignature(
      request({ reason: '签署合同', location: 'Hangzhou', contactInfo: '+86 571 0000' }),
    );
    const file = PdfFile.open(Buffer.concat([files.fresh.bytes, prepared.increment]));
    const value = file.resolve(fieldNamed(file, 'signet-party-B').dict.entries.get('V'));
    const texts = ['Name', 'Reason', 'Location', 'ContactInfo', 'M'].map((key) => {
      const text = isDict(value) ? value.entries.get(key) : undefined;
      return isString(text) ? decodeTextString(text) : undefined;
    });
    expect(texts).toEqual(['王小明', '签署合同', 'Hangzhou', '+86 571 0000', 'D:20261124080000Z']);
  });

  it('shares one form among all places that show the same drawing', () => {
    const prepared = prepareSignature(request());
    expect(
      Buffer.from(prepared.increment)
        .toString('latin1')
        .match(/\/Group/g),
    ).toHaveLength(1);
  });

  it.each([
    ['UNKNOWN_PARTY', { partyId: 'X' }],
    ['PLACES_MISMATCH', { places: { b1: { drawing: 0 } } }],
    ['PLACES_MISMATCH', { places: { b1: { drawing: 0 }, b2: { drawing: 0 }, a1: { drawing: 0 } } }],
    ['INVALID_DRAWING', { places: { b1: { drawing: 0 }, b2: { drawing: 1 } } }],
    ['INVALID_DRAWING', { drawings: [{ width: 10, height: Number.NaN, items: [] }] }],
    [
      'INVALID_DRAWING',
      {
        drawings: [
          {
            width: 10,
            height: 10,
            items: [{ kind: 'path' as const, fill: 'red', segments: [['M' as const, 0, 0] as const] }],
          },
        ],
      },
    ],
    [
      'INVALID_DRAWING',
      {
        drawings: [
          {
            width: 10,
            height: 10,
            items: [{ kind: 'text' as const, value: '中', x: 0, y: 0, size: 9, fill: '#000000' }],
          },
        ],
      },
    ],
  ])('is refused with %s for %j', (code, changes) => {
    expect(() => prepareSignature(request(changes as Partial<SignatureRequest>))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('is refused for a party that has signed', () => {
    const { layout } = prepareSignature(request());
    expect(() => prepareSignature(request({ layout }))).toThrow(expect.objectContaining({ code: 'ALREADY_SIGNED' }));
  });
});

describe('completing a signature', () => {
  it('changes nothing but the contents', () => {
    const prepared = prepareSignature(request({ contentsBytes: 4 }));
    const completed = Buffer.from(completeSignature(prepared, Uint8Array.of(0xab, 0xcd)));
    expect(completed.subarray(prepared.hole.start, prepared.hole.end).toString()).toBe('<abcd0000>');
    completed.fill('0', prepared.hole.start + 1, prepared.hole.end - 1);
    expect(Buffer.compare(completed, prepared.increment)).toBe(0);
  });

  it('is refused when the signature does not fit', () => {
    const prepared = prepareSignature(request({ contentsBytes: 4 }));
    expect(() => completeSignature(prepared, new Uint8Array(5))).toThrow(
      expect.objectContaining({ code: 'CMS_TOO_LARGE' }),
    );
  });
});

describe('any number of parties in any order', () => {
  it('leave every earlier file an exact prefix and every signature valid', async () => {
    const scenario = fc.record({
      parties: fc.integer({ min: 1, max: 20 }),
      pages: fc.integer({ min: 1, max: 8 }),
      rotations: fc.array(fc.constantFrom(0, 90, 180, 270), { minLength: 1, maxLength: 4 }),
      xrefStream: fc.boolean(),
      placesEach: fc.integer({ min: 0, max: 4 }),
      order: fc.infiniteStream(fc.nat()),
    });

    await fc.assert(
      fc.asyncProperty(scenario, async ({ parties, pages, rotations, xrefStream, placesEach, order }) => {
        const base = await libraryPdf({ pages, rotations: rotations as (0 | 90 | 180 | 270)[], xrefStream });
        const waiting = Array.from({ length: parties }, (_, index) => `p${index}`);
        const rect = { x: 20, y: 20, width: 80, height: 80 };
        const places = (partyId: string) =>
          Array.from({ length: placesEach }, (_, index) => ({
            placeId: `${partyId}-${index}`,
            page: 1 + (index % pages),
            rect,
          }));
        let file = laidOut(base, {
          parties: waiting.map((partyId) => ({ partyId, displayName: partyId, places: places(partyId) })),
        });
        expect(Buffer.compare(file.bytes.subarray(0, base.length), base)).toBe(0);

        while (waiting.length > 0) {
          const [partyId] = waiting.splice(order.next().value % waiting.length, 1);
          const signed = await signAs(authority, file, partyId!);
          expect(Buffer.compare(signed.bytes.subarray(0, file.bytes.length), file.bytes)).toBe(0);
          file = signed;
        }

        const report = await verifyDocument(file.bytes, { trustAnchors: [authority.root] });
        expect(report).toMatchObject({ valid: true, problems: [] });
        expect(report.signatures).toHaveLength(parties);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('a document that is signed, uploaded and laid out again', () => {
  it('has the new parties valid and keeps the former signatures in the report', async () => {
    const plan = {
      parties: [
        {
          partyId: 'A',
          displayName: '甲方',
          places: [{ placeId: 'a1', page: 1, rect: { x: 9, y: 9, width: 50, height: 50 } }],
        },
      ],
    };
    const again = await signAs(files.authority, laidOut(files.full.bytes, plan), 'A');

    const report = await verifyDocument(again.bytes, { trustAnchors: [files.authority.root], expectedParties: ['A'] });

    expect(report).toMatchObject({ valid: true, problems: [] });
    expect(report.signatures.map(({ fieldName, partyId, valid }) => [fieldName, partyId, valid])).toEqual([
      ['signet-party-A', undefined, true],
      ['signet-party-B', undefined, true],
      ['signet-party-A~2', 'A', true],
    ]);
    expect(report.signatures[1]?.modifiedAfter.map(({ allowed }) => allowed)).toEqual([false, true]);
  });
});
