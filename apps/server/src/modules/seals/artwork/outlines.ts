/** Plane geometry on outlines: affine maps, boxes and a simplification that keeps seals small without a visible change. */
import type { PathSegment } from '@signet/pdf';

export type Outline = readonly PathSegment[];

/** x' = a·x + c·y + e, y' = b·x + d·y + f, as in a PDF matrix. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export const widthOf = (box: Box): number => box.right - box.left;
export const heightOf = (box: Box): number => box.top - box.bottom;

export function mapOutline(outline: Outline, [a, b, c, d, e, f]: Matrix): PathSegment[] {
  const x = (px: number, py: number): number => a * px + c * py + e;
  const y = (px: number, py: number): number => b * px + d * py + f;

  return outline.map((s): PathSegment => {
    if (s[0] === 'Z') {
      return s;
    }
    if (s[0] === 'C') {
      return ['C', x(s[1], s[2]), y(s[1], s[2]), x(s[3], s[4]), y(s[3], s[4]), x(s[5], s[6]), y(s[5], s[6])];
    }
    return [s[0], x(s[1], s[2]), y(s[1], s[2])];
  });
}

/** Scales and moves so that the middle of `box` lands on (x, y), then turns clockwise by `angle` about the origin. */
export function placement(
  box: Box,
  scale: { readonly x: number; readonly y: number },
  middle: { readonly x: number; readonly y: number },
  angle = 0,
): Matrix {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dx = middle.x - (scale.x * (box.left + box.right)) / 2;
  const dy = middle.y - (scale.y * (box.bottom + box.top)) / 2;

  return [scale.x * cos, -scale.x * sin, scale.y * sin, scale.y * cos, dx * cos + dy * sin, -dx * sin + dy * cos];
}

/** The box of all control points: exact for glyphs, whose extremes lie on the curve. */
export function boxOf(outline: Outline): Box | undefined {
  const box = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity };
  for (const [, ...numbers] of outline) {
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const x = numbers[i] ?? 0;
      const y = numbers[i + 1] ?? 0;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = Math.min(box.bottom, y);
      box.top = Math.max(box.top, y);
    }
  }
  return box.left === Infinity ? undefined : box;
}

const HUNDREDTHS = 100;
const round = (value: number): number => Math.round(value * HUNDREDTHS) / HUNDREDTHS;

/** Two decimals of a point are 3.5 µm on paper; finer digits only cost bytes. */
export function roundOutline(outline: Outline): PathSegment[] {
  return outline.map((s): PathSegment => {
    if (s[0] === 'Z') {
      return s;
    }
    if (s[0] === 'C') {
      return ['C', round(s[1]), round(s[2]), round(s[3]), round(s[4]), round(s[5]), round(s[6])];
    }
    return [s[0], round(s[1]), round(s[2])];
  });
}
