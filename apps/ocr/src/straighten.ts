/**
 * Rows of a card that was photographed at a slant: lines that are parallel on the card run together or fan out in the picture. Where
 * each of them would cross the middle of the picture tells which stand in one row.
 */
import { axisDifference, type Box, rotate } from './geometry.ts';

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

/** The boxes as if the rows ran flat from left to right; `angle` is the direction in which most of them are read. */
export function straighten(boxes: readonly Box[], angle: number): Placed[] {
  const flat = boxes.map((box) => ({
    ...box,
    center: rotate(box.center, -angle),
    angle: axisDifference(box.angle, angle),
  }));
  const middle = { x: mean(flat.map(({ center }) => center.x)), y: mean(flat.map(({ center }) => center.y)) };
  const slope = fitSlope(flat, middle.y);
  return flat.map(({ center, width, height }) => {
    const rise = slope.middle + slope.perPixelDown * (center.y - middle.y);
    const y = center.y - rise * (center.x - middle.x);
    return { left: center.x - width / 2, right: center.x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Least squares over the long boxes, longer ones weighing more: their ends are known to the pixel. */
function fitSlope(boxes: readonly Box[], middle: number): Slope {
  let [n, sy, syy, sr, syr] = [0, 0, 0, 0, 0];
  const spreadOfAll = boxes.reduce((most, { center }) => Math.max(most, Math.abs(center.y - middle)), 1);
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
  const spread = syy - (sy * sy) / n + n * spreadOfAll * spreadOfAll * 0.05;
  const perPixelDown = (syr - (sy * sr) / n) / spread;
  return { middle: (sr - perPixelDown * sy) / n, perPixelDown };
}
