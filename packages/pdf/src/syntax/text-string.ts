/** Text strings and dates (ISO 32000-2 §7.9.2, §7.9.4). */
import { latin1 } from './characters.ts';
import type { PdfString } from './objects.ts';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** PDFDocEncoding where it differs from Latin-1 (annex D.2). */
const DOC_ENCODING: Readonly<Record<number, string>> = Object.fromEntries([
  ...[...'˘ˇˆ˙˝˛˚˜'].map((character, index) => [0x18 + index, character]),
  ...[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((character, index) => [0x80 + index, character]),
  [0xa0, '€'],
]);

/** PDFDocEncoding for printable ASCII, else UTF-16BE with its mark. */
export function textString(text: string): PdfString {
  if (PRINTABLE_ASCII.test(text)) return { kind: 'string', bytes: Buffer.from(text, 'latin1') };
  return { kind: 'string', bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16() };
}

export function decodeTextString({ bytes }: PdfString): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return Buffer.from(bytes.subarray(3)).toString('utf8');
  return Array.from(bytes, (byte) => DOC_ENCODING[byte] ?? String.fromCharCode(byte)).join('');
}

/** `D:20261124065600Z` */
export function dateString(at: Date): PdfString {
  const digits = at.toISOString().replace(/\D/g, '').slice(0, 14);
  return { kind: 'string', bytes: Buffer.from(`D:${digits}Z`, 'latin1') };
}

const DATE = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?/;

/** The instant of a date string; undefined when it is none. */
export function decodeDate(string: PdfString): Date | undefined {
  const match = DATE.exec(latin1(string.bytes));
  if (!match) return undefined;
  const part = (index: number, byDefault: number) => Number(match[index] ?? byDefault);
  const local = Date.UTC(part(1, 0), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0));
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9, 0) * 60 + part(10, 0));
  return new Date(local - offsetMinutes * 60_000);
}
