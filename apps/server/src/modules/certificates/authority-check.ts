/** Opens the stored authorities and proves that they belong together; what does not is named with its mend. */
import { X509Certificate } from 'node:crypto';
import { parseCertificate, type SigningKey, softwareSigningKey } from '@signet/pki';
import { InstallationError } from '../../kernel/installation-error.ts';
import { type SecretBox, SecretBoxError } from '../../kernel/secret-box.ts';
import { AUTHORITY_KINDS } from './authority.ts';
import type { AuthorityRole } from './schema.ts';
import type { AuthorityRow } from './store.ts';

/** One of our own certificates with its key, ready to sign. */
export interface Authority {
  readonly role: AuthorityRole;
  readonly certificate: Uint8Array;
  readonly key: SigningKey;
  /** The key as it is stored. */
  readonly sealedKey: Uint8Array;
  readonly notAfter: Date;
}

export type AuthoritySet = ReadonlyMap<AuthorityRole, Authority>;

const RESTORE = 'restore the table "authorities" from a backup; nothing else fits the certificates already issued.';

export function authorityKeyContext(role: AuthorityRole): string {
  return `authorities.private_key:${role}`;
}

/** Everything stored, opened and checked against `now`. An empty table is the first start. */
export function openAuthorities(rows: readonly AuthorityRow[], secretBox: SecretBox, now: Date): AuthoritySet {
  const authorities = new Map(rows.map((row) => [row.role, openAuthority(row, secretBox, now)]));

  for (const authority of authorities.values()) {
    checkIssuer(authority, authorities);
  }
  return authorities;
}

function openAuthority(row: AuthorityRow, secretBox: SecretBox, now: Date): Authority {
  const { title } = AUTHORITY_KINDS[row.role];
  const key = openKey(row, secretBox);
  const { publicKey, notBefore, notAfter } = parseCertificate(row.certificate);

  if (Buffer.compare(publicKey, key.publicKey) !== 0) {
    throw new InstallationError(`The private key of the ${title} does not belong to its certificate.`, RESTORE);
  }
  if (notBefore > now) {
    throw new InstallationError(
      `The certificate of the ${title} begins at ${notBefore.toISOString()}, but it is ${now.toISOString()} here.`,
      'set the clock of this machine.',
    );
  }
  return { role: row.role, certificate: row.certificate, key, sealedKey: row.privateKey, notAfter };
}

function openKey(row: AuthorityRow, secretBox: SecretBox): SigningKey {
  try {
    return softwareSigningKey(secretBox.open(row.privateKey, authorityKeyContext(row.role)));
  } catch (cause) {
    if (!(cause instanceof SecretBoxError)) throw cause;
    throw new InstallationError(
      `The private key of the ${AUTHORITY_KINDS[row.role].title} does not open with this master key.`,
      'set SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE to the key of the first start.',
      { cause },
    );
  }
}

function checkIssuer({ role, certificate }: Authority, authorities: AuthoritySet): void {
  const { title, issuer: issuerRole } = AUTHORITY_KINDS[role];
  const issuer = authorities.get(issuerRole ?? role);
  if (issuer && isIssuedBy(certificate, issuer.certificate)) return;

  throw new InstallationError(`The certificate of the ${title} was not issued by the stored CA.`, RESTORE);
}

/** Whether the name and the signature of the issuer are right; says nothing about validity. */
export function isIssuedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  const issued = new X509Certificate(certificate);
  const authority = new X509Certificate(issuer);
  return issued.checkIssued(authority) && issued.verify(authority.publicKey);
}
