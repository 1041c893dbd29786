/** Attributes of a SignerInfo. RFC 5652 §11, RFC 5035 §3 (signing-certificate-v2), RFC 3161 appendix A. */
import { createHash } from 'node:crypto';
import { childrenOf, type Der, Fields, readOctetString, readOid } from '../asn1/reader.ts';
import { TAG } from '../asn1/tags.ts';
import { explicit, octetString, oid, sequence, setOf, unsignedInteger } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { HASH_BYTES, type HashName, readHash } from '../keys/algorithms.ts';
import { type Certificate, isSameBytes } from '../x509/certificate.ts';

export const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
} as const;

export interface Attribute {
  readonly type: string;
  readonly values: readonly Der[];
}

const MOST_ATTRIBUTES = 64;

/**
 * The signed attributes of PAdES (EN 319 142-1 §6.3) as the SET OF that is signed. No signing-time: the time of a PAdES
 * signature stands in the PDF and in the timestamp.
 */
export function signedAttributes(contentType: string, digest: Uint8Array, certificate: Certificate): Uint8Array {
  return setOf([
    attribute(ATTRIBUTE.contentType, oid(contentType)),
    attribute(ATTRIBUTE.messageDigest, octetString(digest)),
    attribute(ATTRIBUTE.signingCertificateV2, signingCertificate(certificate)),
  ]);
}

export function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf([value]));
}

/** Reads the attributes inside a SET OF or its IMPLICIT tag. */
export function readAttributes(der: Der): Attribute[] {
  const attributes = childrenOf(der).map((element) => {
    const fields = new Fields(element, 'Attribute');
    const type = readOid(fields.next(TAG.oid));
    const values = childrenOf(fields.next(TAG.set));
    fields.end();
    return { type, values };
  });
  if (attributes.length > MOST_ATTRIBUTES) {
    throw new PkiError('TOO_LARGE', 'too many attributes');
  }
  return attributes;
}

/** Whether the first ESSCertIDv2 names this certificate. */
export function namesCertificate(der: Der, certificate: Certificate): boolean {
  const [identifiers] = childrenOf(der);
  const [first] = identifiers ? childrenOf(identifiers) : [];
  if (!first) {
    return false;
  }
  const fields = new Fields(first, 'ESSCertIDv2');
  const algorithm = fields.optional(TAG.sequence);
  const hash: HashName | undefined = algorithm ? readHash(algorithm) : 'sha256';
  const expected = readOctetString(fields.any());
  const issuerSerial = fields.optional(TAG.sequence);
  fields.end();
  if (hash === undefined || expected.length !== HASH_BYTES[hash]) {
    return false;
  }
  const isSameIssuer = !issuerSerial || isSameBytes(issuerSerial.bytes, issuerAndSerialOf(certificate));
  return isSameIssuer && isSameBytes(createHash(hash).update(certificate.bytes).digest(), expected);
}

/** The default hash, SHA-256, is left out in DER (RFC 5035 §4). */
function signingCertificate(certificate: Certificate): Uint8Array {
  const hash = createHash('sha256').update(certificate.bytes).digest();
  return sequence(sequence(sequence(octetString(hash), issuerAndSerialOf(certificate))));
}

function issuerAndSerialOf(certificate: Certificate): Uint8Array {
  return sequence(sequence(explicit(4, certificate.issuer.bytes)), unsignedInteger(certificate.serialNumber));
}
