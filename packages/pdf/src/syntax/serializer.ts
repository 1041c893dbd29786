/** Objects back to bytes (ISO 32000-2 §7.3), in Latin-1 text: one character is one byte. */
import { PdfError } from '../errors.ts';
import { latin1 } from './characters.ts';
import { isArray, isDict, isName, isRef, isString, type PdfDict, type PdfObject, type PdfStream } from './objects.ts';

const ESCAPED_IN_NAME = /[^\x21-\x7e]|[#()<>[\]{}/%]/g;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** The object as text; streams are written by `writeStream`, because they stand only as indirect objects. */
export function writeObject(object: PdfObject): string {
  if (object === null) return 'null';
  if (typeof object === 'boolean') return String(object);
  if (typeof object === 'number') return writeNumber(object);
  if (isArray(object)) return `[${object.map(writeObject).join(' ')}]`;
  if (isName(object)) return writeName(object.value);
  if (isRef(object)) return `${object.number} ${object.generation} R`;
  if (isString(object)) return writeString(object.bytes);
  if (isDict(object)) return writeDict(object);
  throw new PdfError('MALFORMED', 'a stream inside another object');
}

export function writeDict(object: PdfDict): string {
  return `<< ${writeEntries(object)} >>`;
}

/** The entries without the brackets. */
export function writeEntries({ entries }: PdfDict): string {
  return Array.from(entries, ([key, value]) => `${writeName(key)} ${writeObject(value)}`).join(' ');
}

/** Dictionary, data and keywords of a stream, with /Length set to what the data has. */
export function writeStream({ dict, raw }: PdfStream): Buffer {
  const entries = new Map(dict.entries).set('Length', raw.length);
  const head = `${writeDict({ kind: 'dict', entries })}\nstream\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), raw, Buffer.from('\nendstream', 'latin1')]);
}

/** Six decimals at most, never an exponent. */
export function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new PdfError('MALFORMED', `number ${value}`);
  if (Number.isInteger(value)) return value === 0 ? '0' : BigInt(value).toString();
  const text = value.toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

export function writeName(value: string): string {
  const escaped = value.replace(
    ESCAPED_IN_NAME,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function writeString(bytes: Uint8Array): string {
  const text = latin1(bytes);
  if (PRINTABLE_ASCII.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`;
  return `<${Buffer.from(bytes).toString('hex').toUpperCase()}>`;
}
