import { PdfError } from '../errors.ts';
import type { PdfFile } from './file.ts';
import type { FileTail } from './increment.ts';
import { writeEntries } from './serializer.ts';

/** Trailer entries that describe the file and not one section (ISO 32000-2 table 15). */
const KEPT_TRAILER_ENTRIES = ['Root', 'Info', 'ID'];

/** What an update of this file must know about it. `nextNumber` is left to whoever knows which objects follow. */
export function fileTail(file: PdfFile): FileTail {
  const newest = file.revisions[file.last];
  if (!newest) throw new PdfError('MALFORMED', 'the file has no revision');
  const kept = new Map([...file.trailer.entries].filter(([key]) => KEPT_TRAILER_ENTRIES.includes(key)));
  return {
    length: file.bytes.length,
    startxref: newest.startxref,
    xrefForm: newest.form,
    nextNumber: 0,
    trailer: writeEntries({ kind: 'dict', entries: kept }),
  };
}
