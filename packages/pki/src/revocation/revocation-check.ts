/** Looks a path's certificates up in CRLs. RFC 5280 §6.3. */
import { type PkiProblem, problem } from '../problem.ts';
import { type Certificate, isSameBytes } from '../x509/certificate.ts';
import { readKeyUsage } from '../x509/extensions.ts';
import { nameOf, signatureProblem } from '../x509/path.ts';
import { type Crl, isComplete, revocationTime } from './crl-reader.ts';

interface Lists {
  readonly crls: readonly Crl[];
  readonly isCrlRequired: boolean;
}

/** A certificate revoked only after `at` is good: that is what the timestamp is for. */
export function revocationProblems(certificates: readonly Certificate[], lists: Lists, at: Date): PkiProblem[] {
  const issuers = certificates.slice(1);
  return issuers.flatMap((issuer, index) => {
    const certificate = certificates[index];
    return certificate ? listedProblems(certificate, issuer, lists, { at, isFirst: index === 0 }) : [];
  });
}

function listedProblems(
  certificate: Certificate,
  issuer: Certificate,
  { crls, isCrlRequired }: Lists,
  { at, isFirst }: { readonly at: Date; readonly isFirst: boolean },
): PkiProblem[] {
  const lists = crls.filter((crl) => isAuthentic(crl, issuer));
  const revokedAt = lists
    .flatMap((crl) => revocationTime(crl, certificate.serialNumber) ?? [])
    .find((time) => time <= at);
  if (revokedAt) {
    return [problem('CERTIFICATE_REVOKED', `${nameOf(certificate)} since ${revokedAt.toISOString()}`)];
  }
  // A list that was replaced before `at` cannot show that a certificate was good at `at`; a later one can.
  const isCovered = lists.some(({ nextUpdate }) => nextUpdate !== undefined && nextUpdate >= at);
  return isCovered || !isCrlRequired || !isFirst
    ? []
    : [problem('REVOCATION_UNKNOWN', `no CRL covers ${nameOf(certificate)}`)];
}

function isAuthentic(crl: Crl, issuer: Certificate): boolean {
  const usage = readKeyUsage(issuer.extensions);
  return (
    isSameBytes(crl.issuer.bytes, issuer.subject.bytes) &&
    isComplete(crl) &&
    (!usage || usage.includes('crlSign')) &&
    signatureProblem(crl, issuer) === undefined
  );
}
