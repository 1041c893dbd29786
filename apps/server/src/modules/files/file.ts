/** A page as displayed (rotation applied), in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface StoredFile {
  readonly fileCode: string;
  readonly appId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly pages: readonly PageSize[];
  readonly kind: 'pdf' | 'png' | 'jpeg';
  /** Carries signatures made elsewhere. */
  readonly signed: boolean;
  readonly storageKey: string;
  readonly createdAt: Date;
}
