/** Decodes X.509 v3 certificates. RFC 5280 §4.1. */
import { createHash } from 'node:crypto';
import {
  type Der,
  decodeDer,
  Fields,
  onlyChild,
  readBitString,
  readSmallInteger,
  readTime,
  readUnsigned,
} from '../asn1/reader.ts';
import { contextTag, primitiveContextTag, TAG } from '../asn1/tags.ts';
import { PkiError } from '../error.ts';
import {
  type BasicConstraints,
  type Extensions,
  type KeyUsage,
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
} from './extensions.ts';
import { type ParsedName, readName } from './name.ts';

const MAX_BYTES = 64 * 1024;

/** A decoded certificate; names stay in DER, because that is how they are compared. */
export interface Certificate extends SignedStructure {
  readonly bytes: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly issuer: Der;
  readonly subject: Der;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: Uint8Array;
  readonly extensions: Extensions;
  readonly basicConstraints: BasicConstraints;
}

/** The common frame of certificates and CRLs: what is signed, how, and the signature. */
export interface SignedStructure {
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: Der;
  readonly signature: Uint8Array;
}

/** What a certificate says, in plain values. */
export interface CertificateInfo {
  readonly subject: ParsedName;
  readonly issuer: ParsedName;
  /** Lower-case hex without a sign octet. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  readonly keyUsage: readonly KeyUsage[];
  /** Object identifiers; empty when the certificate does not limit its purposes. */
  readonly extendedKeyUsage: readonly string[];
  readonly isCa: boolean;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
}

export function parseCertificate(der: Uint8Array): CertificateInfo {
  const certificate = decodeCertificate(der);
  return {
    subject: readName(certificate.subject),
    issuer: readName(certificate.issuer),
    serialNumber: toHex(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    publicKey: certificate.publicKey.slice(),
    keyUsage: readKeyUsage(certificate.extensions) ?? [],
    extendedKeyUsage: readExtendedKeyUsage(certificate.extensions) ?? [],
    isCa: certificate.basicConstraints.isCa,
    fingerprint: createHash('sha256').update(certificate.bytes).digest('hex'),
  };
}

export function decodeCertificate(der: Uint8Array): Certificate {
  const root = decodeDer(der, MAX_BYTES);
  const { body, ...frame } = readSignedStructure(root, 'Certificate');
  const tbs = new Fields(body, 'TBSCertificate');
  const version = tbs.optional(contextTag(0));
  const serialNumber = readUnsigned(tbs.next(TAG.integer));
  checkSameAlgorithm(tbs.next(TAG.sequence), frame);
  const issuer = tbs.next(TAG.sequence);
  const validity = new Fields(tbs.next(TAG.sequence), 'Validity');
  const subject = tbs.next(TAG.sequence);
  const publicKey = tbs.next(TAG.sequence).bytes;
  tbs.optional(primitiveContextTag(1));
  tbs.optional(primitiveContextTag(2));
  const extensionList = tbs.optional(contextTag(3));
  tbs.end();
  if (!version || readSmallInteger(onlyChild(version, 'Version')) !== 2) {
    throw new PkiError('MALFORMED', 'not an X.509 version 3 certificate');
  }
  const [notBefore, notAfter] = [readTime(validity.any()), readTime(validity.any())];
  validity.end();
  const extensions = extensionList ? readExtensions(onlyChild(extensionList, 'Extensions')) : new Map();
  const basicConstraints = readBasicConstraints(extensions);
  return {
    ...frame,
    bytes: root.bytes,
    serialNumber,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
    basicConstraints,
  };
}

export function readSignedStructure(der: Der, name: string): SignedStructure & { body: Der } {
  const fields = new Fields(der, name);
  const body = fields.next(TAG.sequence);
  const signatureAlgorithm = fields.next(TAG.sequence);
  const signature = readBitString(fields.next(TAG.bitString));
  fields.end();
  return { body, signed: body.bytes, signatureAlgorithm, signature };
}

/** RFC 5280 §4.1.1.2: the algorithm outside the signed part repeats the one inside, or it could be swapped. */
export function checkSameAlgorithm(inner: Der, { signatureAlgorithm }: SignedStructure): void {
  if (!isSameBytes(inner.bytes, signatureAlgorithm.bytes)) {
    throw new PkiError('MALFORMED', 'signature algorithms inside and outside differ');
  }
}

export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

export function toHex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
