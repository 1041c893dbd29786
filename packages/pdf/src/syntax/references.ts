/** Which object numbers a file speaks of, defined or not. */
import type { PdfFile } from './file.ts';
import { forEachRef, ref } from './objects.ts';

/**
 * The highest object number that the file uses, frees, announces or refers to at the revision. A number that is referred to
 * but not defined must never be given to a new object: it would appear in content that others have already signed.
 */
export function highestNumber(file: PdfFile, revision: number): number {
  let highest = 0;
  const raise = (number: number): void => {
    highest = Math.max(highest, number);
  };
  for (const { trailer, entries } of file.revisions.slice(0, revision + 1)) {
    const size = trailer.entries.get('Size');
    if (typeof size === 'number') raise(size - 1);
    for (const number of entries.keys()) raise(number);
    forEachRef(trailer, ({ number }) => raise(number));
  }
  for (const number of file.numbersAt(revision)) {
    const found = file.entryAt(revision, number)?.entry;
    const generation = found?.type === 'offset' ? found.generation : 0;
    forEachRef(file.resolveAt(revision, ref(number, generation)), (target) => raise(target.number));
  }
  return highest;
}
