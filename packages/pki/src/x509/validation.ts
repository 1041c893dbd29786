/** Whether a certificate may be relied on for a purpose at a time. RFC 5280 §6, RFC 3161 §2.3, RFC 9336. */
import { type PkiProblem, problem } from '../problem.ts';
import type { Crl } from '../revocation/crl-reader.ts';
import { revocationProblems } from '../revocation/revocation-check.ts';
import type { Certificate } from './certificate.ts';
import { EXTENSION, PURPOSE, readExtendedKeyUsage, readKeyUsage } from './extensions.ts';
import { findPath, nameOf, pathProblems, validityProblems } from './path.ts';

export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly crls: readonly Crl[];
  /** Whether the first certificate must be covered by one of the CRLs; issuers are checked as far as CRLs reach. */
  readonly isCrlRequired: boolean;
}

export interface CertificateVerdict {
  /** The issuers, from the nearest to the anchor; as far as found. */
  readonly chain: readonly Certificate[];
  readonly problems: readonly PkiProblem[];
}

type Purpose = 'document-signing' | 'timestamping';

const DOCUMENT_PURPOSES: readonly string[] = [
  PURPOSE.documentSigning,
  PURPOSE.emailProtection,
  PURPOSE.anyPurpose,
  PURPOSE.microsoftDocumentSigning,
  PURPOSE.adobeAuthenticDocuments,
];

/** `others` are untrusted certificates that may stand between the certificate and an anchor. */
export function validateCertificate(
  certificate: Certificate,
  others: readonly Certificate[],
  trust: Trust,
  validation: { readonly purpose: Purpose; readonly at: Date | undefined },
): CertificateVerdict {
  const { at, purpose } = validation;
  const path = findPath(certificate, trust.anchors, others);
  const timeless = [...path.problems, ...pathProblems(path.certificates), ...purposeProblems(certificate, purpose)];
  const timed = at
    ? [...validityProblems(path.certificates, at), ...revocationProblems(path.certificates, trust, at)]
    : [problem('VALIDATION_TIME_UNKNOWN', 'no valid timestamp and no time given')];
  return { chain: path.certificates.slice(1), problems: [...timeless, ...timed] };
}

function purposeProblems(certificate: Certificate, purpose: Purpose): PkiProblem[] {
  const name = nameOf(certificate);
  const usage = readKeyUsage(certificate.extensions);
  const maySign = !usage || usage.includes('digitalSignature') || usage.includes('nonRepudiation');
  const hasPurpose = purpose === 'timestamping' ? isForTimestampsOnly(certificate) : isForDocuments(certificate);
  return [
    ...(maySign ? [] : [problem('KEY_USAGE_INVALID', `${name} may not sign`)]),
    ...(hasPurpose ? [] : [problem('EXTENDED_KEY_USAGE_INVALID', `${name} is not for ${purpose}`)]),
  ];
}

function isForTimestampsOnly({ extensions }: Certificate): boolean {
  const purposes = readExtendedKeyUsage(extensions) ?? [];
  const isCritical = extensions.get(EXTENSION.extendedKeyUsage)?.isCritical === true;
  return isCritical && purposes.length === 1 && purposes[0] === PURPOSE.timeStamping;
}

function isForDocuments({ extensions }: Certificate): boolean {
  const purposes = readExtendedKeyUsage(extensions);
  return !purposes || purposes.some((purpose) => DOCUMENT_PURPOSES.includes(purpose));
}
