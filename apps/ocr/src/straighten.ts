/**
 * Rows of a card that was photographed at a slant: lines that are parallel on the card run together or fan out in the picture. Where
 * each of them would cross the middle of the picture tells which stand in one row.
 */
import type { Box } from './geometry.ts';

interface Slope {
  /** Rise for one pixel to the right, at the middle of the picture, and how it changes down the picture. */
  readonly middle: number;
  readonly perPixelDown: number;
}

export interface Placed {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes as if the rows ran flat. */
export function straighten(boxes: readonly Box[], width: number, height: number): Placed[] {
  const slope = fitSlope(boxes, height / 2);
  return boxes.map((box) => {
    const rise = slope.middle + slope.perPixelDown * (box.center.y - height / 2);
    const middle = box.center.y - rise * (box.center.x - width / 2);
    return {
      left: box.center.x - box.width / 2,
      right: box.center.x + box.width / 2,
      top: middle - box.height / 2,
      bottom: middle + box.height / 2,
    };
  });
}

/** Least squares over the long boxes, longer ones weighing more: their ends are known to the pixel. */
function fitSlope(boxes: readonly Box[], middle: number): Slope {
  let [n, sy, syy, sr, syr] = [0, 0, 0, 0, 0];
  for (const box of boxes.filter(({ width, height }) => width > 4 * height)) {
    const weight = box.width * box.width;
    const y = box.center.y - middle;
    const rise = Math.tan(box.angle);
    n += weight;
    sy += weight * y;
    syy += weight * y * y;
    sr += weight * rise;
    syr += weight * y * rise;
  }
  if (n === 0) return { middle: 0, perPixelDown: 0 };
  // Damped: with all lines in one place there is nothing to say about others.
  const spread = syy - (sy * sy) / n + n * middle * middle * 0.02;
  const perPixelDown = (syr - (sy * sr) / n) / spread;
  return { middle: (sr - perPixelDown * sy) / n, perPixelDown };
}
