import type { SignatureScheme } from '@signet/pki';
import type { Problem } from './problem.ts';

export interface VerificationReport {
  /** Every signature of our parties is valid, and nothing was done to the document but signing. */
  readonly valid: boolean;
  /** About the document and its revisions; each signature carries its own. */
  readonly problems: readonly Problem[];
  /** In the order of their revisions. Those of others, which the document had before our layout, do not count for `valid`. */
  readonly signatures: readonly SignatureReport[];
}

export interface SignatureReport {
  readonly fieldName: string;
  /** Absent for a signature that is not one of our parties'. */
  readonly partyId?: string;
  readonly valid: boolean;
  readonly problems: readonly Problem[];
  /** Subject of the certificate, as RFC 4514 text. */
  readonly signer?: string;
  readonly certificate?: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  readonly scheme?: SignatureScheme;
  readonly level: 'B-B' | 'B-T';
  /** What the signature dictionary claims, /M; the timestamp proves. */
  readonly signedAt?: Date;
  /** What the signature dictionary claims, /Name. */
  readonly claimedName?: string;
  readonly reason?: string;
  readonly timestamp?: { readonly time: Date; readonly valid: boolean };
  /** The revision that the signature made, from 0. */
  readonly revision: number;
  /** Everything up to the end of that revision is signed, but the signature itself. */
  readonly coversRevision: boolean;
  readonly coversWholeDocument: boolean;
  /** What later revisions did. */
  readonly modifiedAfter: readonly Modification[];
}

export interface Modification {
  readonly revision: number;
  readonly allowed: boolean;
  readonly detail: string;
}
