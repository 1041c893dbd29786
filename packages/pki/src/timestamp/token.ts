/** Timestamp tokens: a TSTInfo inside a SignedData of the authority. RFC 3161 §2.4.2, ETSI EN 319 422. */
import { createHash } from 'node:crypto';
import { decodeSignedData, type SignedData, signerCertificate } from '../cms/signed-data-reader.ts';
import { CONTENT_TYPE, createSignedData } from '../cms/signed-data-writer.ts';
import { PkiError } from '../error.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { toHex } from '../x509/certificate.ts';
import { sha256Imprint } from './message-imprint.ts';
import { decodeTimestampInfo, encodeTimestampInfo, type TimestampInfo } from './timestamp-info.ts';

/** A timestamp authority (时间戳服务) at the moment of one token: its key, and the token's own number and time. */
export interface TimestampAuthority {
  readonly certificate: Uint8Array;
  /** The certificates above the authority's, which travel in the token; the root need not. */
  readonly chain: readonly Uint8Array[];
  readonly key: SigningKey;
  readonly policyOid: string;
  readonly serialNumber: Uint8Array;
  readonly time: Date;
  readonly accuracyMillis?: number;
}

export interface TimestampTokenInfo {
  readonly time: Date;
  /** What the token is over, as the authority received it. */
  readonly digest: Uint8Array;
  readonly policy: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** Lower-case hex of the INTEGER; present when the request had one. */
  readonly nonce?: string;
  /** The certificate of the authority. */
  readonly certificate: Uint8Array;
}

/** Timestamps a SHA-256 digest inside one process, without request and response. */
export async function issueTimestampToken(input: {
  readonly digest: Uint8Array;
  readonly tsa: TimestampAuthority;
}): Promise<Uint8Array> {
  return signToken({ imprint: sha256Imprint(input.digest), certReq: true }, input.tsa);
}

export async function signToken(
  request: { readonly imprint: Uint8Array; readonly nonce?: Uint8Array | undefined; readonly certReq: boolean },
  tsa: TimestampAuthority,
): Promise<Uint8Array> {
  const { imprint, nonce, certReq } = request;
  const { policyOid, serialNumber, time, accuracyMillis } = tsa;
  const content = encodeTimestampInfo({ policyOid, imprint, serialNumber, time, accuracyMillis, nonce });
  return createSignedData({
    contentType: CONTENT_TYPE.timestampInfo,
    digest: createHash('sha256').update(content).digest(),
    content,
    certificate: tsa.certificate,
    certificates: certReq ? [tsa.certificate, ...tsa.chain] : [],
    key: tsa.key,
  });
}

/** What a token says; whether it is true is for `verifyTimestampToken`. */
export function readTimestampToken(token: Uint8Array): TimestampTokenInfo {
  const { signedData, info } = decodeToken(token);
  return {
    time: info.time,
    digest: info.imprint.digest.slice(),
    policy: info.policy,
    serialNumber: toHex(info.serialNumber),
    ...(info.nonce ? { nonce: toHex(info.nonce) } : {}),
    certificate: signerCertificate(signedData).bytes.slice(),
  };
}

export interface DecodedToken {
  readonly signedData: SignedData;
  readonly content: Uint8Array;
  readonly info: TimestampInfo;
}

export function decodeToken(token: Uint8Array): DecodedToken {
  const signedData = decodeSignedData(token);
  const { content, contentType } = signedData;
  if (contentType !== CONTENT_TYPE.timestampInfo || !content) {
    throw new PkiError('MALFORMED', 'not a timestamp token');
  }
  return { signedData, content, info: decodeTimestampInfo(content) };
}
