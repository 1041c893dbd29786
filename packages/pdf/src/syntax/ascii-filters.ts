/** ASCIIHexDecode, ASCII85Decode and RunLengthDecode (ISO 32000-2 §7.4.2, §7.4.3, §7.4.5). */
import { PdfError } from '../errors.ts';
import { isWhitespace } from './characters.ts';
import { decodeHex } from './lexer.ts';

export function decodeAsciiHex(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0x3e);
  const decoded = decodeHex(end < 0 ? data : data.subarray(0, end));
  if (!decoded) throw new PdfError('MALFORMED', 'ASCIIHex data');
  return decoded;
}

export function decodeAscii85(data: Uint8Array, cap: number): Uint8Array {
  const out = new BoundedOutput(cap);
  let group: number[] = [];
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isWhitespace(byte)) continue;
    if (byte === 0x7a && group.length === 0) {
      out.pushAll([0, 0, 0, 0]);
      continue;
    }
    if (byte < 0x21 || byte > 0x75) throw new PdfError('MALFORMED', 'ASCII85 data');
    group.push(byte - 0x21);
    if (group.length === 5) {
      out.pushAll(ascii85Group(group));
      group = [];
    }
  }
  if (group.length === 1) throw new PdfError('MALFORMED', 'ASCII85 data');
  if (group.length > 1) out.pushAll(ascii85Group([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1));
  return out.bytes();
}

function ascii85Group(digits: readonly number[]): number[] {
  const value = digits.reduce((sum, digit) => sum * 85 + digit, 0);
  if (value > 0xffffffff) throw new PdfError('MALFORMED', 'ASCII85 data');
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

export function decodeRunLength(data: Uint8Array, cap: number): Uint8Array {
  const out = new BoundedOutput(cap);
  for (let index = 0; index < data.length; ) {
    const length = data[index++] ?? 128;
    if (length === 128) break;
    if (length < 128) {
      out.pushAll(data.subarray(index, index + length + 1));
      index += length + 1;
    } else {
      out.pushAll(new Uint8Array(257 - length).fill(data[index++] ?? 0));
    }
  }
  return out.bytes();
}

/** A growing byte array that refuses to grow beyond its cap. */
export class BoundedOutput {
  private readonly cap: number;
  private buffer = new Uint8Array(1024);
  private length = 0;

  constructor(cap: number) {
    this.cap = cap;
  }

  pushAll(bytes: ArrayLike<number>): void {
    const needed = this.length + bytes.length;
    if (needed > this.cap) throw new PdfError('TOO_LARGE', `stream decodes beyond ${this.cap} bytes`);
    if (needed > this.buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      grown.set(this.buffer);
      this.buffer = grown;
    }
    this.buffer.set(bytes, this.length);
    this.length = needed;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}
