/** Signs honestly what an honest signing update would not hold. */
import type { DocumentLayout } from '../src/layout/document-layout.ts';
import { type PreparedSignature, prepareSignature } from '../src/signature/prepare.ts';
import { PdfFile } from '../src/syntax/file.ts';
import { type IncrementObject, writeIncrement } from '../src/syntax/increment.ts';
import { isRef } from '../src/syntax/objects.ts';
import { type OpenForgery, rewritten } from './forgery.ts';
import { type Authority, completed, roundSeal, SIGNED_AT, type TestFile } from './signing.ts';

export type ForgeSigning = (objects: IncrementObject[], open: OpenForgery) => IncrementObject[];

/** Signs as the party with other objects in the same update, all of it covered by the signature. */
export async function signWith(
  authority: Authority,
  before: TestFile,
  partyId: string,
  forge: ForgeSigning,
): Promise<Uint8Array> {
  const honest = honestSigning(before.layout, partyId);
  const file = PdfFile.open(Buffer.concat([before.bytes, honest.increment]));
  const root = file.trailer.entries.get('Root');
  if (!isRef(root)) throw new Error('no root');
  const numbers = [...(file.revisions.at(-1)?.entries.keys() ?? [])];
  const open = { file, root, nextNumber: honest.layout.tail.nextNumber };
  const objects = forge(
    numbers.map((number) => rewritten(file, number)),
    open,
  );
  const free = Math.max(open.nextNumber - 1, ...objects.map(({ number }) => number)) + 1;
  const increment = writeIncrement(before.layout.tail, objects, free);
  const prepared = withOwnByteRange(honest, increment.bytes, before.bytes.length);
  return Buffer.concat([before.bytes, await completed(authority, prepared, before.bytes, partyId)]);
}

function honestSigning(layout: DocumentLayout, partyId: string): PreparedSignature {
  const party = layout.parties.find((each) => each.partyId === partyId);
  if (!party) throw new Error(`no party ${partyId}`);
  const ids = [party.field, ...party.buttons].map(({ place }) => place?.placeId ?? '');
  const places = Object.fromEntries(ids.map((placeId) => [placeId, { drawing: 0 }]));
  return prepareSignature({
    layout,
    partyId,
    places,
    drawings: [roundSeal()],
    signedAt: SIGNED_AT,
    signerName: partyId,
  });
}

function withOwnByteRange(honest: PreparedSignature, increment: Uint8Array, before: number): PreparedSignature {
  const text = Buffer.from(increment).toString('latin1');
  const contents = /\/Contents <0+>/.exec(text);
  const byteRange = /\/ByteRange (\[[\d ]+\])/.exec(text);
  if (!contents || !byteRange?.[1]) throw new Error('no signature');
  const hole = { start: contents.index + '/Contents '.length, end: contents.index + contents[0].length };
  const range = `[0 ${before + hole.start} ${before + hole.end} ${increment.length - hole.end}]`.padEnd(
    byteRange[1].length,
  );
  const forged = Buffer.from(increment);
  forged.write(range, byteRange.index + '/ByteRange '.length, 'latin1');
  return { ...honest, increment: forged, hole };
}
