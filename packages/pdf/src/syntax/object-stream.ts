/** Object streams (ISO 32000-2 §7.5.7). */
import { PdfError } from '../errors.ts';
import { Lexer } from './lexer.ts';
import type { PdfLimits } from './limits.ts';

export interface ObjectStream {
  /** Decoded. */
  readonly data: Uint8Array;
  readonly numbers: readonly number[];
  /** Within the data. */
  readonly offsets: readonly number[];
}

/** Reads the header: `count` pairs of number and offset, the objects from `first` on. */
export function readObjectStream(data: Uint8Array, count: number, first: number, limits: PdfLimits): ObjectStream {
  if (count > data.length || first > data.length) throw new PdfError('MALFORMED', 'object stream header');
  const lexer = new Lexer(data, 0, limits);
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < count; index++) {
    lexer.skipSpace();
    numbers.push(lexer.expectUnsigned());
    lexer.skipSpace();
    offsets.push(first + lexer.expectUnsigned());
  }
  return { data, numbers, offsets };
}
