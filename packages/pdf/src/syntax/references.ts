/** Which object numbers a file speaks of, defined or not. */
import type { PdfFile } from './file.ts';
import { forEachRef } from './objects.ts';

/**
 * The highest object number that the file uses, frees, announces or refers to up to the revision. A number that is referred to
 * but not defined must never be given to a new object: it would appear in content that others have already signed.
 */
export function highestNumber(file: PdfFile, revision: number): number {
  let highest = 0;
  const raise = (number: number): void => {
    highest = Math.max(highest, number);
  };
  for (const [index, { trailer, entries }] of file.revisions.slice(0, revision + 1).entries()) {
    const size = trailer.entries.get('Size');
    if (typeof size === 'number') raise(size - 1);
    for (const number of entries.keys()) raise(number);
    forEachRef(trailer, ({ number }) => raise(number));
    file.forEachWritten(index, (object) => forEachRef(object, ({ number }) => raise(number)));
  }
  return highest;
}
