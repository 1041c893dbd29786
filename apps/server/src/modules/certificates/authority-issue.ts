/** Issues the installation's own certificates: the missing, those near their end, those that name an old address. */
import { X509Certificate } from 'node:crypto';
import { generateKeyPair, issueCertificate, newSerialNumber, parseCertificate, softwareSigningKey } from '@signet/pki';
import type { SecretBox } from '../../kernel/secret-box.ts';
import {
  AUTHORITY_KINDS,
  AUTHORITY_ROLES,
  authorityName,
  type CertificateMode,
  POLICY_NOTICES,
  renewalDueAt,
  validityFrom,
} from './authority.ts';
import { type Authority, type AuthoritySet, authorityKeyContext } from './authority-check.ts';
import type { AuthorityRole } from './schema.ts';
import { trustAddresses } from './trust-addresses.ts';

export interface Issuing {
  readonly secretBox: SecretBox;
  readonly mode: CertificateMode;
  readonly publicUrl: string;
  readonly now: Date;
}

/** New certificates for every role that needs one, on top of those that stay. */
export async function issueDueAuthorities(current: AuthoritySet, issuing: Issuing): Promise<Authority[]> {
  const authorities = new Map(current);
  const issued: Authority[] = [];

  for (const role of AUTHORITY_ROLES.filter((candidate) => isDue(candidate, current, issuing))) {
    const authority = await issueAuthority(role, authorities, issuing);
    authorities.set(role, authority);
    issued.push(authority);
  }
  return issued;
}

function isDue(role: AuthorityRole, current: AuthoritySet, { now, publicUrl }: Issuing): boolean {
  const authority = current.get(role);
  return !authority || isNearItsEnd(authority, now) || !namesAddress(authority, publicUrl);
}

function isNearItsEnd({ role, notAfter }: Authority, now: Date): boolean {
  return renewalDueAt(role, notAfter) <= now;
}

function namesAddress({ role, certificate }: Authority, publicUrl: string): boolean {
  const issuer = issuerRoleOf(role);
  if (!issuer) return true;

  const access = new X509Certificate(certificate).infoAccess ?? '';
  return access.split('\n').includes(`CA Issuers - URI:${trustAddresses(publicUrl, issuer).caIssuersUrl}`);
}

async function issueAuthority(role: AuthorityRole, authorities: AuthoritySet, issuing: Issuing): Promise<Authority> {
  const { profile, years, keepsKey } = AUTHORITY_KINDS[role];
  const existing = authorities.get(role);
  const isKept = existing !== undefined && (keepsKey || !isNearItsEnd(existing, issuing.now));
  const own = isKept ? existing : await makeKey(role, issuing.secretBox);

  const issuerRole = issuerRoleOf(role);
  const issuer = issuerRole ? getAuthority(authorities, issuerRole) : undefined;
  const serialNumber = newSerialNumber();
  const validity = validityFrom(issuing.now, years);
  // A kept key signed before today, and a reader may judge those signatures with the new certificate.
  const notBefore = isKept ? parseCertificate(existing.certificate).notBefore : validity.notBefore;
  const certificate = await issueCertificate({
    profile,
    subject: authorityName(role, issuing.mode, installationSuffix(authorities) ?? suffixOf(serialNumber)),
    publicKey: own.key.publicKey,
    issuerKey: issuer?.key ?? own.key,
    serialNumber,
    notBefore,
    notAfter: validity.notAfter,
    ...(issuer && issuerRole
      ? {
          issuer: { certificate: issuer.certificate },
          ...trustAddresses(issuing.publicUrl, issuerRole),
          policyNotice: POLICY_NOTICES[issuing.mode],
        }
      : {}),
  });
  return { role, certificate, key: own.key, sealedKey: own.sealedKey, notAfter: validity.notAfter };
}

async function makeKey(role: AuthorityRole, secretBox: SecretBox): Promise<Pick<Authority, 'key' | 'sealedKey'>> {
  const { privateKey } = await generateKeyPair('p256');
  return {
    key: softwareSigningKey(privateKey),
    sealedKey: secretBox.seal(privateKey, authorityKeyContext(role)),
  };
}

export function getAuthority(authorities: AuthoritySet, role: AuthorityRole): Authority {
  const authority = authorities.get(role);
  if (!authority) throw new TypeError(`there is no ${AUTHORITY_KINDS[role].title} yet: call initialize() first`);
  return authority;
}

function issuerRoleOf(role: AuthorityRole): 'root' | 'issuing-ca' | undefined {
  return AUTHORITY_KINDS[role].issuer;
}

/** The root's name carries eight hexadecimal digits of its first serial number; all others repeat them. */
function installationSuffix(authorities: AuthoritySet): string | undefined {
  const root = authorities.get('root');
  return root && parseCertificate(root.certificate).subject.commonName.split(' ').at(-1);
}

function suffixOf(serialNumber: Uint8Array): string {
  return Buffer.from(serialNumber).toString('hex').slice(-8).toUpperCase();
}
