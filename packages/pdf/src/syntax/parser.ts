/** Objects of ISO 32000-2 §7.3, read from one place of a file or of an object stream. */
import { PdfError } from '../errors.ts';
import { isDigit, isWhitespace } from './characters.ts';
import { Lexer } from './lexer.ts';
import type { PdfLimits } from './limits.ts';
import type { PdfDict, PdfObject, PdfStream } from './objects.ts';
import { isDict, isRef } from './objects.ts';

export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly object: PdfObject;
  /** Behind `endobj`. */
  readonly end: number;
}

/** Gives the value of a stream's /Length when that is a reference. */
export type LengthResolver = (object: PdfObject | undefined) => number;

export class ObjectParser {
  readonly lexer: Lexer;
  private items = 0;

  constructor(bytes: Uint8Array, position: number, limits: PdfLimits) {
    this.lexer = new Lexer(bytes, position, limits);
  }

  /** One object, which is no stream. */
  object(depth = 0): PdfObject {
    const { lexer } = this;
    if (depth > lexer.limits.maxDepth) throw new PdfError('TOO_DEEP', `nesting at offset ${lexer.position}`);
    if (++this.items > lexer.limits.maxItems) throw new PdfError('TOO_LARGE', `object at offset ${lexer.position}`);
    lexer.skipSpace();
    switch (lexer.peek()) {
      case undefined:
        throw lexer.fail('unexpected end');
      case 0x2f:
        return lexer.name();
      case 0x28:
        return lexer.literalString();
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return lexer.peek(1) === 0x3c ? this.dict(depth) : lexer.hexString();
      default:
        return this.scalar();
    }
  }

  private scalar(): PdfObject {
    const { lexer } = this;
    const byte = lexer.peek();
    if (isDigit(byte)) return this.numberOrRef();
    if (byte === 0x2b || byte === 0x2d || byte === 0x2e) return lexer.number();
    if (lexer.keyword('true')) return true;
    if (lexer.keyword('false')) return false;
    if (lexer.keyword('null')) return null;
    throw lexer.fail('object expected');
  }

  private numberOrRef(): PdfObject {
    const { lexer } = this;
    const number = lexer.tryUnsigned();
    if (number === undefined) return lexer.number();
    const afterNumber = lexer.position;
    if (!isWhitespace(lexer.peek())) return number;

    lexer.skipSpace();
    const generation = lexer.tryUnsigned();
    if (generation !== undefined && isWhitespace(lexer.peek())) {
      lexer.skipSpace();
      if (lexer.keyword('R')) return { kind: 'ref', number, generation };
    }
    lexer.position = afterNumber;
    return number;
  }

  private array(depth: number): PdfObject {
    const { lexer } = this;
    lexer.position++;
    const items: PdfObject[] = [];
    for (;;) {
      lexer.skipSpace();
      if (lexer.peek() === 0x5d) break;
      items.push(this.object(depth + 1));
    }
    lexer.position++;
    return items;
  }

  private dict(depth: number): PdfDict {
    const { lexer } = this;
    lexer.position += 2;
    const entries = new Map<string, PdfObject>();
    for (;;) {
      lexer.skipSpace();
      if (lexer.peek() === 0x3e && lexer.peek(1) === 0x3e) break;
      if (lexer.peek() !== 0x2f) throw lexer.fail('key expected');
      const key = lexer.name().value;
      // Readers disagree on which of two equal keys counts, so neither may.
      if (entries.has(key)) throw lexer.fail(`second /${key}`);
      entries.set(key, this.object(depth + 1));
    }
    lexer.position += 2;
    return { kind: 'dict', entries };
  }

  /** `N G obj … endobj` with its object, which may be a stream. */
  indirect(lengthOf: LengthResolver): IndirectObject {
    const { lexer } = this;
    lexer.skipSpace();
    const number = lexer.expectUnsigned();
    lexer.skipSpace();
    const generation = lexer.expectUnsigned();
    lexer.skipSpace();
    lexer.expectKeyword('obj');
    const value = this.object();
    lexer.skipSpace();
    const object = isDict(value) && lexer.keyword('stream') ? this.stream(value, lengthOf) : value;
    lexer.skipSpace();
    lexer.expectKeyword('endobj');
    if (isRef(object)) throw lexer.fail('an indirect object is a reference');
    return { number, generation, object, end: lexer.position };
  }

  private stream(streamDict: PdfDict, lengthOf: LengthResolver): PdfStream {
    const { lexer } = this;
    if (lexer.peek() === 0x0d && lexer.peek(1) === 0x0a) lexer.position += 2;
    else if (lexer.peek() === 0x0a) lexer.position++;
    else throw lexer.fail('line end expected after "stream"');

    const start = lexer.position;
    const length = lengthOf(streamDict.entries.get('Length'));
    if (length > lexer.bytes.length - start) throw lexer.fail('stream longer than the file');
    lexer.position = start + length;
    this.skipLineEnd();
    lexer.expectKeyword('endstream');
    return { kind: 'stream', dict: streamDict, raw: lexer.bytes.subarray(start, start + length) };
  }

  private skipLineEnd(): void {
    const { lexer } = this;
    if (lexer.peek() === 0x0d) lexer.position++;
    if (lexer.peek() === 0x0a) lexer.position++;
  }

  /** True when nothing but whitespace and comments is left. */
  atEnd(): boolean {
    this.lexer.skipSpace();
    return this.lexer.peek() === undefined;
  }
}

/** Accepts only a direct length: for places where following a reference could recurse. */
export function directLength(object: PdfObject | undefined): number {
  if (typeof object !== 'number' || !Number.isInteger(object) || object < 0) {
    throw new PdfError('MALFORMED', 'stream length is no direct integer');
  }
  return object;
}
