export type { CertificateMode } from './authority.ts';
export type { PartyIdentity } from './identities.ts';
export type { Holder } from './party.ts';
export type { CrlIssuer, PartyRevocationReason } from './revocation.ts';
export type { AuthorityRole } from './schema.ts';
export { CERTIFICATES_SEALED_COLUMNS } from './sealed-columns.ts';
export { type Certificates, type CertificatesOptions, createCertificates } from './service.ts';
export { TIMESTAMP_POLICY } from './timestamps.ts';
export { TRUST_PATHS } from './trust-addresses.ts';
