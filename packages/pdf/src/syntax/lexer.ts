/** Tokens of ISO 32000-2 §7.2–7.3, strictly: what the clause does not allow is MALFORMED. */
import { PdfError } from '../errors.ts';
import { hexValue, isDigit, isRegular, isWhitespace, latin1 } from './characters.ts';
import type { PdfLimits } from './limits.ts';
import type { PdfName, PdfString } from './objects.ts';

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 };
/** Longest numeral worth reading; doubles carry 17 digits. */
const MAX_NUMBER_BYTES = 64;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

export class Lexer {
  readonly bytes: Uint8Array;
  readonly limits: PdfLimits;
  position: number;

  constructor(bytes: Uint8Array, position: number, limits: PdfLimits) {
    this.bytes = bytes;
    this.position = position;
    this.limits = limits;
  }

  peek(ahead = 0): number | undefined {
    return this.bytes[this.position + ahead];
  }

  fail(reason: string): PdfError {
    return new PdfError('MALFORMED', `${reason} at offset ${this.position}`);
  }

  /** Skips whitespace and comments. */
  skipSpace(): void {
    for (;;) {
      const byte = this.peek();
      if (isWhitespace(byte)) this.position++;
      else if (byte === 0x25) this.skipLine();
      else return;
    }
  }

  private skipLine(): void {
    while (this.position < this.bytes.length && this.peek() !== 0x0a && this.peek() !== 0x0d) this.position++;
  }

  /** A run of regular characters, possibly empty. */
  word(): string {
    const start = this.position;
    while (isRegular(this.peek())) {
      this.position++;
      if (this.position - start > this.limits.maxNameBytes) throw new PdfError('TOO_LARGE', `token at offset ${start}`);
    }
    return latin1(this.bytes.subarray(start, this.position));
  }

  /** Consumes the keyword when it stands here as a whole token. */
  keyword(expected: string): boolean {
    for (let index = 0; index < expected.length; index++) {
      if (this.peek(index) !== expected.charCodeAt(index)) return false;
    }
    if (isRegular(this.peek(expected.length))) return false;
    this.position += expected.length;
    return true;
  }

  expectKeyword(expected: string): void {
    if (!this.keyword(expected)) throw this.fail(`"${expected}" expected`);
  }

  /** An unsigned integer as a whole token, or undefined with the position unchanged. */
  tryUnsigned(): number | undefined {
    const start = this.position;
    let value = 0;
    while (isDigit(this.peek())) {
      value = value * 10 + (this.peek() ?? 0) - 0x30;
      this.position++;
    }
    const length = this.position - start;
    if (length > 0 && length <= 15 && !isRegular(this.peek())) return value;
    this.position = start;
    return undefined;
  }

  expectUnsigned(): number {
    const value = this.tryUnsigned();
    if (value === undefined) throw this.fail('unsigned integer expected');
    return value;
  }

  number(): number {
    const start = this.position;
    while (isRegular(this.peek()) && this.position - start <= MAX_NUMBER_BYTES) this.position++;
    const text = latin1(this.bytes.subarray(start, this.position));
    if (!NUMBER.test(text)) throw this.fail('malformed number');
    return Number(text);
  }

  name(): PdfName {
    this.position++;
    const raw = this.word();
    if (!raw.includes('#')) return { kind: 'name', value: raw };
    const value = raw.replace(/#([0-9A-Fa-f]{2})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    return { kind: 'name', value };
  }

  literalString(): PdfString {
    const start = this.position++;
    const out: number[] = [];
    for (let depth = 1; depth > 0; ) {
      const byte = this.next();
      if (byte === 0x28) depth++;
      if (byte === 0x29) depth--;
      if (byte === 0x5c) this.escape(out);
      else if (byte === 0x0d) this.lineEnd(out);
      else if (depth > 0) out.push(byte);
      if (out.length > this.limits.maxStringBytes) throw new PdfError('TOO_LARGE', `string at offset ${start}`);
    }
    return { kind: 'string', bytes: Uint8Array.from(out), span: { start, end: this.position } };
  }

  private next(): number {
    const byte = this.peek();
    if (byte === undefined) throw this.fail('unterminated string');
    this.position++;
    return byte;
  }

  private lineEnd(out: number[]): void {
    if (this.peek() === 0x0a) this.position++;
    out.push(0x0a);
  }

  private escape(out: number[]): void {
    const byte = this.next();
    if (byte >= 0x30 && byte <= 0x37) {
      out.push(this.octal(byte - 0x30) & 0xff);
      return;
    }
    if (byte === 0x0d && this.peek() === 0x0a) this.position++;
    if (byte === 0x0d || byte === 0x0a) return;
    out.push(ESCAPES[String.fromCharCode(byte)] ?? byte);
  }

  private octal(first: number): number {
    let value = first;
    for (let digits = 1; digits < 3; digits++) {
      const byte = this.peek() ?? 0;
      if (byte < 0x30 || byte > 0x37) break;
      value = value * 8 + byte - 0x30;
      this.position++;
    }
    return value;
  }

  hexString(): PdfString {
    const start = this.position++;
    const close = this.bytes.indexOf(0x3e, this.position);
    if (close < 0) throw this.fail('unterminated hexadecimal string');
    if (close - start > 2 * this.limits.maxStringBytes) throw new PdfError('TOO_LARGE', `string at offset ${start}`);
    const bytes = decodeHex(this.bytes.subarray(this.position, close));
    if (!bytes) throw this.fail('malformed hexadecimal string');
    this.position = close + 1;
    return { kind: 'string', bytes, span: { start, end: this.position } };
  }
}

/** Hexadecimal digits with whitespace between them; an odd last digit counts as its high half; undefined when malformed. */
export function decodeHex(digits: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array((digits.length + 1) >> 1);
  let count = 0;
  for (const byte of digits) {
    const value = hexValue(byte);
    if (value < 0) {
      if (isWhitespace(byte)) continue;
      return undefined;
    }
    out[count >> 1] = (out[count >> 1] ?? 0) | (count % 2 === 0 ? value << 4 : value);
    count++;
  }
  return out.subarray(0, (count + 1) >> 1);
}
