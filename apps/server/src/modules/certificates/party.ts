/** What a party's certificate says about its holder. Rules only. */
import type { DistinguishedName } from '@signet/pki';
import { type CertificateMode, installationUnit } from './authority.ts';

/** Whom a certificate is for: a user of an app whose identity was verified. */
export interface Holder {
  readonly appId: string;
  readonly userId: string;
  readonly kind: 'person' | 'organization';
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
}

export const PARTY_YEARS = 2;
export const PARTY_RENEW_DAYS_AHEAD = 30;

// ETSI EN 319 412-1 §5.1.4: a number of the national trade register of China.
const TRADE_REGISTER = 'NTRCN-';

/**
 * A company is named with its registered number, which is public. A person's number is not: `opaqueId` stands for it, the same
 * for each certificate of one person in one app.
 */
export function partyName(holder: Holder, opaqueId: string, mode: CertificateMode): DistinguishedName {
  if (holder.kind === 'person') {
    return { commonName: holder.name, serialNumber: opaqueId, ...installationUnit(mode) };
  }
  return {
    commonName: holder.name,
    organization: holder.name,
    organizationIdentifier: TRADE_REGISTER + holder.idNumber,
    country: 'CN',
    ...installationUnit(mode),
  };
}

/** The facts of the id number, in one string that no other document and number yield. */
export function identityText({ appId, idDocumentType, idNumber }: Holder): string {
  return JSON.stringify([appId, idDocumentType, idNumber]);
}
