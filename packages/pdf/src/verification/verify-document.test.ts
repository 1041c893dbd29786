import { beforeAll, describe, expect, it } from 'vitest';
import { appendUpdate, changedObject } from '../../testing/forgery.ts';
import { createAuthority } from '../../testing/signing.ts';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
import { dict, name, ref } from '../syntax/objects.ts';
import { verifyDocument } from './verify-document.ts';

let files: TwoPartyFile;

beforeAll(async () => {
  files = await createTwoPartyFile();
});

describe('the untouched document', () => {
  it('is valid after one and after both signatures', async () => {
    for (const { bytes } of [files.half, files.full]) {
      const report = await verifyDocument(bytes, { trustAnchors: [files.authority.root] });
      expect(report).toMatchObject({ valid: true, problems: [] });
    }
  });

  it('is invalid for a party that was expected and has not signed', async () => {
    const report = await verifyDocument(files.half.bytes, {
      trustAnchors: [files.authority.root],
      expectedParties: ['A', 'B'],
    });
    expect(report).toMatchObject({ valid: false, problems: [{ code: 'PARTY_MISSING' }] });
  });

  it('is invalid without any signature of a party', async () => {
    expect(await files.problemsOf(files.fresh.bytes)).toEqual(['NO_PARTY_SIGNATURE']);
  });

  it('is invalid under another root', async () => {
    const other = await createAuthority();
    const report = await verifyDocument(files.full.bytes, { trustAnchors: [other.root] });
    expect(report.valid).toBe(false);
    expect(report.signatures.map(({ valid }) => valid)).toEqual([false, false]);
  });
});

describe('validation data added after the signatures', () => {
  function withValidationData(bytes: Uint8Array, certificate: string): Uint8Array {
    return appendUpdate(bytes, (open) => [
      changedObject(open, open.root, { DSS: dict({ Type: name('DSS'), Certs: [ref(open.nextNumber)] }) }),
      { number: open.nextNumber, body: certificate },
    ]);
  }

  it('leaves the document valid', async () => {
    const bytes = withValidationData(files.full.bytes, '<< /Length 3 >>\nstream\nDER\nendstream');
    const report = await verifyDocument(bytes, { trustAnchors: [files.authority.root] });
    expect(report).toMatchObject({ valid: true, problems: [] });
    expect(report.signatures.at(-1)?.modifiedAfter).toEqual([
      { revision: 4, allowed: true, detail: 'validation data was added' },
    ]);
  });

  it.each([
    ['<< /Type /Catalog >>'],
    ['<< /Type /XObject /Subtype /Form /Length 3 >>\nstream\nDER\nendstream'],
    ['(words)'],
  ])('is refused when it is %s', async (object) => {
    expect(await files.problemsOf(withValidationData(files.full.bytes, object))).toEqual(['UNREACHABLE_OBJECT']);
  });

  it('is refused when the catalog changes in another way too', async () => {
    const bytes = appendUpdate(files.full.bytes, (open) => [
      changedObject(open, open.root, { DSS: dict({}), PageMode: name('FullScreen') }),
    ]);
    expect(await files.problemsOf(bytes)).toContain('CATALOG_CHANGED');
  });
});
