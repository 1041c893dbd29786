/**
 * The /Count of page tree nodes (ISO 32000-2 table 30). Readers skip by it: with a false one they show another page under the same
 * number than we do, and a seal would stand where nobody has seen it.
 */
import type { PdfFile } from '../syntax/file.ts';
import { fileTail } from '../syntax/file-tail.ts';
import { writeIncrement } from '../syntax/increment.ts';
import { isArray, isDict, isRef, type PdfDict, type PdfRef, withEntries } from '../syntax/objects.ts';
import { isLeaf } from '../syntax/pages.ts';
import { highestNumber } from '../syntax/references.ts';
import { writeDict } from '../syntax/serializer.ts';

export interface FalseCount {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** Pages below the node. */
  readonly trueCount: number;
}

interface Frame {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly kids: readonly PdfRef[];
  next: number;
  leaves: number;
}

/** Call it on a file whose `pages` could be read: then the tree is bounded and has no cycles. */
export function falseCounts(file: PdfFile): FalseCount[] {
  const found: FalseCount[] = [];
  const root = file.catalog.entries.get('Pages');
  const open = isRef(root) ? [frame(file, root)] : [];
  for (let current = open.at(-1); current; current = open.at(-1)) {
    const kid = current.kids[current.next++];
    if (kid) {
      const below = frame(file, kid);
      if (isLeaf(below.dict)) current.leaves += 1;
      else open.push(below);
      continue;
    }
    open.pop();
    const above = open.at(-1);
    if (above) above.leaves += current.leaves;
    const { ref, dict, leaves } = current;
    if (file.resolve(dict.entries.get('Count')) !== leaves) found.push({ ref, dict, trueCount: leaves });
  }
  return found;
}

function frame(file: PdfFile, ref: PdfRef): Frame {
  const object = file.resolve(ref);
  const dict: PdfDict = isDict(object) ? object : { kind: 'dict', entries: new Map() };
  const kids = file.resolve(dict.entries.get('Kids'));
  return { ref, dict, kids: isArray(kids) ? kids.filter(isRef) : [], next: 0, leaves: 0 };
}

/** The file with an update that tells the truth, or as it is. */
export function withTrueCounts(file: PdfFile): Uint8Array {
  const corrected = falseCounts(file).map(({ ref, dict, trueCount }) => ({
    ...ref,
    body: writeDict(withEntries(dict, { Count: trueCount })),
  }));
  if (corrected.length === 0) return file.bytes;
  const { bytes } = writeIncrement(fileTail(file), corrected, highestNumber(file, file.last) + 1, true);
  return Buffer.concat([file.bytes, bytes]);
}
