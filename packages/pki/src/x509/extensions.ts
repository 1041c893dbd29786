/** X.509 extensions as this project writes and reads them. RFC 5280 §4.2. */
import { createHash } from 'node:crypto';
import {
  childrenOf,
  type Der,
  decodeDer,
  Fields,
  readBoolean,
  readNamedBits,
  readOctetString,
  readOid,
  readSmallInteger,
} from '../asn1/reader.ts';
import { primitiveContextTag, TAG } from '../asn1/tags.ts';
import { integer, namedBits, octetString, oid, sequence, TRUE } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
} as const;

export const PURPOSE = {
  anyPurpose: '2.5.29.37.0',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  documentSigning: '1.3.6.1.5.5.7.3.36',
  microsoftDocumentSigning: '1.3.6.1.4.1.311.10.3.12',
  adobeAuthenticDocuments: '1.2.840.113583.1.1.5',
} as const;

/** In the order of their bits. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'crlSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

export interface Extension {
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

export type Extensions = ReadonlyMap<string, Extension>;

const MOST_EXTENSIONS = 64;

export function extension(type: string, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(oid(type), ...(isCritical ? [TRUE] : []), octetString(value));
}

export function keyUsageExtension(usages: readonly KeyUsage[]): Uint8Array {
  return extension(EXTENSION.keyUsage, namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage))), true);
}

export function authorityConstraints(pathLength?: number): Uint8Array {
  const constraints = sequence(TRUE, ...(pathLength === undefined ? [] : [integer(pathLength)]));
  return extension(EXTENSION.basicConstraints, constraints, true);
}

/** Leftmost 160 bits of SHA-256 of the key bits (RFC 7093 §2, method 1): the customary SHA-1 has no place here. */
export function keyIdentifier(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const fields = new Fields(decodeDer(subjectPublicKeyInfo), 'SubjectPublicKeyInfo');
  fields.next(TAG.sequence);
  const bits = fields.next(TAG.bitString).content.subarray(1);
  return Uint8Array.from(createHash('sha256').update(bits).digest().subarray(0, 20));
}

export function readExtensions(der: Der): Extensions {
  const extensions = new Map<string, Extension>();
  if (der.tag !== TAG.sequence) {
    throw new PkiError('MALFORMED', 'Extensions: not a SEQUENCE');
  }
  for (const element of childrenOf(der)) {
    const fields = new Fields(element, 'Extension');
    const type = readOid(fields.next(TAG.oid));
    const critical = fields.optional(TAG.boolean);
    const value = readOctetString(fields.any());
    fields.end();
    if (extensions.has(type) || extensions.size === MOST_EXTENSIONS) {
      throw new PkiError('MALFORMED', `extension ${type} stands twice, or there are too many`);
    }
    extensions.set(type, { isCritical: critical !== undefined && readBoolean(critical), value });
  }
  return extensions;
}

export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength?: number;
}

export function readBasicConstraints(extensions: Extensions): BasicConstraints {
  const found = extensions.get(EXTENSION.basicConstraints);
  if (!found) {
    return { isCa: false };
  }
  const fields = new Fields(decodeDer(found.value), 'BasicConstraints');
  const ca = fields.optional(TAG.boolean);
  const pathLength = fields.optional(TAG.integer);
  fields.end();
  return {
    isCa: ca !== undefined && readBoolean(ca),
    ...(pathLength ? { pathLength: readSmallInteger(pathLength) } : {}),
  };
}

/** The uses the key is limited to; undefined when the certificate does not limit it. */
export function readKeyUsage(extensions: Extensions): KeyUsage[] | undefined {
  const found = extensions.get(EXTENSION.keyUsage);
  if (!found) {
    return undefined;
  }
  const positions = readNamedBits(decodeDer(found.value));
  return KEY_USAGES.filter((_, position) => positions.includes(position));
}

/** Purposes as object identifiers; undefined when the certificate does not limit them. */
export function readExtendedKeyUsage(extensions: Extensions): string[] | undefined {
  const found = extensions.get(EXTENSION.extendedKeyUsage);
  return found ? childrenOf(decodeDer(found.value)).map(readOid) : undefined;
}

export function readSubjectKeyIdentifier(extensions: Extensions): Uint8Array | undefined {
  const found = extensions.get(EXTENSION.subjectKeyIdentifier);
  return found ? readOctetString(decodeDer(found.value)) : undefined;
}

export function readAuthorityKeyIdentifier(extensions: Extensions): Uint8Array | undefined {
  const found = extensions.get(EXTENSION.authorityKeyIdentifier);
  return found
    ? new Fields(decodeDer(found.value), 'AuthorityKeyIdentifier').optional(primitiveContextTag(0))?.content
    : undefined;
}
