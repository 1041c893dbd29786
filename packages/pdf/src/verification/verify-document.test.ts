import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../testing/signing.ts';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
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
