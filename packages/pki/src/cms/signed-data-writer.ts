/** Writes a SignedData with one SignerInfo. RFC 5652 §5. */
import { contextTag } from '../asn1/tags.ts';
import { explicit, integer, octetString, oid, sequence, setOf, unsignedInteger } from '../asn1/writer.ts';
import { SHA256_IDENTIFIER, SIGNATURE_IDENTIFIERS } from '../keys/algorithms.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { decodeCertificate } from '../x509/certificate.ts';
import { checkKeyMatches } from '../x509/issue.ts';
import { signedAttributes } from './attributes.ts';

export const CONTENT_TYPE = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

export interface SignedDataInput {
  readonly contentType: string;
  /** SHA-256 of the content. */
  readonly digest: Uint8Array;
  /** Absent in a detached signature. */
  readonly content?: Uint8Array;
  readonly certificate: Uint8Array;
  /** Certificates that travel along. */
  readonly certificates: readonly Uint8Array[];
  readonly key: SigningKey;
}

export async function createSignedData(input: SignedDataInput): Promise<Uint8Array> {
  const certificate = decodeCertificate(input.certificate);
  checkKeyMatches(certificate.publicKey, input.key);
  const attributes = signedAttributes(input.contentType, input.digest, certificate);
  const signature = await input.key.sign(attributes);

  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.bytes, unsignedInteger(certificate.serialNumber)),
    SHA256_IDENTIFIER,
    implicitSet(attributes),
    SIGNATURE_IDENTIFIERS[input.key.scheme],
    octetString(signature),
  );
  return contentInfo(
    // RFC 5652 §5.1: version 3 as soon as the content is anything but plain data.
    integer(input.contentType === CONTENT_TYPE.data ? 1 : 3),
    setOf([SHA256_IDENTIFIER]),
    sequence(oid(input.contentType), ...(input.content ? [explicit(0, octetString(input.content))] : [])),
    ...(input.certificates.length > 0 ? [setOf(input.certificates, contextTag(0))] : []),
    setOf([signerInfo]),
  );
}

export function contentInfo(...signedDataFields: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(CONTENT_TYPE.signedData), explicit(0, sequence(...signedDataFields)));
}

/** signedAttrs travel under [0] IMPLICIT but are signed as a SET OF (RFC 5652 §5.4). */
function implicitSet(set: Uint8Array): Uint8Array {
  const tagged = set.slice();
  tagged[0] = contextTag(0);
  return tagged;
}
