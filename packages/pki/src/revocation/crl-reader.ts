/** Decodes complete v2 CRLs. RFC 5280 §5. */
import {
  childrenOf,
  type Der,
  decodeDer,
  Fields,
  onlyChild,
  readSmallInteger,
  readTime,
  readUnsigned,
} from '../asn1/reader.ts';
import { contextTag, TAG } from '../asn1/tags.ts';
import { PkiError } from '../error.ts';
import { checkSameAlgorithm, isSameBytes, readSignedStructure, type SignedStructure } from '../x509/certificate.ts';
import { EXTENSION, type Extensions, readExtensions } from '../x509/extensions.ts';

// About 800,000 entries.
const MAX_BYTES = 32 * 1024 * 1024;

export interface Crl extends SignedStructure {
  readonly issuer: Der;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: Extensions;
  readonly entries: Der | undefined;
}

export function decodeCrl(der: Uint8Array): Crl {
  const { body, ...frame } = readSignedStructure(decodeDer(der, MAX_BYTES), 'CertificateList');
  const fields = new Fields(body, 'TBSCertList');
  if (readSmallInteger(fields.next(TAG.integer)) !== 1) {
    throw new PkiError('MALFORMED', 'not a version 2 CRL');
  }
  checkSameAlgorithm(fields.next(TAG.sequence), frame);
  const issuer = fields.next(TAG.sequence);
  const thisUpdate = readTime(fields.any());
  const nextUpdate = fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime);
  const entries = fields.optional(TAG.sequence);
  const extensions = fields.optional(contextTag(0));
  fields.end();
  return {
    ...frame,
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate && readTime(nextUpdate),
    extensions: extensions ? readExtensions(onlyChild(extensions, 'crlExtensions')) : new Map(),
    entries,
  };
}

/** Since when the certificate with this serial number is revoked, according to the list. */
export function revocationTime({ entries }: Crl, serialNumber: Uint8Array): Date | undefined {
  for (const entry of entries ? childrenOf(entries) : []) {
    const fields = new Fields(entry, 'revokedCertificate');
    if (isSameBytes(readUnsigned(fields.next(TAG.integer)), serialNumber)) {
      return readTime(fields.any());
    }
  }
  return undefined;
}

/** A delta or partial CRL, or one with a restriction unknown here, cannot prove that a certificate is good. */
export function isComplete({ extensions }: Crl): boolean {
  return [...extensions].every(
    ([type, { isCritical }]) =>
      !isCritical || type === EXTENSION.crlNumber || type === EXTENSION.authorityKeyIdentifier,
  );
}
