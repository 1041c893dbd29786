/** The installation's own certificates: who issues which, for how long, under which name. Rules only. */
import type { CertificateProfile, DistinguishedName } from '@signet/pki';
import { addDays, addYears } from './calendar.ts';
import type { AuthorityRole } from './schema.ts';

/** Sandbox certificates say on their face that they are worth nothing. */
export type CertificateMode = 'sandbox' | 'production';

interface AuthorityKind {
  readonly profile: CertificateProfile;
  /** Absent for the root. */
  readonly issuer?: 'root' | 'issuing-ca';
  readonly title: string;
  readonly years: number;
  /** How long before its end a certificate is replaced: at least the lifetime of what it issues, so that nothing outlives its issuer. */
  readonly renewDaysAhead: number;
  /** A CA is renewed for the key it has, because everything it ever issued hangs on that key. */
  readonly keepsKey: boolean;
}

const YEAR_DAYS = 366;

/**
 * TSA and checkpoint signer stand under the root and not under the issuing CA: what they attest must outlast the day on which
 * the issuing CA is found compromised. The OCSP responder stands under the CA it speaks for (RFC 6960 §4.2.2.2).
 * The TSA takes a new key every year, so that each token can be checked for nine years by its certificate alone.
 */
export const AUTHORITY_KINDS: Readonly<Record<AuthorityRole, AuthorityKind>> = {
  root: { profile: 'root', title: 'Root CA', years: 30, renewDaysAhead: 15 * YEAR_DAYS, keepsKey: true },
  'issuing-ca': {
    profile: 'issuing-ca',
    issuer: 'root',
    title: 'Issuing CA',
    years: 15,
    renewDaysAhead: 3 * YEAR_DAYS,
    keepsKey: true,
  },
  tsa: {
    profile: 'tsa',
    issuer: 'root',
    title: 'Timestamp Authority',
    years: 10,
    renewDaysAhead: 9 * YEAR_DAYS,
    keepsKey: false,
  },
  'ocsp-responder': {
    profile: 'ocsp-responder',
    issuer: 'issuing-ca',
    title: 'OCSP Responder',
    years: 1,
    renewDaysAhead: 30,
    keepsKey: false,
  },
  checkpoint: {
    profile: 'party',
    issuer: 'root',
    title: 'Evidence Checkpoint',
    years: 5,
    renewDaysAhead: 30,
    keepsKey: false,
  },
};

/** Issuers before what they issue. */
export const AUTHORITY_ROLES: readonly AuthorityRole[] = ['root', 'issuing-ca', 'tsa', 'ocsp-responder', 'checkpoint'];

const SANDBOX_UNIT = '沙箱证书 无法律效力 / Sandbox – no legal effect';

/** What a certificate's policy notice says: never more than is true. */
export const POLICY_NOTICES: Readonly<Record<CertificateMode, string>> = {
  sandbox: '沙箱证书,无法律效力。Sandbox certificate without legal effect.',
  production:
    '自建CA签发,非依法设立的电子认证服务机构。Issued by a self-hosted CA, not by a licensed certification service.',
};

/** The part of a name that says whose installation this is; sandbox certificates warn in it. */
export function installationUnit(mode: CertificateMode): Pick<DistinguishedName, 'organizationalUnit'> {
  return mode === 'sandbox' ? { organizationalUnit: SANDBOX_UNIT } : {};
}

/** `suffix` tells the roots of two installations apart in a list of trusted certificates. */
export function authorityName(role: AuthorityRole, mode: CertificateMode, suffix: string): DistinguishedName {
  return {
    commonName: `Signet ${AUTHORITY_KINDS[role].title} ${suffix}`,
    organization: mode === 'sandbox' ? 'Signet Sandbox 沙箱' : 'Signet',
    ...installationUnit(mode),
  };
}

export function renewalDueAt(role: AuthorityRole, notAfter: Date): Date {
  return addDays(notAfter, -AUTHORITY_KINDS[role].renewDaysAhead);
}

/** Begins a little in the past: other servers and readers have clocks that differ. */
export function validityFrom(now: Date, years: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - CLOCK_TOLERANCE_MS), notAfter: addYears(now, years) };
}

const CLOCK_TOLERANCE_MS = 10 * 60_000;
