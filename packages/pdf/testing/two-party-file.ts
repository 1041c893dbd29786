/** A three-page file that A and B sign, each with seals and slices, at its three stages. */

import type { ProblemCode } from '../src/verification/problem.ts';
import { verifyDocument } from '../src/verification/verify-document.ts';
import { libraryPdf } from './inputs.ts';
import { type Authority, createAuthority, laidOut, signAs, type TestFile } from './signing.ts';

export const RECT = { x: 100, y: 100, width: 119, height: 119 };
export const SLICE = { x: 520, y: 400, width: 40, height: 119 };

const PLAN = {
  parties: [
    {
      partyId: 'A',
      displayName: '甲方',
      places: [
        { placeId: 'a1', page: 1, rect: RECT },
        { placeId: 'a2', page: 2, rect: SLICE },
        { placeId: 'a3', page: 3, rect: SLICE },
      ],
    },
    {
      partyId: 'B',
      displayName: '乙方',
      places: [
        { placeId: 'b1', page: 3, rect: RECT },
        { placeId: 'b2', page: 1, rect: SLICE },
      ],
    },
  ],
};

export interface TwoPartyFile {
  readonly authority: Authority;
  /** Laid out, not signed. */
  readonly fresh: TestFile;
  /** Signed by A. */
  readonly half: TestFile;
  /** Signed by A and B. */
  readonly full: TestFile;
  /** Codes of every problem, of the document and of its signatures; none for a valid document. */
  problemsOf(bytes: Uint8Array): Promise<ProblemCode[]>;
}

export async function createTwoPartyFile(): Promise<TwoPartyFile> {
  const authority = await createAuthority();
  const fresh = laidOut(await libraryPdf({ pages: 3 }), PLAN);
  const half = await signAs(authority, fresh, 'A');
  const full = await signAs(authority, half, 'B');
  return {
    authority,
    fresh,
    half,
    full,
    async problemsOf(bytes) {
      const { valid, problems, signatures } = await verifyDocument(bytes, { trustAnchors: [authority.root] });
      const codes = [...problems, ...signatures.flatMap((signature) => signature.problems)].map(({ code }) => code);
      if (valid !== (codes.length === 0)) throw new Error(`valid is ${valid} with problems ${codes.join()}`);
      return codes;
    },
  };
}
