/** Finds the way from a certificate to a trust anchor and checks it. RFC 5280 §6.1. */
import { readSignatureAlgorithm } from '../keys/algorithms.ts';
import { isSignedBy, readPublicKey } from '../keys/public-key.ts';
import { type PkiProblem, type PkiProblemCode, problem } from '../problem.ts';
import { type Certificate, isSameBytes, type SignedStructure } from './certificate.ts';
import { EXTENSION, readAuthorityKeyIdentifier, readKeyUsage, readSubjectKeyIdentifier } from './extensions.ts';
import { readName } from './name.ts';

const LONGEST_PATH = 8;
/** Certificates that cross-sign each other would otherwise keep a verifier busy. */
const MOST_SIGNATURE_CHECKS = 32;

const UNDERSTOOD: readonly string[] = [
  EXTENSION.basicConstraints,
  EXTENSION.keyUsage,
  EXTENSION.extendedKeyUsage,
  EXTENSION.certificatePolicies,
  EXTENSION.subjectAlternativeName,
];

export interface Path {
  /** The certificate itself, then each issuer up to the anchor. */
  readonly certificates: readonly Certificate[];
  readonly problems: readonly PkiProblem[];
}

interface Search {
  readonly anchors: readonly Certificate[];
  readonly candidates: readonly Certificate[];
  readonly failures: PkiProblem[];
  longest: readonly Certificate[];
  checksLeft: number;
}

export function findPath(leaf: Certificate, anchors: readonly Certificate[], others: readonly Certificate[]): Path {
  const search: Search = {
    anchors,
    candidates: [...anchors, ...others],
    failures: [],
    longest: [leaf],
    checksLeft: MOST_SIGNATURE_CHECKS,
  };
  const found = extendPath([leaf], search);
  if (found) {
    return { certificates: found, problems: [] };
  }
  const missing = problem('CHAIN_INCOMPLETE', `no trust anchor above ${nameOf(search.longest.at(-1) ?? leaf)}`);
  return { certificates: search.longest, problems: [missing, ...search.failures] };
}

/** What forbids the issuers on the path to issue what they issued. */
export function pathProblems(certificates: readonly Certificate[]): PkiProblem[] {
  const [, ...issuers] = certificates;
  return [
    ...certificates.flatMap(unknownExtensionProblems),
    ...issuers.flatMap((issuer, intermediates) => issuerProblems(issuer, intermediates)),
  ];
}

export function validityProblems(certificates: readonly Certificate[], at: Date): PkiProblem[] {
  return certificates.flatMap((certificate) => {
    const detail = `${nameOf(certificate)} at ${at.toISOString()}`;
    return [
      ...(at < certificate.notBefore ? [problem('CERTIFICATE_NOT_YET_VALID', detail)] : []),
      ...(at > certificate.notAfter ? [problem('CERTIFICATE_EXPIRED', detail)] : []),
    ];
  });
}

/** Why the signature under a certificate or CRL does not count, or undefined when it does. */
export function signatureProblem(structure: SignedStructure, issuer: Certificate): PkiProblemCode | undefined {
  const key = readPublicKey(issuer.publicKey);
  const algorithm = readSignatureAlgorithm(structure.signatureAlgorithm);
  if (!algorithm?.hash || algorithm.keyType !== key.type) {
    return 'ALGORITHM_NOT_ALLOWED';
  }
  if (key.weakness !== undefined) {
    return 'KEY_TOO_WEAK';
  }
  const isSigned = isSignedBy(key, algorithm.hash, structure.signed, structure.signature);
  return isSigned ? undefined : 'CHAIN_SIGNATURE_INVALID';
}

export function nameOf(certificate: Certificate): string {
  return readName(certificate.subject).text;
}

function extendPath(path: readonly Certificate[], search: Search): readonly Certificate[] | undefined {
  const last = path.at(-1);
  if (!last || isIn(search.anchors, last)) {
    return path;
  }
  if (path.length > search.longest.length) {
    search.longest = path;
  }
  for (const issuer of path.length < LONGEST_PATH ? search.candidates : []) {
    if (isIn(path, issuer) || !mayHaveIssued(issuer, last) || !hasSigned(issuer, last, search)) {
      continue;
    }
    const found = extendPath([...path, issuer], search);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function hasSigned(issuer: Certificate, certificate: Certificate, search: Search): boolean {
  search.checksLeft -= 1;
  if (search.checksLeft < 0) {
    return false;
  }
  const code = signatureProblem(certificate, issuer);
  if (code) {
    search.failures.push(problem(code, `${nameOf(certificate)}, issued by ${nameOf(issuer)}`));
  }
  return code === undefined;
}

function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  if (!isSameBytes(issuer.subject.bytes, certificate.issuer.bytes)) {
    return false;
  }
  const wanted = readAuthorityKeyIdentifier(certificate.extensions);
  const own = readSubjectKeyIdentifier(issuer.extensions);
  return !wanted || !own || isSameBytes(wanted, own);
}

function unknownExtensionProblems(certificate: Certificate): PkiProblem[] {
  return [...certificate.extensions]
    .filter(([type, { isCritical }]) => isCritical && !UNDERSTOOD.includes(type))
    .map(([type]) => problem('CRITICAL_EXTENSION_UNKNOWN', `${type} in ${nameOf(certificate)}`));
}

function issuerProblems(issuer: Certificate, intermediates: number): PkiProblem[] {
  const { isCa, pathLength } = issuer.basicConstraints;
  const usage = readKeyUsage(issuer.extensions);
  const name = nameOf(issuer);
  return [
    ...(isCa ? [] : [problem('NOT_A_CERTIFICATE_AUTHORITY', name)]),
    ...(usage && !usage.includes('keyCertSign') ? [problem('KEY_USAGE_INVALID', `${name} may not issue`)] : []),
    ...(pathLength !== undefined && pathLength < intermediates ? [problem('PATH_TOO_LONG', name)] : []),
  ];
}

function isIn(list: readonly Certificate[], certificate: Certificate): boolean {
  return list.some(({ bytes }) => isSameBytes(bytes, certificate.bytes));
}
