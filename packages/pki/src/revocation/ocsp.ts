/** Answers OCSP requests. RFC 6960 §4.2. */
import { contextTag, primitiveContextTag } from '../asn1/tags.ts';
import { generalizedTime } from '../asn1/time.ts';
import { bitString, enumerated, explicit, octetString, oid, sequence, tlv } from '../asn1/writer.ts';
import { tryDecode } from '../error.ts';
import { SIGNATURE_IDENTIFIERS } from '../keys/algorithms.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { type Certificate, decodeCertificate, toHex } from '../x509/certificate.ts';
import { EXTENSION, extension } from '../x509/extensions.ts';
import { checkKeyMatches } from '../x509/issue.ts';
import { type CertificateId, decodeOcspRequest } from './ocsp-request.ts';
import { REASONS, type RevocationReason } from './reason.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const STATUS = { successful: 0, malformedRequest: 1 } as const;

export type CertificateStatus = 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: RevocationReason };

export interface OcspResponder {
  /** The responder's certificate, issued by `issuer` (or `issuer` itself). */
  readonly responder: Uint8Array;
  readonly key: SigningKey;
  /** The authority whose certificates are asked about; those of others are `unknown`. */
  readonly issuer: Uint8Array;
  /** Called with the serial number as `parseCertificate` gives it. */
  statusOf(serialNumber: string): CertificateStatus | Promise<CertificateStatus>;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/** Answers any bytes: what is no request gets the status malformedRequest, never an exception. */
export async function respondToOcspRequest(request: Uint8Array, responder: OcspResponder): Promise<Uint8Array> {
  const decoded = tryDecode(() => decodeOcspRequest(request));
  if (!decoded) {
    return sequence(enumerated(STATUS.malformedRequest));
  }
  const certificate = decodeCertificate(responder.responder);
  checkKeyMatches(certificate.publicKey, responder.key);
  const issuer = decodeCertificate(responder.issuer);
  const answers = await Promise.all(decoded.certificateIds.map((id) => singleResponse(id, issuer, responder)));

  const data = responseData(certificate, answers, decoded.nonce, responder.thisUpdate);
  const basic = sequence(
    data,
    SIGNATURE_IDENTIFIERS[responder.key.scheme],
    bitString(await responder.key.sign(data)),
    explicit(0, sequence(certificate.bytes)),
  );
  const responseBytes = sequence(oid(BASIC_RESPONSE), octetString(basic));
  return sequence(enumerated(STATUS.successful), explicit(0, responseBytes));
}

function responseData(
  responder: Certificate,
  answers: readonly Uint8Array[],
  nonce: Uint8Array | undefined,
  producedAt: Date,
): Uint8Array {
  return sequence(
    explicit(1, responder.subject.bytes),
    generalizedTime(producedAt),
    sequence(...answers),
    ...(nonce ? [explicit(1, sequence(extension(EXTENSION.ocspNonce, nonce)))] : []),
  );
}

async function singleResponse(id: CertificateId, issuer: Certificate, responder: OcspResponder): Promise<Uint8Array> {
  const status = id.isIssuedBy(issuer) ? await responder.statusOf(toHex(id.serialNumber)) : 'unknown';
  return sequence(
    id.der.bytes,
    encodeStatus(status),
    generalizedTime(responder.thisUpdate),
    explicit(0, generalizedTime(responder.nextUpdate)),
  );
}

function encodeStatus(status: CertificateStatus): Uint8Array {
  if (typeof status === 'string') {
    return tlv(primitiveContextTag(status === 'good' ? 0 : 2));
  }
  const { revokedAt, reason = 'unspecified' } = status;
  return tlv(
    contextTag(1),
    generalizedTime(revokedAt),
    ...(reason === 'unspecified' ? [] : [explicit(0, enumerated(REASONS[reason]))]),
  );
}
