/** Why an operator is turned away; the console's protocol has the same names. */
export type OperatorRefusal =
  | 'SETUP_NEEDED'
  | 'SETUP_DONE'
  | 'SETUP_CODE_WRONG'
  | 'LOGIN_FAILED'
  | 'TOTP_NEEDED'
  | 'TOTP_WRONG'
  | 'ACCOUNT_LOCKED'
  | 'PASSWORD_EXPIRED'
  | 'PASSWORD_WRONG'
  | 'PASSWORD_TOO_WEAK'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS';

export interface RefusalDetails {
  /** For the operator to read, when the refusal's own text says too little. */
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
}

export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly refusal: OperatorRefusal;
  readonly details: RefusalDetails;

  constructor(refusal: OperatorRefusal, details: RefusalDetails = {}) {
    super(refusal);
    this.refusal = refusal;
    this.details = details;
  }
}
