/** Verifies detached PAdES signatures, B-B and B-T. ETSI EN 319 142-1, EN 319 102-1 §5. */
import { createHash } from 'node:crypto';
import { decodeDer } from '../asn1/reader.ts';
import { PkiError } from '../error.ts';
import type { SignatureScheme } from '../keys/algorithms.ts';
import { type PkiProblem, problem } from '../problem.ts';
import { decodeCrl } from '../revocation/crl-reader.ts';
import { decodeToken } from '../timestamp/token.ts';
import { checkToken, type TimestampVerification } from '../timestamp/verify-token.ts';
import { decodeCertificate } from '../x509/certificate.ts';
import { type Trust, validateCertificate } from '../x509/validation.ts';
import { ATTRIBUTE } from './attributes.ts';
import { decodeSignedData, type SignedData } from './signed-data-reader.ts';
import { CONTENT_TYPE } from './signed-data-writer.ts';
import { type SignerVerdict, verifySigner } from './verify-signer.ts';

export interface VerificationOptions {
  readonly trustAnchors: readonly Uint8Array[];
  /** When the certificates must be valid; default: the time of a valid timestamp. */
  readonly at?: Date;
  /** When given, one of them must cover the signer's certificate; the others are checked as far as CRLs reach. */
  readonly crls?: readonly Uint8Array[];
}

export interface SignatureVerification {
  /** True when there is no problem at all, in the timestamp neither. */
  readonly valid: boolean;
  readonly problems: readonly PkiProblem[];
  /** The certificate of the signer. */
  readonly certificate: Uint8Array;
  /** Its issuers, from the nearest to the anchor; as far as found. */
  readonly chain: readonly Uint8Array[];
  /** Absent when the algorithm is none we accept. */
  readonly scheme?: SignatureScheme;
  readonly timestamp?: TimestampVerification;
}

/** Says whether the signature over the SHA-256 digest is valid and if not, why; throws only for undecodable bytes. */
export async function verifyDetached(
  cms: Uint8Array,
  digest: Uint8Array,
  options: VerificationOptions,
): Promise<SignatureVerification> {
  const signedData = decodeSignedData(cms);
  const trust = {
    anchors: options.trustAnchors.map(decodeCertificate),
    crls: (options.crls ?? []).map(decodeCrl),
    isCrlRequired: (options.crls ?? []).length > 0,
  };
  const signer = verifySigner(signedData, CONTENT_TYPE.data, (hash) => (hash === 'sha256' ? digest : undefined));
  const { timestamp, problems: timestampProblems } = checkTimestamp(signedData, trust);
  const at = options.at ?? (timestamp?.valid ? timestamp.time : undefined);
  const path = validateCertificate(signer.certificate, signedData.certificates, trust, {
    purpose: 'document-signing',
    at,
  });

  const problems = [...contentProblems(signedData), ...signer.problems, ...path.problems, ...timestampProblems];
  const scheme = schemeOf(signer);
  return {
    valid: problems.length === 0,
    problems,
    certificate: signer.certificate.bytes.slice(),
    chain: path.chain.map(({ bytes }) => bytes.slice()),
    ...(scheme ? { scheme } : {}),
    ...(timestamp ? { timestamp } : {}),
  };
}

function contentProblems({ content, contentType }: SignedData): PkiProblem[] {
  return content === undefined && contentType === CONTENT_TYPE.data
    ? []
    : [problem('STRUCTURE_INVALID', 'not a detached signature over plain data')];
}

interface TimestampFinding {
  readonly timestamp?: TimestampVerification;
  readonly problems: readonly PkiProblem[];
}

function checkTimestamp({ signerInfo }: SignedData, trust: Trust): TimestampFinding {
  const attributes = signerInfo.unsignedAttributes.filter(({ type }) => type === ATTRIBUTE.signatureTimestamp);
  const [token, ...more] = attributes.flatMap(({ values }) => values);
  if (attributes.length === 0) {
    return { problems: [] };
  }
  if (!token || more.length > 0) {
    return { problems: [problem('ATTRIBUTE_REPEATED', 'signature-time-stamp does not have exactly one value')] };
  }
  try {
    const timestamp = checkToken(
      decodeToken(decodeDer(token.bytes).bytes),
      (hash) => createHash(hash).update(signerInfo.signature).digest(),
      { ...trust, isCrlRequired: false },
      undefined,
    );
    const codes = timestamp.problems.map(({ code }) => code).join(', ');
    return { timestamp, problems: timestamp.valid ? [] : [problem('TIMESTAMP_INVALID', codes)] };
  } catch (error) {
    if (error instanceof PkiError) {
      return { problems: [problem('TIMESTAMP_INVALID', error.message)] };
    }
    throw error;
  }
}

function schemeOf({ hash, keyType }: SignerVerdict): SignatureScheme | undefined {
  if (hash !== 'sha256' || keyType === 'other') {
    return undefined;
  }
  return keyType === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
}
