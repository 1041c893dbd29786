/** Why a signature, timestamp or certificate is not accepted. A closed list: callers translate it. */
export type PkiProblemCode =
  | 'STRUCTURE_INVALID'
  | 'DIGEST_MISMATCH'
  | 'SIGNATURE_INVALID'
  | 'ALGORITHM_NOT_ALLOWED'
  | 'KEY_TOO_WEAK'
  | 'ATTRIBUTE_MISSING'
  | 'ATTRIBUTE_REPEATED'
  | 'ATTRIBUTE_INVALID'
  | 'SIGNING_CERTIFICATE_MISMATCH'
  | 'CHAIN_INCOMPLETE'
  | 'CHAIN_SIGNATURE_INVALID'
  | 'NOT_A_CERTIFICATE_AUTHORITY'
  | 'PATH_TOO_LONG'
  | 'KEY_USAGE_INVALID'
  | 'EXTENDED_KEY_USAGE_INVALID'
  | 'CRITICAL_EXTENSION_UNKNOWN'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_REVOKED'
  | 'REVOCATION_UNKNOWN'
  | 'VALIDATION_TIME_UNKNOWN'
  | 'NONCE_MISMATCH'
  | 'TIMESTAMP_INVALID';

export interface PkiProblem {
  readonly code: PkiProblemCode;
  /** For logs and reports, in English. */
  readonly detail: string;
}

export function problem(code: PkiProblemCode, detail: string): PkiProblem {
  return { code, detail };
}
