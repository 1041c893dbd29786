/** Issues certificates. RFC 5280 §4.1. */
import { decodeDer } from '../asn1/reader.ts';
import { time } from '../asn1/time.ts';
import { bitString, explicit, integer, sequence, unsignedInteger } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { SIGNATURE_IDENTIFIERS } from '../keys/algorithms.ts';
import { readPublicKey } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { type Certificate, decodeCertificate, isSameBytes } from './certificate.ts';
import { keyIdentifier, readSubjectKeyIdentifier } from './extensions.ts';
import { type DistinguishedName, encodeName } from './name.ts';
import {
  type CertificatePointers,
  type CertificateProfile,
  keyIdentifierExtensions,
  pointerExtensions,
  profileExtensions,
} from './profile.ts';

export interface CertificateRequest extends CertificatePointers {
  readonly profile: CertificateProfile;
  readonly subject: DistinguishedName;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  /** Absent for a root, which signs itself. */
  readonly issuer?: { readonly certificate: Uint8Array };
  readonly issuerKey: SigningKey;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export async function issueCertificate(request: CertificateRequest): Promise<Uint8Array> {
  const issuer = request.issuer ? decodeCertificate(request.issuer.certificate) : undefined;
  checkRequest(request, issuer);

  const subject = encodeName(request.subject);
  const authority = issuer
    ? (readSubjectKeyIdentifier(issuer.extensions) ?? keyIdentifier(issuer.publicKey))
    : undefined;
  const body = sequence(
    explicit(0, integer(2)),
    unsignedInteger(request.serialNumber),
    SIGNATURE_IDENTIFIERS[request.issuerKey.scheme],
    issuer ? issuer.subject.bytes : subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    decodeDer(request.publicKey).bytes,
    explicit(
      3,
      sequence(
        ...profileExtensions(request.profile),
        ...keyIdentifierExtensions(keyIdentifier(request.publicKey), authority),
        ...pointerExtensions(request),
      ),
    ),
  );
  return signStructure(body, request.issuerKey);
}

/** Puts algorithm and signature behind what is signed: the frame of certificates and CRLs. */
export async function signStructure(body: Uint8Array, key: SigningKey): Promise<Uint8Array> {
  return sequence(body, SIGNATURE_IDENTIFIERS[key.scheme], bitString(await key.sign(body)));
}

/** A key beside the wrong certificate would sign what no one can verify. */
export function checkKeyMatches(publicKey: Uint8Array, key: SigningKey): void {
  if (!isSameBytes(publicKey, key.publicKey)) {
    throw new PkiError('KEY_MISMATCH', 'the signing key does not belong to the certificate');
  }
}

function checkRequest(request: CertificateRequest, issuer: Certificate | undefined): void {
  const { serialNumber, notBefore, notAfter, profile, publicKey } = request;
  if (
    serialNumber.length > 20 ||
    ((serialNumber[0] ?? 0x80) & 0x80) !== 0 ||
    serialNumber.every((octet) => octet === 0)
  ) {
    throw new PkiError('INVALID_INPUT', 'a serial number is a positive integer of at most 20 octets');
  }
  const { weakness } = readPublicKey(publicKey);
  if (weakness) {
    throw new PkiError('UNSUPPORTED', weakness);
  }
  if (notBefore >= notAfter) {
    throw new PkiError('INVALID_INPUT', 'a certificate ends after it begins');
  }
  if ((profile === 'root') !== (issuer === undefined)) {
    throw new PkiError('INVALID_INPUT', 'a root has no issuer, every other certificate has one');
  }
  if (issuer && !issuer.basicConstraints.isCa) {
    throw new PkiError('INVALID_INPUT', 'the issuer is no certificate authority');
  }
  checkKeyMatches(issuer?.publicKey ?? request.publicKey, request.issuerKey);
}
