/**
 * Every way this package can refuse: MALFORMED and TOO_LARGE speak about bytes from outside, CERTIFICATE_MISSING about
 * a signature without its signer's certificate, INVALID_INPUT and KEY_MISMATCH about the caller's own arguments.
 */
export type PkiErrorCode =
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED'
  | 'CERTIFICATE_MISSING'
  | 'INVALID_INPUT'
  | 'KEY_MISMATCH'
  | 'TIMESTAMP_REJECTED';

/** The only error this package throws on purpose. */
export class PkiError extends Error {
  readonly code: PkiErrorCode;

  constructor(code: PkiErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'PkiError';
    this.code = code;
  }
}

/** The decoded value, or undefined when the bytes are not what they should be. */
export function tryDecode<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof PkiError) {
      return undefined;
    }
    throw error;
  }
}
