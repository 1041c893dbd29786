export type { FlowClaim } from './certification.ts';
export type { CertifiedFacts } from './facts.ts';
export type { IdentityParts } from './parts.ts';
export {
  type CompanyFacts,
  comparableName,
  type IdentityRegistry,
  IdentitySourceUnavailable,
  type PersonFacts,
  type RegistryDirectory,
  type RegistryFinding,
  type RegistryListing,
} from './ports.ts';
export type { CheckedItem } from './recording.ts';
export { createIdentity, type Identity, type VerificationReport } from './service.ts';
export type { CheckKind } from './verification.ts';
