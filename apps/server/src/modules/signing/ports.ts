import type { VerificationReport } from '@signet/pdf';

/** Checks a whole file away from the main thread; takes the bytes over. */
export interface DocumentVerifier {
  verify(file: Uint8Array, options: { readonly trustAnchors: readonly Uint8Array[] }): Promise<VerificationReport>;
}
