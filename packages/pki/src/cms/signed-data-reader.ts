/** Reads a SignedData with exactly one SignerInfo, as PAdES and RFC 3161 have it. RFC 5652 §5. */
import {
  childrenOf,
  type Der,
  decodeDer,
  Fields,
  onlyChild,
  readOctetString,
  readOid,
  readSmallInteger,
  readUnsigned,
} from '../asn1/reader.ts';
import { contextTag, primitiveContextTag, TAG } from '../asn1/tags.ts';
import { PkiError, tryDecode } from '../error.ts';
import { type Certificate, decodeCertificate, isSameBytes } from '../x509/certificate.ts';
import { readSubjectKeyIdentifier } from '../x509/extensions.ts';
import { type Attribute, readAttributes } from './attributes.ts';
import { CONTENT_TYPE } from './signed-data-writer.ts';

const MOST_CERTIFICATES = 32;

export interface SignedData {
  readonly der: Der;
  readonly version: number;
  readonly digestAlgorithms: readonly Der[];
  readonly contentType: string;
  readonly content: Uint8Array | undefined;
  readonly certificateSet: Der | undefined;
  readonly crlSet: Der | undefined;
  readonly certificates: readonly Certificate[];
  readonly signerInfo: SignerInfo;
}

export interface SignerInfo {
  readonly der: Der;
  readonly version: number;
  /** IssuerAndSerialNumber, or [0] with a subject key identifier. */
  readonly identifier: Der;
  readonly digestAlgorithm: Der;
  readonly signedAttributes: readonly Attribute[];
  /** The signed attributes as the SET OF that the signature is over (RFC 5652 §5.4). */
  readonly signedBytes: Uint8Array | undefined;
  readonly signatureAlgorithm: Der;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly Attribute[];
}

export function decodeSignedData(cms: Uint8Array): SignedData {
  const outer = new Fields(decodeDer(cms), 'ContentInfo');
  if (readOid(outer.next(TAG.oid)) !== CONTENT_TYPE.signedData) {
    throw new PkiError('MALFORMED', 'ContentInfo: not a SignedData');
  }
  const der = onlyChild(outer.next(contextTag(0)), 'ContentInfo');
  outer.end();

  const fields = new Fields(der, 'SignedData');
  const version = readSmallInteger(fields.next(TAG.integer));
  const digestAlgorithms = childrenOf(fields.next(TAG.set));
  const content = readContent(fields.next(TAG.sequence));
  const certificateSet = fields.optional(contextTag(0));
  const crlSet = fields.optional(contextTag(1));
  const signerInfo = readSignerInfo(onlyChild(fields.next(TAG.set), 'SignerInfos'));
  fields.end();
  const certificates = readCertificates(certificateSet);
  return { der, version, digestAlgorithms, ...content, certificateSet, crlSet, certificates, signerInfo };
}

/** The certificate that the SignerInfo names. */
export function signerCertificate({ certificates, signerInfo }: SignedData): Certificate {
  const matches = identifierMatcher(signerInfo.identifier);
  const found = certificates.find(matches);
  if (!found) {
    throw new PkiError('CERTIFICATE_MISSING', 'the certificate of the signer is not in the signature');
  }
  return found;
}

function readContent(der: Der): { contentType: string; content: Uint8Array | undefined } {
  const fields = new Fields(der, 'EncapsulatedContentInfo');
  const contentType = readOid(fields.next(TAG.oid));
  const content = fields.optional(contextTag(0));
  fields.end();
  return { contentType, content: content && readOctetString(onlyChild(content, 'eContent')) };
}

function readSignerInfo(der: Der): SignerInfo {
  const fields = new Fields(der, 'SignerInfo');
  const version = readSmallInteger(fields.next(TAG.integer));
  const identifier = fields.any();
  const digestAlgorithm = fields.next(TAG.sequence);
  const signed = fields.optional(contextTag(0));
  const signatureAlgorithm = fields.next(TAG.sequence);
  const signature = readOctetString(fields.next(TAG.octetString));
  const unsigned = fields.optional(contextTag(1));
  fields.end();
  return {
    der,
    version,
    identifier,
    digestAlgorithm,
    signedAttributes: signed ? readAttributes(signed) : [],
    signedBytes: signed && asSetOf(signed),
    signatureAlgorithm,
    signature,
    unsignedAttributes: unsigned ? readAttributes(unsigned) : [],
  };
}

function asSetOf(der: Der): Uint8Array {
  const set = der.bytes.slice();
  set[0] = TAG.set;
  return set;
}

/**
 * CertificateSet may also hold attribute certificates under context tags, and old roots of version 1: what does not
 * decode as a certificate is as good as not there.
 */
function readCertificates(set: Der | undefined): Certificate[] {
  const elements = set ? childrenOf(set).filter(({ tag }) => tag === TAG.sequence) : [];
  if (elements.length > MOST_CERTIFICATES) {
    throw new PkiError('TOO_LARGE', `more than ${MOST_CERTIFICATES} certificates`);
  }
  return elements.flatMap(({ bytes }) => tryDecode(() => decodeCertificate(bytes)) ?? []);
}

function identifierMatcher(identifier: Der): (certificate: Certificate) => boolean {
  if (identifier.tag === primitiveContextTag(0)) {
    return ({ extensions }) => {
      const own = readSubjectKeyIdentifier(extensions);
      return own !== undefined && isSameBytes(own, identifier.content);
    };
  }
  const fields = new Fields(identifier, 'IssuerAndSerialNumber');
  const issuer = fields.next(TAG.sequence);
  const serialNumber = readUnsigned(fields.next(TAG.integer));
  fields.end();
  return (certificate) =>
    isSameBytes(certificate.issuer.bytes, issuer.bytes) && isSameBytes(certificate.serialNumber, serialNumber);
}
