export { CERTIFY_ACCOUNT_TASK, type CertifyAccountJob } from './announcing.ts';
export type { CertifiedFacts, FlowClaim } from './certification.ts';
export { isRepresentative, type KnownPerson, type PersonTraces } from './erasure.ts';
export type { LetterReport, OpenLetter } from './letters.ts';
export type { PageCeremony, PageView, PageVisit } from './page/ceremony.ts';
export type { FaceCeremony, FaceView, FaceVisit } from './page/face-ceremony.ts';
export type { PictureKind } from './page/picture-reading.ts';
export type { CompanyField, CompanyMode, PersonField, PersonMode } from './page-setup.ts';
export type { ReviewedPayout } from './payout-review.ts';
export type { PayoutReport } from './payouts.ts';
export {
  type BankBranch,
  type CompanyFacts,
  comparableName,
  type FaceVerifier,
  type IdentityRegistry,
  IdentitySourceUnavailable,
  type PayoutBank,
  type PayoutOrder,
  type PayoutState,
  type PersonFacts,
  type RegistryDirectory,
  type RegistryFinding,
  type RegistryListing,
} from './ports.ts';
export type { CheckedItem } from './recording.ts';
export type { AwaitedPage, VerificationReport } from './reports.ts';
export { IDENTITY_SEALED_COLUMNS } from './sealed-columns.ts';
export { createIdentity, type Identity } from './service.ts';
export type { CheckKind } from './verification.ts';
