import { deflateSync } from 'node:zlib';
import type { Drawing, PathSegment } from '@signet/pdf';
import { describe, expect, it } from 'vitest';
import { drawCompanySeal } from './company-seal.ts';

const LONG_NAME = '中国（广东）自由贸易试验区深圳前海蛇口片区星海云帆供应链管理服务股份有限责任公司福田分公司';
const CODE = '3301060012345';
const POINTS_PER_MM = 72 / 25.4;

type Point = readonly [x: number, y: number];
type Edge = readonly [from: Point, to: Point];

/** The edges of a shape, its curves cut into eight. */
function edgesOf(segments: readonly PathSegment[]): Edge[] {
  const edges: Edge[] = [];
  let at: Point = [0, 0];
  for (const s of segments) {
    if (s[0] === 'M') {
      at = [s[1], s[2]];
    } else if (s[0] === 'L') {
      edges.push([at, [s[1], s[2]]]);
      at = [s[1], s[2]];
    } else if (s[0] === 'C') {
      const from = at;
      for (let i = 1; i <= 8; i += 1) {
        const t = i / 8;
        const u = 1 - t;
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        const to: Point = [a * from[0] + b * s[1] + c * s[3] + d * s[5], a * from[1] + b * s[2] + c * s[4] + d * s[6]];
        edges.push([at, to]);
        at = to;
      }
    }
  }
  return edges;
}

function pointToEdge([px, py]: Point, [[ax, ay], [bx, by]]: Edge): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

function side([[ax, ay], [bx, by]]: Edge, [px, py]: Point): number {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

function edgeDistance(a: Edge, b: Edge): number {
  if (side(a, b[0]) * side(a, b[1]) < 0 && side(b, a[0]) * side(b, a[1]) < 0) {
    return 0;
  }
  return Math.min(pointToEdge(a[0], b), pointToEdge(a[1], b), pointToEdge(b[0], a), pointToEdge(b[1], a));
}

function middleOf(edges: readonly Edge[]): Point {
  const xs = edges.map(([from]) => from[0]);
  const ys = edges.map(([from]) => from[1]);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** The smallest distance between any two inked shapes of a seal, in millimetres; the ring is looked at separately. */
function closestShapes(drawing: Drawing): number {
  const shapes = drawing.items.slice(1).flatMap((item) => (item.kind === 'path' ? [edgesOf(item.segments)] : []));
  const middles = shapes.map(middleOf);
  let closest = Infinity;
  for (let i = 0; i < shapes.length; i += 1) {
    for (let j = i + 1; j < shapes.length; j += 1) {
      const [a, b] = [middles[i]!, middles[j]!];
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) < 40) {
        closest = Math.min(closest, shapeDistance(shapes[i]!, shapes[j]!));
      }
    }
  }
  return closest / POINTS_PER_MM;
}

function shapeDistance(a: readonly Edge[], b: readonly Edge[]): number {
  let closest = Infinity;
  for (const edge of a) {
    for (const other of b) {
      if (Math.abs(edge[0][0] - other[0][0]) < 6 && Math.abs(edge[0][1] - other[0][1]) < 6) {
        closest = Math.min(closest, edgeDistance(edge, other));
      }
    }
  }
  return closest;
}

/** How far the ink reaches from the centre, in millimetres. */
function reach(drawing: Drawing): number {
  const centre = drawing.width / 2;
  const points = drawing.items.slice(1).flatMap((item) => (item.kind === 'path' ? edgesOf(item.segments).flat() : []));
  return Math.max(...points.map(([x, y]) => Math.hypot(x - centre, y - centre))) / POINTS_PER_MM;
}

function deflatedSize(drawing: Drawing): number {
  const operators = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const;
  const content = drawing.items.flatMap((item) =>
    item.kind === 'path' ? item.segments.map(([op, ...numbers]) => `${numbers.join(' ')} ${operators[op]}\n`) : [],
  );
  return deflateSync(content.join('')).length;
}

describe('the official seal of a company', () => {
  const lengths = Array.from({ length: 37 }, (_, i) => i + 4);

  it.each(lengths)('sets a name of %i characters on the arc without any two shapes touching', (length) => {
    const { drawing } = drawCompanySeal(LONG_NAME.slice(0, length), { code: CODE });

    expect(closestShapes(drawing)).toBeGreaterThan(0.14);
    expect(reach(drawing)).toBeLessThan(21 - 1.2 - 0.5);
  });

  it.each(['一二三四五六七八九十', '龘齉爨麤龘齉爨麤龘齉爨麤龘齉爨麤'])(
    'keeps flat and crowded characters apart: %s',
    (name) => {
      expect(closestShapes(drawCompanySeal(name, { code: CODE }).drawing)).toBeGreaterThan(0.1);
    },
  );

  it.each(lengths.filter((length) => length % 6 === 4))(
    'keeps the words of a contract seal clear of a name of %i characters',
    (length) => {
      const { drawing, widthMm } = drawCompanySeal(LONG_NAME.slice(0, length), {
        code: CODE,
        centerText: '合同专用章',
      });

      expect(widthMm).toBe(40);
      expect(closestShapes(drawing)).toBeGreaterThan(0.14);
    },
  );

  it('measures 42 mm on paper', () => {
    const { drawing, svg, widthMm, heightMm } = drawCompanySeal('北京星海云帆科技有限公司');

    expect([widthMm, heightMm]).toEqual([42, 42]);
    expect(drawing.width).toBeCloseTo(119.06, 2);
    expect(svg).toContain('width="42mm" height="42mm"');
  });

  it('stays small for the longest names', () => {
    expect(deflatedSize(drawCompanySeal(LONG_NAME.slice(0, 40), { code: CODE }).drawing)).toBeLessThan(25_000);
    expect(deflatedSize(drawCompanySeal('北京星海云帆科技有限公司', { code: CODE }).drawing)).toBeLessThan(15_000);
  });

  it('keeps a seal with a character that no font has, and says so', () => {
    const artwork = drawCompanySeal('𠮷野家餐饮管理有限公司', { code: CODE });

    expect(artwork.fallback).toBe('typed');
    expect(closestShapes(artwork.drawing)).toBeGreaterThan(0.1);
  });

  it('takes Latin names, brackets and names beyond forty characters', () => {
    const names = ['Acme International Trading Company Ltd.', '上海ABC（China）有限公司', LONG_NAME + LONG_NAME, '公'];

    expect(names.map((name) => closestShapes(drawCompanySeal(name).drawing) > 0.05)).toEqual([true, true, true, true]);
  });
});
