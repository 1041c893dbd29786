/** LZWDecode (ISO 32000-2 §7.4.4): variable-length codes of 9 to 12 bits, most significant bit first. */
import { PdfError } from '../errors.ts';
import { BoundedOutput } from './ascii-filters.ts';

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

export function decodeLzw(data: Uint8Array, earlyChange: number, cap: number): Uint8Array {
  const out = new BoundedOutput(cap);
  const bits = bitReader(data);
  let table: Uint8Array[] = [];
  let width = 9;
  let previous: Uint8Array | undefined;

  for (let code = bits(width); code !== undefined && code !== END; code = bits(width)) {
    if (code === CLEAR) {
      table = [];
      width = 9;
      previous = undefined;
      continue;
    }
    const entry = sequenceOf(code, table, previous);
    out.pushAll(entry);
    if (previous && table.length + 258 < MAX_CODES) table.push(append(previous, entry[0] ?? 0));
    width = widthFor(table.length + 258 + earlyChange);
    previous = entry;
  }
  return out.bytes();
}

function widthFor(codes: number): number {
  if (codes >= 2048) return 12;
  if (codes >= 1024) return 11;
  return codes >= 512 ? 10 : 9;
}

function sequenceOf(code: number, table: readonly Uint8Array[], previous: Uint8Array | undefined): Uint8Array {
  if (code < 256) return Uint8Array.of(code);
  const known = table[code - 258];
  if (known) return known;
  if (!previous || code - 258 !== table.length) throw new PdfError('MALFORMED', 'LZW data');
  return append(previous, previous[0] ?? 0);
}

function append(bytes: Uint8Array, last: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = last;
  return longer;
}

function bitReader(data: Uint8Array): (width: number) => number | undefined {
  let position = 0;
  return (width) => {
    if (position + width > data.length * 8) return undefined;
    let value = 0;
    for (let count = 0; count < width; count++, position++) {
      value = (value << 1) | (((data[position >> 3] ?? 0) >> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
