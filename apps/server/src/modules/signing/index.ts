export type { CodePurpose, JudgedCode } from './ceremony-intent.ts';
export type { LinkRequest } from './ceremony-link.ts';
export type { Visit } from './ceremony-scene.ts';
export type { CeremonyService, FileRevision } from './ceremony-service.ts';
export type { SealWish } from './ceremony-steps.ts';
export type { CeremonyView, NamedParty, PlaceOnPage } from './ceremony-view.ts';
export type { DocumentVerifier } from './ports.ts';
export { createSigning, type Signing } from './service.ts';
export { createVerification, type Verification } from './verification.ts';
