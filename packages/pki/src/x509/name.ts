/** Distinguished names: X.501 names in DER, RFC 4514 text. Attribute types of RFC 5280 §4.1.2.4, EN 319 412-1 §5.1.4. */
import { childrenOf, type Der, Fields, readOid } from '../asn1/reader.ts';
import { TAG } from '../asn1/tags.ts';
import { oid, sequence, setOf, utf8String } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';

export interface DistinguishedName {
  readonly commonName: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly country?: string;
  readonly serialNumber?: string;
  readonly organizationIdentifier?: string;
}

/** A name read from a certificate, with its RFC 4514 text, which holds every attribute. */
export interface ParsedName extends DistinguishedName {
  readonly text: string;
}

interface AttributeType {
  readonly field: keyof DistinguishedName;
  readonly oid: string;
  readonly label: string;
  readonly tag: number;
  readonly pattern: RegExp;
}

// EN 319 412-2 §4.2.4 lets names be longer than the 64 characters of RFC 5280: company names are.
const TEXT = /^[^\p{Cc}]{1,256}$/u;
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]{1,64}$/;

/** In the order in which they stand in a name: from the widest to the narrowest. */
const ATTRIBUTES: readonly AttributeType[] = [
  { field: 'country', oid: '2.5.4.6', label: 'C', tag: TAG.printableString, pattern: /^[A-Z]{2}$/ },
  { field: 'organization', oid: '2.5.4.10', label: 'O', tag: TAG.utf8String, pattern: TEXT },
  {
    field: 'organizationIdentifier',
    oid: '2.5.4.97',
    label: 'organizationIdentifier',
    tag: TAG.utf8String,
    pattern: TEXT,
  },
  { field: 'organizationalUnit', oid: '2.5.4.11', label: 'OU', tag: TAG.utf8String, pattern: TEXT },
  { field: 'serialNumber', oid: '2.5.4.5', label: 'serialNumber', tag: TAG.printableString, pattern: PRINTABLE },
  { field: 'commonName', oid: '2.5.4.3', label: 'CN', tag: TAG.utf8String, pattern: TEXT },
];

const TEXT_ENCODINGS: ReadonlyMap<number, string> = new Map([
  [TAG.utf8String, 'utf-8'],
  [TAG.printableString, 'utf-8'],
  [TAG.ia5String, 'utf-8'],
  [TAG.teletexString, 'latin1'],
  [TAG.bmpString, 'utf-16be'],
]);

export function encodeName(name: DistinguishedName): Uint8Array {
  const attributes = ATTRIBUTES.flatMap((type) => {
    const value = name[type.field];
    return value === undefined ? [] : [encodeAttribute(type, value)];
  });
  return sequence(...attributes);
}

export function readName(der: Der): ParsedName {
  if (der.tag !== TAG.sequence) {
    throw new PkiError('MALFORMED', 'Name: not a SEQUENCE');
  }
  const relativeNames = childrenOf(der).map(readRelativeName);
  const fields: Partial<DistinguishedName> = Object.fromEntries(
    relativeNames.flat().flatMap(({ type, value }) => (type ? [[type.field, value]] : [])),
  );
  const text = relativeNames
    .reverse()
    .map((attributes) => attributes.map((attribute) => attribute.text).join('+'))
    .join(',');
  // A foreign certificate may go without a common name.
  return { ...fields, commonName: fields.commonName ?? text, text };
}

interface NameAttribute {
  readonly type: AttributeType | undefined;
  /** RFC 4514 text of type and value. */
  readonly text: string;
  readonly value: string;
}

function encodeAttribute(type: AttributeType, value: string): Uint8Array {
  if (!type.pattern.test(value)) {
    throw new PkiError('INVALID_INPUT', `${type.field} cannot stand in a certificate`);
  }
  return setOf([sequence(oid(type.oid), utf8String(value, type.tag))]);
}

function readRelativeName(der: Der): NameAttribute[] {
  if (der.tag !== TAG.set || der.content.length === 0) {
    throw new PkiError('MALFORMED', 'RelativeDistinguishedName: not a SET, or empty');
  }
  return childrenOf(der).map((element) => {
    const fields = new Fields(element, 'AttributeTypeAndValue');
    const typeOid = readOid(fields.next(TAG.oid));
    const value = fields.any();
    fields.end();
    return nameAttribute(typeOid, value);
  });
}

/** RFC 4514 §2.4: what has no registered name or no text is written as the hex of its encoding. */
function nameAttribute(typeOid: string, der: Der): NameAttribute {
  const type = ATTRIBUTES.find((attribute) => attribute.oid === typeOid);
  const value = readText(der);
  if (!type || value === undefined) {
    const hex = `#${Buffer.from(der.bytes).toString('hex')}`;
    return { type, value: hex, text: `${type?.label ?? typeOid}=${hex}` };
  }
  return { type, value, text: `${type.label}=${escapeText(value)}` };
}

/** RFC 4514 §2.4. */
function escapeText(value: string): string {
  return value
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replaceAll('\0', '\\00');
}

/** Undefined for a type or bytes that are no text. */
function readText({ tag, content }: Der): string | undefined {
  const encoding = TEXT_ENCODINGS.get(tag);
  try {
    return encoding && new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
