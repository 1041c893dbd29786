/**
 * Page objects that lie far apart, to be written again side by side. A viewer that fetches ranges walks the whole page tree
 * before it shows anything: in a scan, where a picture lies between any two pages, that is a request for each page.
 */
import type { PdfFile } from '../syntax/file.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import type { Page } from '../syntax/pages.ts';
import { writeDict } from '../syntax/serializer.ts';

/** Page objects within so few bytes come with a request or two in any case. */
const CLOSE_BYTES = 262_144;
/** The part of the file that they may add to it. */
const LARGEST_PART = 1 / 20;

/** @param written numbers of objects that are written in any case. */
export function gatheredPages(file: PdfFile, written: ReadonlySet<number>): IncrementObject[] {
  if (extent(file) <= CLOSE_BYTES) return [];
  const pages = file.pages.filter(({ ref }) => !written.has(ref.number));
  const objects = pages.map(({ ref, dict }) => ({ ...ref, body: writeDict(dict) }));
  const bytes = objects.reduce((sum, { body }) => sum + body.length, 0);
  return bytes <= file.bytes.length * LARGEST_PART ? objects : [];
}

/** From the first page object to the last. Object streams hold theirs together. */
function extent(file: PdfFile): number {
  const offsets = file.pages.flatMap((page) => offsetOf(file, page) ?? []);
  const ends = offsets.reduce(
    ({ first, last }, offset) => ({ first: Math.min(first, offset), last: Math.max(last, offset) }),
    { first: Number.POSITIVE_INFINITY, last: 0 },
  );
  return ends.last - ends.first;
}

function offsetOf(file: PdfFile, { ref }: Page): number | undefined {
  const entry = file.entryAt(file.last, ref.number)?.entry;
  return entry?.type === 'offset' ? entry.offset : undefined;
}
