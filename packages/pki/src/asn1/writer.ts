/** Writes DER, the encoding that signatures are computed over. ITU-T X.690 §10. */
import { PkiError } from '../error.ts';
import { encodeOidContent } from './oid.ts';
import { contextTag, TAG } from './tags.ts';

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return tlvOf(tag, parts);
}

/** As `tlv`, for more elements than a call can have arguments: the entries of a CRL. */
export function tlvOf(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = lengthOctets(length);
  const bytes = new Uint8Array(1 + header.length + length);
  bytes[0] = tag;
  bytes.set(header, 1);

  let offset = 1 + header.length;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.sequence, ...parts);
}

/** SET OF in DER: the encodings stand in ascending order (X.690 §11.6). */
export function setOf(elements: readonly Uint8Array[], tag: number = TAG.set): Uint8Array {
  return tlvOf(tag, [...elements].sort(Buffer.compare));
}

export function explicit(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(contextTag(number), ...parts);
}

/** INTEGER from the octets of a number that is not negative. */
export function unsignedInteger(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  const magnitude = start < 0 ? Uint8Array.of(0) : octets.subarray(start);
  const signOctet = (magnitude[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return tlv(TAG.integer, signOctet, magnitude);
}

export function integer(value: number | bigint): Uint8Array {
  if (value < 0 || (typeof value === 'number' && !Number.isSafeInteger(value))) {
    throw new PkiError('INVALID_INPUT', `not an integer from 0 upwards: ${value}`);
  }
  const hex = value.toString(16);
  return unsignedInteger(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

export function enumerated(value: number): Uint8Array {
  return tlv(TAG.enumerated, Uint8Array.of(value));
}

export function oid(dotted: string): Uint8Array {
  return tlv(TAG.oid, encodeOidContent(dotted));
}

export function octetString(content: Uint8Array): Uint8Array {
  return tlv(TAG.octetString, content);
}

export function bitString(content: Uint8Array, unusedBits = 0): Uint8Array {
  return tlv(TAG.bitString, Uint8Array.of(unusedBits), content);
}

/** BIT STRING of named flags: trailing zero bits are left out (X.690 §11.2.2). */
export function namedBits(positions: readonly number[]): Uint8Array {
  const highest = Math.max(...positions);
  const octets = new Uint8Array((highest >> 3) + 1);
  for (const position of positions) {
    octets[position >> 3] = (octets[position >> 3] ?? 0) | (0x80 >> (position & 7));
  }
  return bitString(octets, 7 - (highest & 7));
}

export function utf8String(text: string, tag: number = TAG.utf8String): Uint8Array {
  return tlv(tag, Buffer.from(text, 'utf8'));
}

export const TRUE: Uint8Array = tlv(TAG.boolean, Uint8Array.of(0xff));
export const NULL: Uint8Array = tlv(TAG.null);

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) {
    return Uint8Array.of(length);
  }
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) {
    octets.unshift(left % 256);
  }
  return Uint8Array.of(0x80 | octets.length, ...octets);
}
