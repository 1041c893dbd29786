/** Puts together what our own API refuses to make: signatures of an attacker who holds a key. */
import { childrenOf, decodeDer } from '../src/asn1/reader.ts';
import { contextTag } from '../src/asn1/tags.ts';
import { explicit, integer, octetString, oid, sequence, setOf, unsignedInteger } from '../src/asn1/writer.ts';
import { attribute, signedAttributes } from '../src/cms/attributes.ts';
import { decodeSignedData } from '../src/cms/signed-data-reader.ts';
import { contentInfo } from '../src/cms/signed-data-writer.ts';
import { SHA256_IDENTIFIER, SIGNATURE_IDENTIFIERS } from '../src/keys/algorithms.ts';
import { decodeCertificate } from '../src/x509/certificate.ts';
import type { Holder } from './authorities.ts';

const DATA = '1.2.840.113549.1.7.1';

export interface Forgery {
  readonly signer: Holder;
  readonly certificates: readonly Uint8Array[];
  /** Attributes in DER; default: the regular ones. */
  readonly attributes: readonly Uint8Array[];
  readonly unsigned?: readonly Uint8Array[];
  readonly content?: Uint8Array;
}

/** A signature that is mathematically right, over whatever attributes the forger likes. */
export async function forgeSignature(forgery: Forgery): Promise<Uint8Array> {
  const { signer, certificates, content, unsigned } = forgery;
  const certificate = decodeCertificate(signer.certificate);
  const set = setOf(forgery.attributes);
  const signature = await signer.key.sign(set);
  const tagged = set.slice();
  tagged[0] = contextTag(0);
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.bytes, unsignedInteger(certificate.serialNumber)),
    SHA256_IDENTIFIER,
    tagged,
    SIGNATURE_IDENTIFIERS[signer.key.scheme],
    octetString(signature),
    ...(unsigned ? [setOf(unsigned, contextTag(1))] : []),
  );
  return contentInfo(
    integer(1),
    setOf([SHA256_IDENTIFIER]),
    sequence(oid(DATA), ...(content ? [explicit(0, octetString(content))] : [])),
    setOf(certificates, contextTag(0)),
    setOf([signerInfo]),
  );
}

/** The attributes that a regular signature has. */
export function regularAttributes(digest: Uint8Array, certificate: Uint8Array): Uint8Array[] {
  const set = signedAttributes(DATA, digest, decodeCertificate(certificate));
  return childrenOf(decodeDer(set)).map(({ bytes }) => bytes);
}

export function unsignedTimestamp(token: Uint8Array): Uint8Array {
  return attribute('1.2.840.113549.1.9.16.2.14', token);
}

/** Replaces the certificates that travel in a signature and leaves the rest as it is. */
export function withCertificates(cms: Uint8Array, certificates: readonly Uint8Array[]): Uint8Array {
  const fields = childrenOf(decodeSignedData(cms).der);
  const replaced = fields.map(({ tag, bytes }) => (tag === contextTag(0) ? setOf(certificates, tag) : bytes));
  return contentInfo(...replaced);
}

/** Flips one bit of the first occurrence of `needle`, at its end. */
export function flipAt(bytes: Uint8Array, needle: Uint8Array): Uint8Array {
  const start = Buffer.from(bytes).indexOf(needle);
  if (start < 0) {
    throw new Error('the bytes to damage are not there');
  }
  return flipBit(bytes, start + needle.length - 1);
}

export function flipBit(bytes: Uint8Array, index: number, mask = 1): Uint8Array {
  const damaged = Uint8Array.from(bytes);
  damaged[index] = (damaged[index] ?? 0) ^ mask;
  return damaged;
}
