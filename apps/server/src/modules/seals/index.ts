export { createDefaultSeals } from './default-seal.ts';
export type { SealGrant, SealGrantStatus } from './grant.ts';
export type { SilentSigning, SilentSigningGrant } from './grants.ts';
export type { Seal, SealKind, SealStatus, SealSummary } from './seal.ts';
export { createSeals, type GrantDetails, type SealDetails, type Seals, type SealsDependencies } from './service.ts';
export { type StoredArtwork, toDrawing } from './stored-artwork.ts';
