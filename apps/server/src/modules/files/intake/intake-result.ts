/** A page as displayed (rotation applied), in points. */
interface IntakePage {
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
}

/** A file that can be signed. */
export interface AcceptedFile {
  readonly ok: true;
  /** The PDF to keep: the upload byte for byte unless it was normalized. */
  readonly bytes: Uint8Array;
  readonly pageCount: number;
  readonly pages: readonly IntakePage[];
  /** Of `bytes`, hexadecimal. */
  readonly sha256: string;
  /** What was uploaded. */
  readonly kind: 'pdf' | 'png' | 'jpeg';
  /** Rewritten once: made from a picture, repaired or decrypted. */
  readonly normalized: boolean;
  /** Carries signatures made elsewhere. */
  readonly signed: boolean;
}

export interface RefusedFile {
  readonly ok: false;
  readonly code: 'UNSUPPORTED' | 'PROCESSING_FAILED';
  /** A Chinese sentence for the person who uploaded it. */
  readonly reason: string;
  /** For the log. */
  readonly detail?: string;
}

export type IntakeResult = AcceptedFile | RefusedFile;

export function refuse(code: RefusedFile['code'], reason: string, detail?: string): RefusedFile {
  return detail === undefined ? { ok: false, code, reason } : { ok: false, code, reason, detail };
}
