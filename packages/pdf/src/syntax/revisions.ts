/** The chain of cross-reference sections, newest to oldest, as revisions (ISO 32000-2 §7.5.6, annex F). */
import { PdfError } from '../errors.ts';
import type { PdfLimits } from './limits.ts';
import type { PdfDict } from './objects.ts';
import { readFileEnd, readXrefSection, type XrefEntries, type XrefSection } from './xref.ts';

/** ISO 32000-2 annex C.2. */
const MAX_OBJECT_NUMBER = 8_388_607;
const HEADER_SEARCH_BYTES = 1024;
const END_SEARCH_BYTES = 2048;

export interface Revision {
  readonly entries: XrefEntries;
  readonly trailer: PdfDict;
  readonly form: 'table' | 'stream';
  /** Offset of the section, which is what `startxref` says at this revision's end. */
  readonly startxref: number;
  /** Behind `%%EOF` and behind its line end; undefined when the section is not followed by a file end. */
  readonly end: { readonly eof: number; readonly end: number; readonly startxref: number } | undefined;
  /** Made of one plain section, neither hybrid nor linearized. */
  readonly plain: boolean;
}

/** All revisions, oldest first. */
export function readRevisions(bytes: Uint8Array, limits: PdfLimits): Revision[] {
  checkHeader(bytes);
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let allowance = limits.maxObjects;

  for (let offset: number | undefined = lastStartxref(bytes, limits); offset !== undefined; ) {
    if (seen.has(offset)) throw new PdfError('CYCLE', 'cross-reference sections refer to each other in a circle');
    if (seen.size >= limits.maxRevisions) throw new PdfError('TOO_LARGE', `more than ${limits.maxRevisions} revisions`);
    seen.add(offset);
    const section = withHybrid(bytes, readXrefSection(bytes, offset, limits, allowance), limits, allowance);
    allowance -= section.entries.size;
    checkNumbers(section);
    sections.push(section);
    offset = section.prev;
  }
  return groupSections(bytes, sections, limits);
}

function checkHeader(bytes: Uint8Array): void {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_SEARCH_BYTES)).indexOf('%PDF-');
  if (at < 0) throw new PdfError('NOT_A_PDF', 'no PDF header');
  if (at > 0) throw new PdfError('MALFORMED', `${at} bytes before the PDF header`);
}

function lastStartxref(bytes: Uint8Array, limits: PdfLimits): number {
  const start = Math.max(0, bytes.length - END_SEARCH_BYTES);
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start).lastIndexOf('startxref');
  const found = at < 0 ? undefined : readFileEnd(bytes, start + at, limits);
  if (!found) throw new PdfError('MALFORMED', 'the file has no end');
  return found.startxref;
}

/** A hybrid file's stream stands for what its table leaves out or calls free (ISO 32000-2 §7.5.8.4). */
function withHybrid(bytes: Uint8Array, section: XrefSection, limits: PdfLimits, allowance: number): XrefSection {
  if (section.hybrid === undefined) return section;
  const added = readXrefSection(bytes, section.hybrid, limits, allowance - section.entries.size);
  const entries: XrefEntries = new Map(section.entries);
  for (const [number, entry] of added.entries) {
    if ((entries.get(number)?.type ?? 'free') === 'free') entries.set(number, entry);
  }
  return { ...section, entries };
}

function checkNumbers({ entries, trailer }: XrefSection): void {
  const size = trailer.entries.get('Size') as number;
  for (const number of entries.keys()) {
    if (number > MAX_OBJECT_NUMBER) throw new PdfError('TOO_LARGE', `object number ${number}`);
    if (number >= size) throw new PdfError('MALFORMED', `object ${number} is beyond /Size ${size}`);
  }
}

function groupSections(bytes: Uint8Array, newestFirst: readonly XrefSection[], limits: PdfLimits): Revision[] {
  const revisions: Revision[] = [];
  for (let index = 0; index < newestFirst.length; index++) {
    const section = newestFirst[index] as XrefSection;
    const older = newestFirst[index + 1];
    if (older && older.offset > section.offset) {
      // Only a linearized file has its newer section in front, and only as its first revision.
      if (index + 2 !== newestFirst.length)
        throw new PdfError('MALFORMED', 'cross-reference sections are out of order');
      revisions.push(linearized(bytes, section, older, limits));
      break;
    }
    revisions.push({
      entries: section.entries,
      trailer: section.trailer,
      form: section.form,
      startxref: section.offset,
      end: readFileEnd(bytes, section.end, limits),
      plain: section.hybrid === undefined,
    });
  }
  return revisions.reverse();
}

function linearized(bytes: Uint8Array, firstPage: XrefSection, main: XrefSection, limits: PdfLimits): Revision {
  return {
    entries: new Map([...main.entries, ...firstPage.entries]),
    trailer: firstPage.trailer,
    form: firstPage.form,
    startxref: firstPage.offset,
    end: readFileEnd(bytes, main.end, limits),
    plain: false,
  };
}
