/** TimeStampResp: answering requests and taking tokens out of answers. RFC 3161 §2.4.2. */
import { childrenOf, decodeDer, Fields, readSmallInteger } from '../asn1/reader.ts';
import { TAG } from '../asn1/tags.ts';
import { integer, namedBits, sequence, utf8String } from '../asn1/writer.ts';
import { PkiError, tryDecode } from '../error.ts';
import { decodeTimestampRequest, type TimestampRequest } from './request.ts';
import { decodeToken, signToken, type TimestampAuthority } from './token.ts';

const STATUS = { granted: 0, grantedWithMods: 1, rejection: 2 } as const;

/** PKIFailureInfo: bit positions. */
const FAILURE = {
  badAlg: 0,
  badDataFormat: 5,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
} as const;

type Failure = keyof typeof FAILURE;

/** Answers any bytes: what is no acceptable request gets a rejection that says why, never an exception. */
export async function respondToTimestampRequest(request: Uint8Array, tsa: TimestampAuthority): Promise<Uint8Array> {
  const decoded = tryDecode(() => decodeTimestampRequest(request));
  if (!decoded) {
    return rejection('badDataFormat');
  }
  const failure = refusal(decoded, tsa);
  if (failure) {
    return rejection(failure);
  }
  const { imprint, nonce, certReq } = decoded;
  const token = await signToken({ imprint: imprint.der.bytes, nonce, certReq }, tsa);
  return sequence(sequence(integer(STATUS.granted)), token);
}

/** The token of a granted response. */
export function timestampToken(response: Uint8Array): Uint8Array {
  const fields = new Fields(decodeDer(response), 'TimeStampResp');
  const [status, ...details] = childrenOf(fields.next(TAG.sequence));
  const token = fields.optional(TAG.sequence);
  fields.end();
  const code = status ? readSmallInteger(status) : STATUS.rejection;
  if (!token || (code !== STATUS.granted && code !== STATUS.grantedWithMods)) {
    const texts = details.filter(({ tag }) => tag === TAG.sequence).flatMap(childrenOf);
    const text = texts.map(({ content }) => Buffer.from(content).toString('utf8')).join('; ');
    throw new PkiError('TIMESTAMP_REJECTED', `timestamp refused with status ${code}: ${text}`);
  }
  decodeToken(token.bytes);
  return token.bytes.slice();
}

function refusal(request: TimestampRequest, tsa: TimestampAuthority): Failure | undefined {
  if (!request.imprint.hash) {
    return 'badAlg';
  }
  if (request.policy !== undefined && request.policy !== tsa.policyOid) {
    return 'unacceptedPolicy';
  }
  return request.hasExtensions ? 'unacceptedExtension' : undefined;
}

function rejection(failure: Failure): Uint8Array {
  return sequence(sequence(integer(STATUS.rejection), sequence(utf8String(failure)), namedBits([FAILURE[failure]])));
}
