/** What page and server must agree on about drawn signatures (手写签名). Free of the schema library, which no phone should load. */

/** Longest side of the drawing pad in its own units; strokes outside it are refused. */
export const PAD_LIMIT = 4_000;

/**
 * Options of `perfect-freehand`, which turns strokes into outlines on both sides, so that what is sealed is what was drawn; `size`
 * is the drawing's own brush. Pressure is simulated from speed, because fingers and mice report none.
 */
export const HANDWRITING_STROKE = {
  thinning: 0.6,
  smoothing: 0.55,
  streamline: 0.4,
  simulatePressure: true,
  last: true,
} as const;
