/** Detached signatures of PAdES baseline B-B and B-T. ETSI EN 319 142-1 §6.3, EN 319 122-1 §5. */
import { createHash } from 'node:crypto';
import { childrenOf } from '../asn1/reader.ts';
import { contextTag } from '../asn1/tags.ts';
import { sequence, setOf } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { ATTRIBUTE, attribute } from './attributes.ts';
import { decodeSignedData } from './signed-data-reader.ts';
import { CONTENT_TYPE, contentInfo, createSignedData } from './signed-data-writer.ts';

export interface DetachedSignatureInput {
  /** SHA-256 of the signed bytes. */
  readonly digest: Uint8Array;
  readonly certificate: Uint8Array;
  /** The certificates above the signer's, which travel in the signature; the root need not. */
  readonly chain: readonly Uint8Array[];
  readonly key: SigningKey;
}

export async function signDetached(input: DetachedSignatureInput): Promise<Uint8Array> {
  if (input.digest.length !== 32) {
    throw new PkiError('INVALID_INPUT', 'digest: 32 octets of SHA-256 are due');
  }
  return createSignedData({
    contentType: CONTENT_TYPE.data,
    digest: input.digest,
    certificate: input.certificate,
    certificates: [input.certificate, ...input.chain],
    key: input.key,
  });
}

/** SHA-256 of the signature value: what the timestamp of a signature is over. */
export function timestampSubject(cms: Uint8Array): Uint8Array {
  const { signature } = decodeSignedData(cms).signerInfo;
  return Uint8Array.from(createHash('sha256').update(signature).digest());
}

/** Puts the token into the unsigned attribute signature-time-stamp: B-B becomes B-T. */
export function addSignatureTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const { der, signerInfo } = decodeSignedData(cms);
  if (signerInfo.unsignedAttributes.length > 0) {
    throw new PkiError('INVALID_INPUT', 'the signature already has unsigned attributes');
  }
  decodeSignedData(token);

  const unsigned = setOf([attribute(ATTRIBUTE.signatureTimestamp, token)], contextTag(1));
  const stamped = sequence(signerInfo.der.content, unsigned);
  const kept = childrenOf(der).slice(0, -1);
  return contentInfo(...kept.map(({ bytes }) => bytes), setOf([stamped]));
}
