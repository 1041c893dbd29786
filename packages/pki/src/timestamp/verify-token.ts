/** Verifies timestamp tokens. RFC 3161 §2.2, §2.3; RFC 5816. */
import { createHash } from 'node:crypto';
import { CONTENT_TYPE } from '../cms/signed-data-writer.ts';
import { verifySigner } from '../cms/verify-signer.ts';
import type { HashName } from '../keys/algorithms.ts';
import { type PkiProblem, problem } from '../problem.ts';
import { decodeCrl } from '../revocation/crl-reader.ts';
import { decodeCertificate, isSameBytes, toHex } from '../x509/certificate.ts';
import { type Trust, validateCertificate } from '../x509/validation.ts';
import { type DecodedToken, decodeToken } from './token.ts';

export interface TimestampVerificationOptions {
  readonly trustAnchors: readonly Uint8Array[];
  /** When the authority's certificate must be valid; default: the time in the token. */
  readonly at?: Date;
  readonly crls?: readonly Uint8Array[];
  /** The nonce of the request, when there was one. */
  readonly nonce?: Uint8Array;
}

export interface TimestampVerification {
  readonly valid: boolean;
  readonly problems: readonly PkiProblem[];
  readonly time: Date;
  readonly policy: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** The certificate of the authority. */
  readonly certificate: Uint8Array;
  /** Its issuers, from the nearest to the anchor. */
  readonly chain: readonly Uint8Array[];
}

/** `digest` is the SHA-256 of what should have been timestamped. */
export async function verifyTimestampToken(
  token: Uint8Array,
  digest: Uint8Array,
  options: TimestampVerificationOptions,
): Promise<TimestampVerification> {
  const decoded = decodeToken(token);
  const trust = {
    anchors: options.trustAnchors.map(decodeCertificate),
    crls: (options.crls ?? []).map(decodeCrl),
    isCrlRequired: (options.crls ?? []).length > 0,
  };
  const digestOf = (hash: HashName) => (hash === 'sha256' ? digest : undefined);
  const verdict = checkToken(decoded, digestOf, trust, options.at);
  const nonces = options.nonce && decoded.info.nonce && isSameNumber(options.nonce, decoded.info.nonce);
  if (!options.nonce || nonces) {
    return verdict;
  }
  return { ...verdict, valid: false, problems: [...verdict.problems, problem('NONCE_MISMATCH', 'another nonce')] };
}

/** `digestOf` gives the digest of what should have been timestamped, by the hash the token uses. */
export function checkToken(
  { signedData, content, info }: DecodedToken,
  digestOf: (hash: HashName) => Uint8Array | undefined,
  trust: Trust,
  at: Date | undefined,
): TimestampVerification {
  const signer = verifySigner(signedData, CONTENT_TYPE.timestampInfo, (hash) =>
    createHash(hash).update(content).digest(),
  );
  const path = validateCertificate(signer.certificate, signedData.certificates, trust, {
    purpose: 'timestamping',
    at: at ?? info.time,
  });
  const expected = info.imprint.hash && digestOf(info.imprint.hash);
  const imprintProblems =
    expected && isSameBytes(expected, info.imprint.digest)
      ? []
      : [problem('DIGEST_MISMATCH', 'the timestamp is over something else')];
  const problems = [...imprintProblems, ...signer.problems, ...path.problems];
  return {
    valid: problems.length === 0,
    problems,
    time: info.time,
    policy: info.policy,
    serialNumber: toHex(info.serialNumber),
    certificate: signer.certificate.bytes.slice(),
    chain: path.chain.map(({ bytes }) => bytes.slice()),
  };
}

function isSameNumber(octets: Uint8Array, unsigned: Uint8Array): boolean {
  return BigInt(`0x0${toHex(octets)}`) === BigInt(`0x0${toHex(unsigned)}`);
}
