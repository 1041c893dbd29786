/** Incremental updates (ISO 32000-2 §7.5.6): new and changed objects, then a section in the form of the last one. */
import { PdfError } from '../errors.ts';
import { writeNumber } from './serializer.ts';

/** What an increment must know about the file before it; plain JSON. */
export interface FileTail {
  readonly length: number;
  readonly startxref: number;
  readonly xrefForm: 'table' | 'stream';
  /** The lowest object number that is neither used nor referred to. */
  readonly nextNumber: number;
  /** Trailer entries that every later trailer repeats, as PDF text: `/Root 1 0 R /Info …`. */
  readonly trailer: string;
}

export interface IncrementObject {
  readonly number: number;
  readonly generation?: number;
  /** What stands between `obj` and `endobj`; text is Latin-1. */
  readonly body: Uint8Array | string;
}

export interface Increment {
  readonly bytes: Uint8Array;
  /** Where each body starts, relative to the increment, in the order given. */
  readonly bodyOffsets: readonly number[];
  readonly tail: FileTail;
}

interface EntryOffset {
  readonly number: number;
  readonly generation: number;
  /** In the whole file. */
  readonly offset: number;
}

/** Offsets in a classic table have ten digits. */
const MAX_TABLE_OFFSET = 9_999_999_999;
/** Offsets in our streams have four bytes. */
const MAX_STREAM_OFFSET = 0xffffffff;

/** `nextNumber` is the lowest number that is free after these objects. */
export function writeIncrement(
  tail: FileTail,
  objects: readonly IncrementObject[],
  nextNumber: number,
  leadingNewline = false,
): Increment {
  const chunks: Uint8Array[] = [];
  const entries: EntryOffset[] = [];
  const bodyOffsets: number[] = [];
  let length = 0;
  const push = (chunk: Uint8Array | string): void => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
    chunks.push(bytes);
    length += bytes.length;
  };

  if (leadingNewline) push('\n');
  for (const { number, generation = 0, body } of objects) {
    entries.push({ number, generation, offset: tail.length + length });
    push(`${number} ${generation} obj\n`);
    bodyOffsets.push(length);
    push(body);
    push('\nendobj\n');
  }
  const startxref = tail.length + length;
  const size = tail.xrefForm === 'table' ? nextNumber : nextNumber + 1;
  push(
    tail.xrefForm === 'table'
      ? xrefTable(tail, entries, size)
      : xrefStream(tail, [...entries, { number: nextNumber, generation: 0, offset: startxref }], size),
  );
  push(`startxref\n${startxref}\n%%EOF\n`);

  const bytes = Buffer.concat(chunks, length);
  return { bytes, bodyOffsets, tail: { ...tail, length: tail.length + length, startxref, nextNumber: size } };
}

function xrefTable({ startxref, trailer }: FileTail, entries: readonly EntryOffset[], size: number): string {
  const rows = subsections(entries).map((run) => `${run[0]?.number} ${run.length}\n${run.map(tableRow).join('')}`);
  return `xref\n${rows.join('')}trailer\n<< /Size ${size} ${trailer} /Prev ${startxref} >>\n`;
}

function tableRow({ offset, generation }: EntryOffset): string {
  if (offset > MAX_TABLE_OFFSET) throw new PdfError('TOO_LARGE', 'offset beyond ten digits');
  return `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
}

function xrefStream({ startxref, trailer }: FileTail, entries: readonly EntryOffset[], size: number): Buffer {
  const runs = subsections(entries);
  const data = Buffer.alloc(entries.length * 7);
  for (const [index, { offset, generation }] of runs.flat().entries()) {
    if (offset > MAX_STREAM_OFFSET) throw new PdfError('TOO_LARGE', 'offset beyond four bytes');
    data.writeUInt8(1, index * 7);
    data.writeUInt32BE(offset, index * 7 + 1);
    data.writeUInt16BE(generation, index * 7 + 5);
  }
  const index = runs.map((run) => `${run[0]?.number} ${run.length}`).join(' ');
  const number = writeNumber(size - 1);
  const head =
    `${number} 0 obj\n<< /Type /XRef /Size ${size} /W [1 4 2] /Index [${index}] ${trailer} ` +
    `/Prev ${startxref} /Length ${data.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream\nendobj\n', 'latin1')]);
}

/** Runs of consecutive numbers, ascending. */
function subsections(entries: readonly EntryOffset[]): EntryOffset[][] {
  const runs: EntryOffset[][] = [];
  for (const entry of entries.toSorted((left, right) => left.number - right.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.number === entry.number - 1) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
