/** A signature drawn on a page: strokes become the outlines of a brush, vectors as every other seal. */
import type { PathSegment } from '@signet/pdf';
import { ApiError } from '@signet/protocol/errors';
import { HANDWRITING_STROKE, PAD_LIMIT } from '@signet/protocol/handwriting';
import { getStroke } from 'perfect-freehand';
import type { SealArtwork } from './artwork.ts';
import type { Box, Outline } from './outlines.ts';
import { onPaper, scaleToPaper } from './signature-paper.ts';
import { simplifyOutline } from './simplify.ts';

/** x to the right, y down, pressure 0–1; pad units. */
export type StrokePoint = readonly [x: number, y: number, pressure: number];

export interface DrawnSignature {
  readonly strokes: readonly (readonly StrokePoint[])[];
  /** Brush width in pad units. */
  readonly brush: number;
}

type Point = readonly [x: number, y: number];

const MOST_STROKES = 200;
const MOST_POINTS = 20_000;
/** On paper, in millimetres: a dot or a short line is not blown up to the size of the paper, and no line vanishes in print. */
const WIDEST_BRUSH_MM = 1.4;
const THINNEST_BRUSH_MM = 0.06;
/** Corners of the outline that lie closer together than this are one: half a dot of a printer with 600 dots an inch. */
const CLOSEST_MM = 0.02;
/** Invisible in print; tried in turn until the drawing is small enough. */
const TOLERANCES_MM = [0.01, 0.03, 0.06];
/** Three characters of nine strokes have some 2,700 corners, and 17 kB once they are simplified. */
const MOST_CORNERS = 24_000;
const MOST_NUMBERS = 16_000;

/** @throws ApiError HANDWRITING_UNUSABLE for strokes that are no signature: too many, outside the pad, too fine or too tangled. */
export function drawSignature(signature: DrawnSignature): SealArtwork {
  refuseUnreadable(signature);
  const { strokes, brush } = signature;
  const polygons = strokes.map((stroke) => polygonOf(stroke, brush));
  const box = boxOfPoints(polygons.flat());
  const scale = Math.min(scaleToPaper(box), WIDEST_BRUSH_MM / brush);
  if (brush * scale < THINNEST_BRUSH_MM) throw unusable('笔画过细');

  const thinned = polygons.map((polygon) => withoutNeighbors(polygon, CLOSEST_MM / scale));
  if (thinned.flat().length > MOST_CORNERS) throw unusable('笔画过于复杂');
  return onPaper(smallEnough(thinned.map(closedCurve), scale), scale);
}

/** The page has checked the same; whoever calls without a page has not. */
function refuseUnreadable({ strokes, brush }: DrawnSignature): void {
  const points = strokes.flat();
  if (strokes.length === 0 || strokes.some((stroke) => stroke.length === 0)) throw unusable('没有笔画');
  if (strokes.length > MOST_STROKES || points.length > MOST_POINTS) throw unusable('笔画过多');
  const isReadable = points.every(([x, y]) => isOnPad(x) && isOnPad(y));
  if (!isReadable || !Number.isFinite(brush) || brush <= 0) throw unusable('笔画超出书写区域');
}

const isOnPad = (coordinate: number): boolean => Math.abs(coordinate) <= PAD_LIMIT;

function unusable(detail: string): ApiError {
  return new ApiError('HANDWRITING_UNUSABLE', {}, { detail });
}

function polygonOf(stroke: readonly StrokePoint[], brush: number): Point[] {
  const outline = getStroke(
    stroke.map((point) => [...point]),
    { ...HANDWRITING_STROKE, size: brush },
  );
  return outline.map(([x, y]) => [x, -y]);
}

function boxOfPoints(points: readonly Point[]): Box {
  const box = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.bottom = Math.min(box.bottom, y);
    box.top = Math.max(box.top, y);
  }
  return box;
}

function withoutNeighbors(polygon: readonly Point[], closest: number): readonly Point[] {
  const kept: Point[] = [];
  for (const point of polygon) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= closest) kept.push(point);
  }
  return kept.length < 3 ? polygon : kept;
}

/** A closed curve that takes the corners as control points and passes through the middle of every side. */
function closedCurve(polygon: readonly Point[]): PathSegment[] {
  const corner = (i: number): Point => polygon[i % polygon.length] ?? [0, 0];
  const middleAfter = (i: number): Point => between(corner(i), corner(i + 1), 1 / 2);
  const [x, y] = middleAfter(0);
  const curves = polygon.map((_, i): PathSegment => {
    const [from, control, to] = [middleAfter(i), corner(i + 1), middleAfter(i + 1)];
    // A quadratic curve raised to a cubic one, which is all that PDF knows.
    return ['C', ...between(from, control, 2 / 3), ...between(to, control, 2 / 3), ...to];
  });
  return [['M', x, y], ...curves, ['Z']];
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

function smallEnough(curves: readonly Outline[], scale: number): readonly Outline[] {
  for (const tolerance of TOLERANCES_MM) {
    const simple = curves.map((curve) => simplifyOutline(curve, tolerance / scale));
    if (simple.flat(2).length <= MOST_NUMBERS) return simple;
  }
  throw unusable('笔画过于复杂');
}
