/**
 * Fewer curves for the same shape. TrueType stores a cubic curve as a chain of quadratic ones; joining the chain again
 * (after Schneider, "An algorithm for automatically fitting digitized curves") halves the bytes of a seal.
 */
import type { PathSegment } from '@signet/pdf';
import type { Outline } from './outlines.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Curve {
  readonly from: Point;
  readonly c1: Point;
  readonly c2: Point;
  readonly to: Point;
}

const LONGEST_CHAIN = 8;
const SAMPLES_PER_CURVE = 6;
/** Directions that differ by less than this sine count as smooth. */
const SMOOTH = 0.12;

/** Joins chains of smooth curves while the outline moves by less than `tolerance`. */
export function simplifyOutline(outline: Outline, tolerance: number): PathSegment[] {
  const result: PathSegment[] = [];
  let chain: Curve[] = [];
  let at: Point = { x: 0, y: 0 };
  const flush = (): void => {
    result.push(...joinChain(chain, tolerance));
    chain = [];
  };

  for (const segment of outline) {
    if (segment[0] !== 'C') {
      flush();
      result.push(segment);
      at = segment[0] === 'Z' ? at : { x: segment[1], y: segment[2] };
      continue;
    }
    const curve = toCurve(at, segment);
    const last = chain.at(-1);
    if (last && !isSmooth(last, curve)) {
      flush();
    }
    chain.push(curve);
    at = curve.to;
  }
  flush();
  return result;
}

function toCurve(from: Point, s: readonly ['C', number, number, number, number, number, number]): Curve {
  return { from, c1: { x: s[1], y: s[2] }, c2: { x: s[3], y: s[4] }, to: { x: s[5], y: s[6] } };
}

/** Takes the longest stretch that one curve can follow, then the next. */
function joinChain(chain: readonly Curve[], tolerance: number): PathSegment[] {
  const result: PathSegment[] = [];
  let start = 0;
  while (start < chain.length) {
    const { curve, length } = longestFit(chain.slice(start, start + LONGEST_CHAIN), tolerance);
    result.push(isStraight(curve, tolerance) ? ['L', curve.to.x, curve.to.y] : toSegment(curve));
    start += length;
  }
  return result;
}

function longestFit(chain: readonly Curve[], tolerance: number): { curve: Curve; length: number } {
  const [first] = chain as [Curve];
  for (let length = chain.length; length > 1; length -= 1) {
    const curve = fit(chain.slice(0, length), tolerance);
    if (curve) {
      return { curve, length };
    }
  }
  return { curve: first, length: 1 };
}

const toSegment = ({ c1, c2, to }: Curve): PathSegment => ['C', c1.x, c1.y, c2.x, c2.y, to.x, to.y];

/** Least squares for the lengths of the two handles; their directions are those of the chain's ends. */
function fit(chain: readonly Curve[], tolerance: number): Curve | undefined {
  const samples = sample(chain);
  const from = samples.at(0)?.point;
  const to = samples.at(-1)?.point;
  const leaving = direction(chain[0]?.from, chain[0]?.c1);
  const arriving = direction(chain.at(-1)?.to, chain.at(-1)?.c2);
  if (!from || !to || !leaving || !arriving) {
    return undefined;
  }

  const handles = solveHandles({ from, to, leaving, arriving }, samples);
  if (!handles || handles.a <= 0 || handles.b <= 0) {
    return undefined;
  }
  const curve = { from, c1: along(from, leaving, handles.a), c2: along(to, arriving, handles.b), to };
  return samples.every(({ point }) => distanceTo(curve, point) <= tolerance) ? curve : undefined;
}

interface Sample {
  readonly point: Point;
  readonly t: number;
}

/** Points of the chain with their share of its length. */
function sample(chain: readonly Curve[]): Sample[] {
  const points = chain.flatMap((curve, i) =>
    Array.from({ length: SAMPLES_PER_CURVE + (i === 0 ? 1 : 0) }, (_, k) =>
      pointAt(curve, (k + (i === 0 ? 0 : 1)) / SAMPLES_PER_CURVE),
    ),
  );
  let length = 0;
  const lengths = points.map((point, i) => {
    length += distance(point, points[i - 1] ?? point);
    return length;
  });
  return points.map((point, i) => ({ point, t: length === 0 ? 0 : (lengths[i] ?? 0) / length }));
}

function solveHandles(
  ends: { from: Point; to: Point; leaving: Point; arriving: Point },
  samples: readonly Sample[],
): { a: number; b: number } | undefined {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (const { point, t } of samples) {
    const [b0, b1, b2, b3] = bernstein(t);
    const rest = {
      x: point.x - ends.from.x * (b0 + b1) - ends.to.x * (b2 + b3),
      y: point.y - ends.from.y * (b0 + b1) - ends.to.y * (b2 + b3),
    };
    aa += b1 * b1;
    bb += b2 * b2;
    ab += b1 * b2 * dot(ends.leaving, ends.arriving);
    ra += b1 * dot(ends.leaving, rest);
    rb += b2 * dot(ends.arriving, rest);
  }
  const determinant = aa * bb - ab * ab;
  return Math.abs(determinant) < 1e-12
    ? undefined
    : { a: (ra * bb - rb * ab) / determinant, b: (rb * aa - ra * ab) / determinant };
}

const STEPS = 24;

function distanceTo(curve: Curve, point: Point): number {
  let best = Infinity;
  let before = curve.from;
  for (let step = 1; step <= STEPS; step += 1) {
    const after = pointAt(curve, step / STEPS);
    best = Math.min(best, distanceToLine(before, after, point));
    before = after;
  }
  return best;
}

function distanceToLine(a: Point, b: Point, p: Point): number {
  const along = { x: b.x - a.x, y: b.y - a.y };
  const square = dot(along, along);
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, dot(along, { x: p.x - a.x, y: p.y - a.y }) / square));
  return distance(p, { x: a.x + along.x * t, y: a.y + along.y * t });
}

function isStraight({ from, c1, c2, to }: Curve, tolerance: number): boolean {
  return distanceToLine(from, to, c1) < tolerance && distanceToLine(from, to, c2) < tolerance;
}

function isSmooth(before: Curve, after: Curve): boolean {
  const arriving = direction(before.c2, before.to);
  const leaving = direction(after.from, after.c1);
  if (!arriving || !leaving) {
    return false;
  }
  return dot(arriving, leaving) > 0 && Math.abs(arriving.x * leaving.y - arriving.y * leaving.x) < SMOOTH;
}

function pointAt({ from, c1, c2, to }: Curve, t: number): Point {
  const [b0, b1, b2, b3] = bernstein(t);
  return { x: b0 * from.x + b1 * c1.x + b2 * c2.x + b3 * to.x, y: b0 * from.y + b1 * c1.y + b2 * c2.y + b3 * to.y };
}

function bernstein(t: number): [number, number, number, number] {
  const u = 1 - t;
  return [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
}

function direction(from: Point | undefined, to: Point | undefined): Point | undefined {
  if (!from || !to) {
    return undefined;
  }
  const length = distance(from, to);
  return length < 1e-9 ? undefined : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

const dot = (a: Point, b: Point): number => a.x * b.x + a.y * b.y;
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const along = (p: Point, d: Point, length: number): Point => ({ x: p.x + d.x * length, y: p.y + d.y * length });
