export type { DocumentVerifier } from './ports.ts';
export { createSigning, type Signing } from './service.ts';
export { createVerification, type Verification } from './verification.ts';
