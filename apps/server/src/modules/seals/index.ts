export type { DrawnSignature, StrokePoint } from './artwork/drawn-signature.ts';
export { SIGNATURE_PAPER } from './artwork/signature-paper.ts';
export type { SealChoice } from './choices.ts';
export { createDefaultSeals } from './default-seal.ts';
export { createUnusedDrawings } from './ending.ts';
export type { SealGrant, SealGrantStatus } from './grant.ts';
export {
  createGrantCeremony,
  type GrantCeremony,
  type GrantConfirmation,
  type GrantStep,
  type GrantView,
  type GrantVisit,
} from './grant-ceremony.ts';
export type { GrantRequest, RequestedGrant } from './grant-request.ts';
export type { SilentSigning, SilentSigningGrant } from './grants.ts';
export type { Handwriting, NewHandwriting } from './handwriting.ts';
export type { Seal, SealKind, SealStatus, SealSummary } from './seal.ts';
export { sealImagePath } from './seal-image.ts';
export { createSeals, type GrantDetails, type SealDetails, type Seals, type SealsDependencies } from './service.ts';
export { type StoredArtwork, toDrawing } from './stored-artwork.ts';
