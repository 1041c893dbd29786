/** Cross-reference tables, streams and hybrids (ISO 32000-2 §7.5.4, §7.5.8). */
import { PdfError } from '../errors.ts';
import { isDigit, isWhitespace } from './characters.ts';
import { decodeStream } from './filters.ts';
import type { PdfLimits } from './limits.ts';
import { isArray, isDict, isName, isStream, type PdfDict, type PdfStream } from './objects.ts';
import { directLength, ObjectParser } from './parser.ts';

export type XrefEntry =
  | { readonly type: 'free'; readonly generation: number }
  | { readonly type: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly type: 'compressed'; readonly container: number; readonly index: number };

export type XrefEntries = Map<number, XrefEntry>;

export interface XrefSection {
  readonly form: 'table' | 'stream';
  readonly offset: number;
  readonly entries: XrefEntries;
  readonly trailer: PdfDict;
  /** Behind the trailer dictionary or the stream object. */
  readonly end: number;
  readonly prev: number | undefined;
  /** Offset of the stream that a hybrid file adds to its table. */
  readonly hybrid: number | undefined;
}

/** Reads the section at the offset; `allowance` is the number of entries that may still be read. */
export function readXrefSection(bytes: Uint8Array, offset: number, limits: PdfLimits, allowance: number): XrefSection {
  if (offset <= 0 || offset >= bytes.length) throw new PdfError('MALFORMED', `cross-reference offset ${offset}`);
  const parser = new ObjectParser(bytes, offset, limits);
  const section = parser.lexer.keyword('xref')
    ? readTable(parser, offset, allowance)
    : readStream(parser, offset, allowance);
  const size = section.trailer.entries.get('Size');
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0)
    throw new PdfError('MALFORMED', 'trailer without /Size');
  return section;
}

function readTable(parser: ObjectParser, offset: number, allowance: number): XrefSection {
  const { lexer } = parser;
  const entries: XrefEntries = new Map();
  lexer.skipSpace();
  while (isDigit(lexer.peek())) {
    const first = lexer.expectUnsigned();
    lexer.skipSpace();
    const count = lexer.expectUnsigned();
    if (entries.size + count > allowance) throw new PdfError('TOO_LARGE', `${count} cross-reference entries`);
    readSubsection(parser, first, count, entries);
    lexer.skipSpace();
  }
  lexer.expectKeyword('trailer');
  const trailer = parser.object();
  if (!isDict(trailer)) throw lexer.fail('trailer is no dictionary');
  const at = lexer.position;
  return {
    form: 'table',
    offset,
    entries,
    trailer,
    end: at,
    prev: offsetEntry(trailer, 'Prev'),
    hybrid: offsetEntry(trailer, 'XRefStm'),
  };
}

function readSubsection({ lexer }: ObjectParser, first: number, count: number, entries: XrefEntries): void {
  for (let number = first; number < first + count; number++) {
    lexer.skipSpace();
    const offset = lexer.expectUnsigned();
    lexer.skipSpace();
    const generation = lexer.expectUnsigned();
    lexer.skipSpace();
    const inUse = lexer.keyword('n');
    if (!inUse) lexer.expectKeyword('f');
    setOnce(entries, number, inUse ? { type: 'offset', offset, generation } : { type: 'free', generation });
  }
}

function readStream(parser: ObjectParser, offset: number, allowance: number): XrefSection {
  const { object, end } = parser.indirect(directLength);
  if (!isStream(object) || !isName(object.dict.entries.get('Type'), 'XRef')) {
    throw new PdfError('MALFORMED', `no cross-reference section at offset ${offset}`);
  }
  const entries = streamEntries(object, parser.lexer.limits, allowance);
  return {
    form: 'stream',
    offset,
    entries,
    trailer: object.dict,
    end,
    prev: offsetEntry(object.dict, 'Prev'),
    hybrid: undefined,
  };
}

function streamEntries(stream: PdfStream, limits: PdfLimits, allowance: number): XrefEntries {
  const data = decodeStream(stream, (object) => object ?? null, limits);
  const widths = integers(stream.dict, 'W');
  const size = integers(stream.dict, 'Size');
  const index = stream.dict.entries.has('Index') ? integers(stream.dict, 'Index') : [0, ...size];
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const entryBytes = typeWidth + secondWidth + thirdWidth;
  if (widths.length !== 3 || widths.some((width) => width > 7) || entryBytes === 0 || index.length % 2 !== 0) {
    throw new PdfError('MALFORMED', 'cross-reference stream fields');
  }
  if (data.length / entryBytes > allowance) throw new PdfError('TOO_LARGE', 'cross-reference stream');

  const entries: XrefEntries = new Map();
  let position = 0;
  const field = (width: number, byDefault: number): number => {
    const value = width === 0 ? byDefault : bigEndian(data, position, width);
    position += width;
    return value;
  };
  for (let pair = 0; pair < index.length; pair += 2) {
    const first = index[pair] ?? 0;
    const count = index[pair + 1] ?? 0;
    if (count * entryBytes > data.length - position) throw new PdfError('MALFORMED', 'cross-reference stream is short');
    for (let number = first; number < first + count; number++) {
      setOnce(entries, number, streamEntry(field(typeWidth, 1), field(secondWidth, 0), field(thirdWidth, 0)));
    }
  }
  return entries;
}

function streamEntry(type: number, second: number, third: number): XrefEntry {
  if (type === 1) return { type: 'offset', offset: second, generation: third };
  if (type === 2) return { type: 'compressed', container: second, index: third };
  // ISO 32000-2 table 18: unknown types are references to null.
  return { type: 'free', generation: third };
}

function bigEndian(data: Uint8Array, start: number, width: number): number {
  let value = 0;
  for (let index = start; index < start + width; index++) value = value * 256 + (data[index] ?? 0);
  return value;
}

function integers(streamDict: PdfDict, key: string): number[] {
  const value = streamDict.entries.get(key);
  const list = isArray(value) ? value : [value];
  if (list.every((item): item is number => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0))
    return [...list];
  throw new PdfError('MALFORMED', `/${key} of a cross-reference stream`);
}

/** Two entries for one number in one section: readers disagree on which counts. */
function setOnce(entries: XrefEntries, number: number, entry: XrefEntry): void {
  if (entries.has(number)) throw new PdfError('MALFORMED', `two cross-reference entries for object ${number}`);
  entries.set(number, entry);
}

function offsetEntry(trailer: PdfDict, key: string): number | undefined {
  const value = trailer.entries.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new PdfError('MALFORMED', `/${key} in a trailer`);
  return value;
}

/** Reads `startxref N %%EOF` at the position; undefined when it does not stand there. */
export function readFileEnd(
  bytes: Uint8Array,
  position: number,
  limits: PdfLimits,
): { startxref: number; eof: number; end: number } | undefined {
  const { lexer } = new ObjectParser(bytes, position, limits);
  lexer.skipSpace();
  if (!lexer.keyword('startxref')) return undefined;
  while (isWhitespace(lexer.peek())) lexer.position++;
  const startxref = lexer.tryUnsigned();
  if (startxref === undefined) return undefined;
  while (isWhitespace(lexer.peek())) lexer.position++;
  for (const character of '%%EOF') {
    if (lexer.peek() !== character.charCodeAt(0)) return undefined;
    lexer.position++;
  }
  const eof = lexer.position;
  if (lexer.peek() === 0x0d) lexer.position++;
  if (lexer.peek() === 0x0a) lexer.position++;
  return { startxref, eof, end: lexer.position };
}
