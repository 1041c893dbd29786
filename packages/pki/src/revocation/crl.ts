/** Issues complete v2 CRLs. RFC 5280 §5. */
import { TAG } from '../asn1/tags.ts';
import { time } from '../asn1/time.ts';
import { enumerated, explicit, integer, sequence, tlvOf, unsignedInteger } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { SIGNATURE_IDENTIFIERS } from '../keys/algorithms.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { decodeCertificate } from '../x509/certificate.ts';
import { EXTENSION, extension, keyIdentifier, readSubjectKeyIdentifier } from '../x509/extensions.ts';
import { checkKeyMatches, signStructure } from '../x509/issue.ts';
import { authorityKeyIdentifier } from '../x509/profile.ts';
import { REASONS, type RevocationReason } from './reason.ts';

export interface RevokedCertificate {
  /** Hex, as `parseCertificate` gives it. */
  readonly serialNumber: string;
  readonly at: Date;
  readonly reason?: RevocationReason;
}

export interface CrlInput {
  /** The certificate of the authority. */
  readonly issuer: Uint8Array;
  readonly key: SigningKey;
  /** Grows with every list. */
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly RevokedCertificate[];
}

export async function createCrl(input: CrlInput): Promise<Uint8Array> {
  const issuer = decodeCertificate(input.issuer);
  checkKeyMatches(issuer.publicKey, input.key);
  if (input.thisUpdate >= input.nextUpdate) {
    throw new PkiError('INVALID_INPUT', 'the next update comes after this one');
  }
  const authority = readSubjectKeyIdentifier(issuer.extensions) ?? keyIdentifier(issuer.publicKey);
  const body = sequence(
    integer(1),
    SIGNATURE_IDENTIFIERS[input.key.scheme],
    issuer.subject.bytes,
    time(input.thisUpdate),
    time(input.nextUpdate),
    // RFC 5280 §5.1.2.6: absent when nothing is revoked.
    ...(input.revoked.length > 0 ? [tlvOf(TAG.sequence, input.revoked.map(revokedEntry))] : []),
    explicit(0, sequence(authorityKeyIdentifier(authority), extension(EXTENSION.crlNumber, integer(input.number)))),
  );
  return signStructure(body, input.key);
}

export function serialNumberOctets(hex: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2}){1,64}$/.test(hex)) {
    throw new PkiError('INVALID_INPUT', `not a serial number in hex: ${hex}`);
  }
  return Buffer.from(hex, 'hex');
}

function revokedEntry({ serialNumber, at, reason = 'unspecified' }: RevokedCertificate): Uint8Array {
  return sequence(
    unsignedInteger(serialNumberOctets(serialNumber)),
    time(at),
    // RFC 5280 §5.3.1: unspecified is said by saying nothing.
    ...(reason === 'unspecified' ? [] : [sequence(extension(EXTENSION.reasonCode, enumerated(REASONS[reason])))]),
  );
}
