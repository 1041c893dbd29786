/** What drawn and typed signatures (手写签名) share: their paper, their ink and how they are fitted onto it. */
import { artworkOf, inked, type SealArtwork, toPoints } from './artwork.ts';
import { type Box, boxOf, heightOf, mapOutline, type Outline, placement, widthOf } from './outlines.ts';

export const SIGNATURE_SIZE = { widthMm: 40, heightMm: 15 } as const;

/** The same in points. */
export const SIGNATURE_PAPER = {
  width: toPoints(SIGNATURE_SIZE.widthMm),
  height: toPoints(SIGNATURE_SIZE.heightMm),
} as const;

/** Ink, never the red of a seal: nobody shall take a signature for one. */
const INK = '#16202E';
/** Keeps the ink off the very edge, where readers cut. */
const MARGIN_MM = 0.4;

export const INK_ROOM = {
  width: SIGNATURE_SIZE.widthMm - 2 * MARGIN_MM,
  height: SIGNATURE_SIZE.heightMm - 2 * MARGIN_MM,
} as const;

/** How much ink in this box may grow to fill the paper. */
export function scaleToPaper(box: Box): number {
  return Math.min(INK_ROOM.width / widthOf(box), INK_ROOM.height / heightOf(box));
}

/** Ink in the middle of the paper, never larger than it fits. */
export function onPaper(outlines: readonly Outline[], wanted: number, fallback?: SealArtwork['fallback']): SealArtwork {
  const box = boxOf(outlines.flat());
  if (!box) return artworkOf(SIGNATURE_SIZE, [], fallback);
  const scale = Math.min(wanted, scaleToPaper(box));
  const middle = { x: SIGNATURE_SIZE.widthMm / 2, y: SIGNATURE_SIZE.heightMm / 2 };
  const matrix = placement(box, { x: scale, y: scale }, middle);
  const items = outlines.map((outline) => inked(mapOutline(outline, matrix), INK));
  return artworkOf(SIGNATURE_SIZE, items, fallback);
}
