/** Reads an increment from its first byte to its last, so that nothing in it goes unseen. */
import { PdfError } from '../errors.ts';
import { isDigit, isWhitespace } from './characters.ts';
import type { PdfFile } from './file.ts';
import { directLength, type IndirectObject, ObjectParser } from './parser.ts';
import type { Revision } from './revisions.ts';

export interface PlacedObject extends IndirectObject {
  readonly offset: number;
}

/**
 * The objects of a revision, provided that it consists of nothing else: each stands in the cross-reference section at exactly
 * its place, the section names nothing else, and whitespace is all that is between them. Throws MALFORMED otherwise.
 */
export function readIncrement(file: PdfFile, index: number): PlacedObject[] {
  const revision = file.revisions[index];
  const start = file.revisions[index - 1]?.end?.end;
  if (!revision?.end || start === undefined) throw malformed(index, 'has no clear beginning and end');
  if (!revision.plain) throw malformed(index, 'has more than one cross-reference section');
  if (revision.end.startxref !== revision.startxref) throw malformed(index, 'ends with the offset of another section');

  const objects = readObjects(file, start, revision.startxref);
  checkEntries(objects, revision, index);
  return objects;
}

function readObjects(file: PdfFile, start: number, sectionOffset: number): PlacedObject[] {
  const objects: PlacedObject[] = [];
  let position = skipWhitespace(file.bytes, start);
  while (position < sectionOffset) {
    if (!isDigit(file.bytes[position])) throw new PdfError('MALFORMED', `foreign bytes at offset ${position}`);
    const object = new ObjectParser(file.bytes, position, file.limits).indirect(directLength);
    objects.push({ ...object, offset: position });
    position = skipWhitespace(file.bytes, object.end);
  }
  if (position !== sectionOffset) throw new PdfError('MALFORMED', 'objects reach into the cross-reference section');
  return objects;
}

function skipWhitespace(bytes: Uint8Array, start: number): number {
  let position = start;
  while (isWhitespace(bytes[position])) position++;
  return position;
}

function checkEntries(objects: readonly PlacedObject[], revision: Revision, index: number): void {
  const expected = new Map(objects.map((object) => [object.number, object]));
  if (expected.size !== objects.length) throw malformed(index, 'defines an object twice');
  for (const [number, entry] of revision.entries) {
    const object = expected.get(number);
    const isSectionItself =
      entry.type === 'offset' && entry.offset === revision.startxref && revision.form === 'stream';
    if (!object && isSectionItself) continue;
    if (entry.type !== 'offset' || entry.offset !== object?.offset || entry.generation !== object.generation) {
      throw malformed(index, `names object ${number} at another place than it stands`);
    }
    expected.delete(number);
  }
  if (expected.size > 0) throw malformed(index, `hides objects ${[...expected.keys()].slice(0, 5).join(', ')}`);
}

function malformed(index: number, reason: string): PdfError {
  return new PdfError('MALFORMED', `revision ${index} ${reason}`);
}
