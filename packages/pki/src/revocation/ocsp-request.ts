/** OCSPRequest. RFC 6960 §4.1, nonce of RFC 9654. */
import { createHash } from 'node:crypto';
import {
  childrenOf,
  type Der,
  decodeDer,
  Fields,
  onlyChild,
  readBitString,
  readOctetString,
  readUnsigned,
} from '../asn1/reader.ts';
import { contextTag, TAG } from '../asn1/tags.ts';
import { PkiError } from '../error.ts';
import { readIdentifier } from '../keys/algorithms.ts';
import { type Certificate, isSameBytes } from '../x509/certificate.ts';
import { EXTENSION, type Extension, readExtensions } from '../x509/extensions.ts';

const MAX_BYTES = 64 * 1024;
const MOST_CERTIFICATES = 100;
const LONGEST_NONCE = 128;

/** Most clients, openssl among them, still name the issuer by SHA-1; it identifies here and proves nothing. */
const ISSUER_HASHES: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
]);

export interface CertificateId {
  readonly der: Der;
  readonly serialNumber: Uint8Array;
  isIssuedBy(issuer: Certificate): boolean;
}

export interface OcspRequest {
  readonly certificateIds: readonly CertificateId[];
  /** The nonce's extension value, to be repeated as it is. */
  readonly nonce: Uint8Array | undefined;
}

export function decodeOcspRequest(bytes: Uint8Array): OcspRequest {
  const outer = new Fields(decodeDer(bytes, MAX_BYTES), 'OCSPRequest');
  const fields = new Fields(outer.next(TAG.sequence), 'TBSRequest');
  outer.optional(contextTag(0));
  outer.end();

  fields.optional(contextTag(0));
  fields.optional(contextTag(1));
  const requests = childrenOf(fields.next(TAG.sequence));
  const extensions = fields.optional(contextTag(2));
  fields.end();
  if (requests.length === 0 || requests.length > MOST_CERTIFICATES) {
    throw new PkiError('MALFORMED', `OCSPRequest: asks for ${requests.length} certificates`);
  }
  return {
    certificateIds: requests.map(readRequest),
    nonce: extensions && readNonce(readExtensions(onlyChild(extensions, 'requestExtensions'))),
  };
}

function readRequest(der: Der): CertificateId {
  const request = new Fields(der, 'Request');
  const id = request.next(TAG.sequence);
  request.optional(contextTag(0));
  request.end();

  const fields = new Fields(id, 'CertID');
  const hash = ISSUER_HASHES.get(readIdentifier(fields.next(TAG.sequence)).algorithm ?? '');
  const nameHash = readOctetString(fields.next(TAG.octetString));
  const keyHash = readOctetString(fields.next(TAG.octetString));
  const serialNumber = readUnsigned(fields.next(TAG.integer));
  fields.end();
  return {
    der: id,
    serialNumber,
    isIssuedBy: ({ subject, publicKey }) =>
      hash !== undefined &&
      isSameBytes(digest(hash, subject.bytes), nameHash) &&
      isSameBytes(digest(hash, keyBits(publicKey)), keyHash),
  };
}

function readNonce(extensions: ReadonlyMap<string, Extension>): Uint8Array | undefined {
  for (const [type, { isCritical, value }] of extensions) {
    if (type === EXTENSION.ocspNonce && value.length > 0 && value.length <= LONGEST_NONCE) {
      return value;
    }
    if (isCritical || type === EXTENSION.ocspNonce) {
      throw new PkiError('MALFORMED', `OCSPRequest: extension ${type}`);
    }
  }
  return undefined;
}

function digest(hash: string, bytes: Uint8Array): Uint8Array {
  return createHash(hash).update(bytes).digest();
}

function keyBits(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const [, bits] = childrenOf(decodeDer(subjectPublicKeyInfo));
  return bits ? readBitString(bits) : new Uint8Array();
}
