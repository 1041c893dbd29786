/** Every way in which reading, laying out or signing a PDF can be refused. */
export type PdfErrorCode =
  | 'NOT_A_PDF'
  | 'MALFORMED'
  | 'UNSUPPORTED'
  | 'ENCRYPTED'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'CYCLE'
  | 'CERTIFIED'
  | 'INVALID_PLAN'
  | 'PAGE_NOT_FOUND'
  | 'INVALID_DRAWING'
  | 'UNKNOWN_PARTY'
  | 'PLACES_MISMATCH'
  | 'ALREADY_SIGNED'
  | 'CMS_TOO_LARGE';

export class PdfError extends Error {
  readonly code: PdfErrorCode;

  constructor(code: PdfErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PdfError';
    this.code = code;
  }
}
