/** Reads DER field by field; every door from outside goes through `decodeDer`, which bounds the bytes first. */
import { PkiError } from '../error.ts';
import { decodeOidContent } from './oid.ts';
import { checkStructure, readHeader } from './structure.ts';
import { TAG } from './tags.ts';
import { decodeTime } from './time.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024;
const LONGEST_INTEGER = 64;

/** One element: its whole encoding and its content octets, both views of the input. */
export interface Der {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

export function decodeDer(bytes: Uint8Array, maxBytes = DEFAULT_MAX_BYTES): Der {
  // A Buffer's slice() shares memory where Uint8Array's copies: everything below works on the plain type.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkStructure(plain, maxBytes);
  return elementAt(plain, 0);
}

/** The elements inside a constructed one. */
export function childrenOf(der: Der): Der[] {
  const children: Der[] = [];
  for (let offset = 0; offset < der.content.length; ) {
    const child = elementAt(der.content, offset);
    children.push(child);
    offset += child.bytes.length;
  }
  return children;
}

/** Walks the fields of a SEQUENCE in their order; a field left over is an error. */
export class Fields {
  private readonly content: Uint8Array;
  private readonly name: string;
  private offset = 0;

  constructor(der: Der, name: string, tag: number = TAG.sequence) {
    if (der.tag !== tag) {
      throw new PkiError('MALFORMED', `${name}: unexpected tag ${der.tag}`);
    }
    this.content = der.content;
    this.name = name;
  }

  any(): Der {
    if (this.offset >= this.content.length) {
      throw new PkiError('MALFORMED', `${this.name}: a field is missing`);
    }
    const der = elementAt(this.content, this.offset);
    this.offset += der.bytes.length;
    return der;
  }

  next(tag: number): Der {
    const der = this.any();
    if (der.tag !== tag) {
      throw new PkiError('MALFORMED', `${this.name}: tag ${der.tag} where ${tag} is due`);
    }
    return der;
  }

  optional(tag: number): Der | undefined {
    return this.content[this.offset] === tag ? this.any() : undefined;
  }

  isAtEnd(): boolean {
    return this.offset === this.content.length;
  }

  /** No field may follow. */
  end(): void {
    if (!this.isAtEnd()) {
      throw new PkiError('MALFORMED', `${this.name}: unexpected fields follow`);
    }
  }
}

/** The one element inside an EXPLICIT tag. */
export function onlyChild(der: Der, name: string): Der {
  const [child, ...rest] = childrenOf(der);
  if (!child || rest.length > 0) {
    throw new PkiError('MALFORMED', `${name}: exactly one element is due`);
  }
  return child;
}

export function readOid(der: Der): string {
  expectTag(der, TAG.oid);
  return decodeOidContent(der.content);
}

/** Octets of an INTEGER that is not negative, without the sign octet. */
export function readUnsigned(der: Der, tag: number = TAG.integer): Uint8Array {
  expectTag(der, tag);
  const [first, second = 0] = der.content;
  if (first === undefined || der.content.length > LONGEST_INTEGER) {
    throw new PkiError('MALFORMED', 'integer is empty or too long');
  }
  if (first & 0x80 || (first === 0 && der.content.length > 1 && !(second & 0x80))) {
    throw new PkiError('MALFORMED', 'integer is negative or padded');
  }
  return first === 0 && der.content.length > 1 ? der.content.subarray(1) : der.content;
}

export function readSmallInteger(der: Der, tag: number = TAG.integer): number {
  const octets = readUnsigned(der, tag);
  if (octets.length > 6) {
    throw new PkiError('MALFORMED', 'integer is larger than any value due here');
  }
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export function readBoolean(der: Der): boolean {
  expectTag(der, TAG.boolean);
  const [value] = der.content;
  if (der.content.length !== 1 || (value !== 0 && value !== 0xff)) {
    throw new PkiError('MALFORMED', 'boolean is neither 00 nor FF');
  }
  return value === 0xff;
}

/** Content of a BIT STRING that fills whole octets: keys and signatures. */
export function readBitString(der: Der): Uint8Array {
  expectTag(der, TAG.bitString);
  if (der.content[0] !== 0) {
    throw new PkiError('MALFORMED', 'bit string does not fill its octets');
  }
  return der.content.subarray(1);
}

/** Positions of the set bits of a BIT STRING of named flags. */
export function readNamedBits(der: Der): number[] {
  expectTag(der, TAG.bitString);
  const [unused = 8, ...octets] = der.content;
  if (unused > 7 || octets.length > 4) {
    throw new PkiError('MALFORMED', 'flags are not a bit string');
  }
  return octets.flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
}

export function readOctetString(der: Der): Uint8Array {
  expectTag(der, TAG.octetString);
  return der.content;
}

export function readTime(der: Der): Date {
  return decodeTime(der.tag, der.content);
}

function elementAt(bytes: Uint8Array, offset: number): Der {
  const { tag, contentStart, end } = readHeader(bytes, offset, bytes.length);
  return { tag, bytes: bytes.subarray(offset, end), content: bytes.subarray(contentStart, end) };
}

function expectTag(der: Der, tag: number): void {
  if (der.tag !== tag) {
    throw new PkiError('MALFORMED', `tag ${der.tag} where ${tag} is due`);
  }
}
