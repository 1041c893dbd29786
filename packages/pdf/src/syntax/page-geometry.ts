/** The page as displayed – cropped, rotated, in points – against its user space (ISO 32000-2 §8.3.2.3, table 31). */
import type { Page, Rotation } from './pages.ts';

/** A rectangle in points; `x`, `y` is its lower left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `[a b c d e f]` as an operand of `cm`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

type PageShape = Pick<Page, 'cropBox' | 'rotation' | 'userUnit'>;

/** Width and height that a reader shows, in points. */
export function displayedSize({ cropBox, rotation, userUnit }: PageShape): { width: number; height: number } {
  const width = (cropBox.right - cropBox.left) * userUnit;
  const height = (cropBox.top - cropBox.bottom) * userUnit;
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A rectangle of the displayed page as `[left bottom right top]` in user space. */
export function toUserSpace(rect: Rect, page: PageShape): readonly [number, number, number, number] {
  const [x1, y1] = pointToUserSpace(rect.x, rect.y, page);
  const [x2, y2] = pointToUserSpace(rect.x + rect.width, rect.y + rect.height, page);
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

function pointToUserSpace(x: number, y: number, { cropBox, rotation, userUnit }: PageShape): [number, number] {
  const right = x / userUnit;
  const up = y / userUnit;
  switch (rotation) {
    case 0:
      return [cropBox.left + right, cropBox.bottom + up];
    case 90:
      return [cropBox.right - up, cropBox.bottom + right];
    case 180:
      return [cropBox.right - right, cropBox.top - up];
    case 270:
      return [cropBox.left + up, cropBox.top - right];
  }
}

/** The form matrix that turns a picture of this size upright on a page with this rotation. */
export function uprightMatrix(rotation: Rotation, width: number, height: number): Matrix {
  switch (rotation) {
    case 0:
      return [1, 0, 0, 1, 0, 0];
    case 90:
      return [0, 1, -1, 0, height, 0];
    case 180:
      return [-1, 0, 0, -1, width, height];
    case 270:
      return [0, -1, 1, 0, 0, width];
  }
}
