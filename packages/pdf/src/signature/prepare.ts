/** Signing in two steps: prepare the increment, have its digest signed elsewhere, fill the signature in. */
import type { Hash } from 'node:crypto';
import type { Drawing } from '../drawing/drawing.ts';
import { PdfError } from '../errors.ts';
import type { DocumentLayout, PartyLayout, WidgetLayout } from '../layout/document-layout.ts';
import { type Increment, type IncrementObject, writeIncrement } from '../syntax/increment.ts';
import type { Span } from '../syntax/objects.ts';
import { appearances, type PlaceContent } from './appearances.ts';
import { type SignatureClaims, type SignatureDictionary, signatureDictionary } from './signature-dictionary.ts';

export interface SignatureRequest extends SignatureClaims {
  readonly layout: DocumentLayout;
  readonly partyId: string;
  /** By place id: exactly the places that were laid out for the party. */
  readonly places: Readonly<Record<string, PlaceContent>>;
  readonly drawings: readonly Drawing[];
  /** Room for the CMS. */
  readonly contentsBytes?: number;
}

export interface PreparedSignature {
  /** To be appended to the file; /ByteRange is final, /Contents is zeros. */
  readonly increment: Uint8Array;
  /** /Contents with its brackets, relative to the increment: all that is not signed. */
  readonly hole: Span;
  /** The state after this signature. */
  readonly layout: DocumentLayout;
  /** In the whole file. */
  readonly signedRanges: readonly [Span, Span];
}

const DEFAULT_CONTENTS_BYTES = 16_384;

export function prepareSignature(request: SignatureRequest): PreparedSignature {
  const { layout, places, drawings, contentsBytes = DEFAULT_CONTENTS_BYTES } = request;
  const party = unsignedParty(layout, request.partyId);
  let next = layout.tail.nextNumber;
  const signature = next++;
  const { objects, forms } = appearances(party, places, drawings, () => next++);
  const locked = { root: layout.root, fields: party.buttons.map((button) => button.name) };
  const dictionary = signatureDictionary(request, locked, contentsBytes);

  const field = fieldObject(party.field, signature, appearanceOf(party.field, forms) ?? layout.emptyForm);
  const buttons = party.buttons.map((button) => buttonObject(button, appearanceOf(button, forms) ?? layout.emptyForm));
  const increment = writeIncrement(
    layout.tail,
    [{ number: signature, body: dictionary.body }, field, ...buttons, ...objects],
    next,
  );
  const after = layout.parties.map((each) => (each === party ? { ...each, signed: true } : each));
  return withByteRange(increment, dictionary, { ...layout, parties: after });
}

function unsignedParty(layout: DocumentLayout, partyId: string): PartyLayout {
  const party = layout.parties.find((each) => each.partyId === partyId);
  if (!party) throw new PdfError('UNKNOWN_PARTY', `party ${partyId} has no field`);
  if (party.signed) throw new PdfError('ALREADY_SIGNED', `party ${partyId} has signed`);
  return party;
}

function appearanceOf({ place }: WidgetLayout, forms: ReadonlyMap<string, number>): number | undefined {
  return place && forms.get(place.placeId);
}

function fieldObject({ number, entries }: WidgetLayout, signature: number, form: number): IncrementObject {
  return { number, body: `<< ${entries} /AP << /N ${form} 0 R >> /V ${signature} 0 R >>` };
}

function buttonObject({ number, entries }: WidgetLayout, form: number): IncrementObject {
  return { number, body: `<< ${entries} /AP << /N << /S ${form} 0 R >> >> >>` };
}

/** Writes the byte range, now that the length is known. */
function withByteRange(
  { bytes, bodyOffsets, tail }: Increment,
  dictionary: SignatureDictionary,
  layout: DocumentLayout,
): PreparedSignature {
  const [bodyStart = 0] = bodyOffsets;
  const hole = { start: bodyStart + dictionary.contents.start, end: bodyStart + dictionary.contents.end };
  const before = layout.tail.length;
  const first = { start: 0, end: before + hole.start };
  const second = { start: before + hole.end, end: tail.length };
  const { byteRange } = dictionary;
  const text = `[0 ${first.end} ${second.start} ${second.end - second.start}]`;
  const room = byteRange.end - byteRange.start;
  if (text.length > room) throw new PdfError('TOO_LARGE', 'offsets beyond ten digits');
  Buffer.from(bytes.buffer, bytes.byteOffset).write(text.padEnd(room), bodyStart + byteRange.start, 'latin1');
  return { increment: bytes, hole, layout: { ...layout, tail }, signedRanges: [first, second] };
}

/** The SHA-256 to sign, given a hash that was fed the whole file before the increment; that hash stays usable. */
export function digestOf({ increment, hole }: PreparedSignature, prefix: Hash): Uint8Array {
  return prefix.copy().update(increment.subarray(0, hole.start)).update(increment.subarray(hole.end)).digest();
}

/** The increment with the signature in place. */
export function completeSignature({ increment, hole }: PreparedSignature, cms: Uint8Array): Uint8Array {
  const digits = Buffer.from(cms).toString('hex');
  const room = hole.end - hole.start - 2;
  if (digits.length > room) {
    throw new PdfError('CMS_TOO_LARGE', `the signature has ${cms.length} bytes, room is for ${room / 2}`);
  }
  const completed = Buffer.from(increment);
  completed.write(digits, hole.start + 1, 'latin1');
  return completed;
}
