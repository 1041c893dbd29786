import { beforeAll, describe, expect, it } from 'vitest';
import {
  appendUpdate,
  fieldNamed,
  forgedContent,
  overwrite,
  withByteRange,
  withSection,
} from '../../testing/forgery.ts';
import { CLASSIC_OBJECTS, classicPdf } from '../../testing/inputs.ts';
import { laidOut, signAs } from '../../testing/signing.ts';
import { createTwoPartyFile, RECT, type TwoPartyFile } from '../../testing/two-party-file.ts';
import { PdfFile } from '../syntax/file.ts';
import { ref } from '../syntax/objects.ts';
import { highestNumber } from '../syntax/references.ts';
import { writeObject } from '../syntax/serializer.ts';
import { verifyDocument } from './verify-document.ts';

let files: TwoPartyFile;

beforeAll(async () => {
  files = await createTwoPartyFile();
});

describe('changed bytes', () => {
  it('inside signed ranges break the digest of every later signature', async () => {
    const forged = overwrite(files.full.bytes, '/Author', '/Aughor');
    expect((await files.problemsOf(forged)).filter((code) => code === 'DIGEST_MISMATCH')).toHaveLength(2);
  });

  it('in the revision of the second signature leave the first one valid', async () => {
    const forged = overwrite(files.full.bytes, '/Prop_Build', '/Prop_Buiid', 'last');
    const report = await verifyDocument(forged, { trustAnchors: [files.authority.root] });
    expect(report.valid).toBe(false);
    expect(report.signatures.map(({ valid }) => valid)).toEqual([true, false]);
  });

  it('after the end are refused', async () => {
    expect(await files.problemsOf(Buffer.concat([files.full.bytes, Buffer.from('junk')]))).toEqual(['EXTRA_BYTES']);
  });

  it('after the end that point back to an older end are refused', async () => {
    const older = PdfFile.open(files.half.bytes).revisions.at(-1)!.startxref;
    const forged = Buffer.concat([files.full.bytes, Buffer.from(`startxref\n${older}\n%%EOF\n`)]);
    expect(await files.problemsOf(forged)).toContain('EXTRA_BYTES');
  });

  it('between two revisions are refused', async () => {
    const update = appendUpdate(Buffer.concat([files.half.bytes, Buffer.from('(hidden words)\n')]), () => []);
    expect(await files.problemsOf(update)).toContain('REVISION_STRUCTURE');
  });

  it('in the padding of the contents are refused', async () => {
    const forged = Buffer.from(files.full.bytes);
    forged.write('41', forged.lastIndexOf('00000000>'), 'latin1');
    expect(await files.problemsOf(forged)).toContain('CONTENTS_INVALID');
  });

  it('that make the hole larger than the signature are refused', async () => {
    const forged = withByteRange(files.full.bytes, ([start, first, ...rest]) => [start!, first! - 10, ...rest]);
    expect(await files.problemsOf(forged)).toContain('CONTENTS_INVALID');
  });

  it('that shorten the signed range are refused', async () => {
    const forged = withByteRange(files.full.bytes, (range) => [...range.slice(0, 3), range[3]! - 6]);
    expect(await files.problemsOf(forged)).toContain('BYTE_RANGE_INVALID');
  });

  it('that start the signed range later are refused', async () => {
    const forged = withByteRange(files.full.bytes, (range) => [5, range[1]! - 5, ...range.slice(2)]);
    expect(await files.problemsOf(forged)).toContain('BYTE_RANGE_INVALID');
  });
});

describe('cross-reference tricks', () => {
  it('are refused when a revision is left out of the chain', async () => {
    const skipped = PdfFile.open(files.half.bytes).revisions.at(-1)!.startxref;
    const forged = appendUpdate(files.full.bytes, () => [], { prev: skipped });
    expect(await files.problemsOf(forged)).toContain('REVISION_STRUCTURE');
  });

  it('are refused when the trailer names another catalog', async () => {
    const original = PdfFile.open(files.full.bytes);
    const number = highestNumber(original, original.last) + 1;
    const copy = { number, body: writeObject(original.catalog) };
    const forged = appendUpdate(files.full.bytes, () => [copy], { trailer: { Root: ref(number) } });
    expect(await files.problemsOf(forged)).toContain('TRAILER_CHANGED');
  });

  it.each([{ Extra: 1 }, { ID: [] }])('are refused when the trailer has %j', async (trailer) => {
    const forged = appendUpdate(files.full.bytes, () => [], { trailer });
    expect(await files.problemsOf(forged)).toContain('TRAILER_CHANGED');
  });

  it('are refused when an update hides an object', async () => {
    const forged = withSection(Buffer.concat([files.full.bytes, Buffer.from('900 0 obj\n(x)\nendobj\n')]), '');
    expect(await files.problemsOf(forged)).toContain('REVISION_STRUCTURE');
  });

  it('are refused when an update writes an object twice', async () => {
    const object = '3 0 obj\n(x)\nendobj\n';
    const second = String(files.full.bytes.length + object.length).padStart(10, '0');
    const body = Buffer.concat([files.full.bytes, Buffer.from(object + object)]);
    expect(await files.problemsOf(withSection(body, `3 1\n${second} 00000 n \n`))).toContain('REVISION_STRUCTURE');
  });

  it('are refused when a revision ends with the offset of another section', async () => {
    const { startxref } = PdfFile.open(files.half.bytes).revisions.at(-1)!;
    const other = String(startxref - 1);
    const forged = overwrite(files.full.bytes, `startxref\n${startxref}`, `startxref\n${other}`);
    expect(await files.problemsOf(forged)).toContain('REVISION_STRUCTURE');
  });

  it('are refused when an object is freed', async () => {
    const form = files.fresh.layout.emptyForm;
    const forged = withSection(files.full.bytes, `${form} 1\n0000000000 00001 f \n`);
    expect(await files.problemsOf(forged)).toContain('OBJECT_FREED');
  });

  it('are refused when an entry points to an older object', async () => {
    const file = PdfFile.open(files.full.bytes);
    const number = fieldNamed(file, 'signet-place-a2').ref.number;
    const old = file.entryAt(1, number)!.entry as { offset: number };
    const forged = withSection(files.full.bytes, `${number} 1\n${String(old.offset).padStart(10, '0')} 00000 n \n`);
    expect(await files.problemsOf(forged)).toEqual(expect.arrayContaining(['FIELD_CHANGED', 'REVISION_STRUCTURE']));
  });

  it('are refused when a stream adds entries to the table', async () => {
    const forged = withSection(files.full.bytes, '', `/XRefStm ${files.full.bytes.length - 1}`);
    expect(await files.problemsOf(forged)).toContain('UNREADABLE');
  });

  it('are refused when an update defines what the base only referred to', async () => {
    const base = classicPdf({ ...CLASSIC_OBJECTS, 4: '<< /Type /Page /Parent 2 0 R /Contents [5 0 R 77 0 R] >>' });
    const plan = { parties: [{ partyId: 'A', displayName: 'A', places: [{ placeId: 'a', page: 1, rect: RECT }] }] };
    const signed = await signAs(files.authority, laidOut(base, plan), 'A');
    expect(await verifyDocument(signed.bytes, { trustAnchors: [files.authority.root] })).toMatchObject({ valid: true });

    const forged = appendUpdate(signed.bytes, () => [{ number: 77, body: forgedContent() }]);

    expect(await files.problemsOf(forged)).toContain('REFERENCED_OBJECT_DEFINED');
  });
});
