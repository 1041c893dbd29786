/** What a hostile file may cost at most. */
export interface PdfLimits {
  /** Arrays and dictionaries inside each other. */
  readonly maxDepth: number;
  /** Cross-reference entries of all revisions together. */
  readonly maxObjects: number;
  /** Values inside one indirect object. */
  readonly maxItems: number;
  readonly maxStringBytes: number;
  readonly maxNameBytes: number;
  /** One decoded stream. */
  readonly maxInflatedBytes: number;
  /** All decoded streams of one open file together. */
  readonly maxTotalInflatedBytes: number;
  /** Decoded bytes per stored byte; small streams are always allowed `INFLATE_FLOOR_BYTES`. */
  readonly maxInflateRatio: number;
  readonly maxPages: number;
  readonly maxRevisions: number;
}

/** Short and very regular streams, such as cross-reference streams, compress well without being an attack. */
export const INFLATE_FLOOR_BYTES = 1 << 20;

export const DEFAULT_LIMITS: PdfLimits = {
  maxDepth: 100,
  maxObjects: 1_000_000,
  maxItems: 2_000_000,
  maxStringBytes: 1 << 20,
  maxNameBytes: 1024,
  maxInflatedBytes: 64 << 20,
  maxTotalInflatedBytes: 256 << 20,
  maxInflateRatio: 250,
  maxPages: 5000,
  maxRevisions: 2048,
};
