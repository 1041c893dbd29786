/** TimeStampReq. RFC 3161 §2.4.1. */
import { childrenOf, decodeDer, Fields, readBoolean, readOid, readSmallInteger } from '../asn1/reader.ts';
import { contextTag, TAG } from '../asn1/tags.ts';
import { integer, sequence, TRUE, unsignedInteger } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { type MessageImprint, readImprint, sha256Imprint } from './message-imprint.ts';

const MAX_BYTES = 16 * 1024;
const LONGEST_NONCE = 64;

export interface TimestampRequestInput {
  /** SHA-256 of what is to be timestamped. */
  readonly digest: Uint8Array;
  /** Random octets that the answer repeats, so that an old answer cannot be played back. */
  readonly nonce?: Uint8Array;
  /** Whether the certificate of the authority shall come with the token; default true. */
  readonly certReq?: boolean;
}

export interface TimestampRequest {
  readonly imprint: MessageImprint;
  readonly policy: string | undefined;
  /** The INTEGER in DER, to be repeated as it is: some clients send negative ones. */
  readonly nonce: Uint8Array | undefined;
  readonly certReq: boolean;
  readonly hasExtensions: boolean;
}

export function createTimestampRequest({ digest, nonce, certReq = true }: TimestampRequestInput): Uint8Array {
  return sequence(
    integer(1),
    sha256Imprint(digest),
    ...(nonce ? [unsignedInteger(nonce)] : []),
    ...(certReq ? [TRUE] : []),
  );
}

export function decodeTimestampRequest(bytes: Uint8Array): TimestampRequest {
  const fields = new Fields(decodeDer(bytes, MAX_BYTES), 'TimeStampReq');
  if (readSmallInteger(fields.next(TAG.integer)) !== 1) {
    throw new PkiError('MALFORMED', 'TimeStampReq: not version 1');
  }
  const imprint = readImprint(fields.next(TAG.sequence));
  const policy = fields.optional(TAG.oid);
  const nonce = fields.optional(TAG.integer);
  const certReq = fields.optional(TAG.boolean);
  const extensions = fields.optional(contextTag(0));
  fields.end();
  if (nonce && (nonce.content.length === 0 || nonce.content.length > LONGEST_NONCE)) {
    throw new PkiError('MALFORMED', 'TimeStampReq: nonce is empty or too long');
  }
  return {
    imprint,
    policy: policy && readOid(policy),
    nonce: nonce?.bytes,
    certReq: certReq !== undefined && readBoolean(certReq),
    hasExtensions: extensions !== undefined && childrenOf(extensions).length > 0,
  };
}
