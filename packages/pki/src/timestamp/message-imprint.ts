/** MessageImprint: a hash algorithm and a digest. RFC 3161 §2.4.1. */
import { type Der, Fields, readOctetString } from '../asn1/reader.ts';
import { TAG } from '../asn1/tags.ts';
import { octetString, sequence } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { HASH_BYTES, type HashName, readHash, SHA256_IDENTIFIER } from '../keys/algorithms.ts';

export interface MessageImprint {
  readonly der: Der;
  /** Undefined when the algorithm is not accepted here, or the digest does not have its length. */
  readonly hash: HashName | undefined;
  readonly digest: Uint8Array;
}

export function sha256Imprint(digest: Uint8Array): Uint8Array {
  if (digest.length !== HASH_BYTES.sha256) {
    throw new PkiError('INVALID_INPUT', 'digest: 32 octets of SHA-256 are due');
  }
  return sequence(SHA256_IDENTIFIER, octetString(digest));
}

export function readImprint(der: Der): MessageImprint {
  const fields = new Fields(der, 'MessageImprint');
  const hash = readHash(fields.next(TAG.sequence));
  const digest = readOctetString(fields.next(TAG.octetString));
  fields.end();
  const isFit = hash !== undefined && digest.length === HASH_BYTES[hash];
  return { der, hash: isFit ? hash : undefined, digest };
}
