/**
 * Bounds of hostile DER, checked without recursion before anything is decoded: depth, size, count, minimal and definite
 * lengths, no byte beyond the end. ITU-T X.690 §8.1, §10.1.
 */
import { PkiError } from '../error.ts';

const DEEPEST = 32;
const MOST_ELEMENTS = 4_000_000;

export interface Header {
  readonly tag: number;
  readonly contentStart: number;
  readonly end: number;
}

/** Reads one identifier and length; `limit` is where the surrounding element ends. */
export function readHeader(bytes: Uint8Array, offset: number, limit: number): Header {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > limit) {
    throw new PkiError('MALFORMED', 'element is cut off');
  }
  if ((tag & 0x1f) === 0x1f) {
    throw new PkiError('MALFORMED', 'tag number above 30');
  }
  const { length, contentStart } =
    first < 0x80 ? { length: first, contentStart: offset + 2 } : longLength(bytes, offset + 1, limit);
  if (length > limit - contentStart) {
    throw new PkiError('MALFORMED', 'element is longer than what holds it');
  }
  return { tag, contentStart, end: contentStart + length };
}

export function checkStructure(bytes: Uint8Array, maxBytes: number): void {
  if (bytes.length > maxBytes) {
    throw new PkiError('TOO_LARGE', `${bytes.length} bytes, at most ${maxBytes} are read`);
  }
  const outer = readHeader(bytes, 0, bytes.length);
  if (outer.end !== bytes.length) {
    throw new PkiError('MALFORMED', 'bytes follow the end of the structure');
  }
  walk(bytes);
}

function walk(bytes: Uint8Array): void {
  const ends: number[] = [bytes.length];
  let offset = 0;
  let count = 0;
  while (ends.length > 0) {
    const limit = ends.at(-1) ?? 0;
    if (offset === limit) {
      ends.pop();
      continue;
    }
    const { tag, contentStart, end } = readHeader(bytes, offset, limit);
    const isConstructed = (tag & 0x20) !== 0;
    offset = isConstructed ? contentStart : end;
    if (isConstructed) {
      ends.push(end);
    }
    count += 1;
    if (ends.length > DEEPEST + 1 || count > MOST_ELEMENTS) {
      throw new PkiError('TOO_LARGE', 'structure is nested too deep or has too many elements');
    }
  }
}

function longLength(bytes: Uint8Array, offset: number, limit: number): { length: number; contentStart: number } {
  const octets = (bytes[offset] ?? 0) & 0x7f;
  if (octets === 0) {
    throw new PkiError('MALFORMED', 'indefinite length');
  }
  if (octets > 4 || offset + 1 + octets > limit) {
    throw new PkiError('MALFORMED', 'length is too long or cut off');
  }
  let length = 0;
  for (let index = 1; index <= octets; index += 1) {
    length = length * 256 + (bytes[offset + index] ?? 0);
  }
  if (length < 0x80 || bytes[offset + 1] === 0) {
    throw new PkiError('MALFORMED', 'length is not the shortest form');
  }
  return { length, contentStart: offset + 1 + octets };
}
