export type { FlowClaim } from './certification.ts';
export type { CertifiedFacts, CompanyFacts, PersonFacts } from './facts.ts';
export type { IdentityParts } from './parts.ts';
export {
  comparableName,
  type IdentityRegistry,
  IdentitySourceUnavailable,
  type RegistryDirectory,
  type RegistryFinding,
} from './ports.ts';
export type { CheckedItem } from './recording.ts';
export { createIdentity, type Identity, type VerificationReport } from './service.ts';
export type { CheckKind } from './verification.ts';
