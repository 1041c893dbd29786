import { describe, expect, it } from 'vitest';
import { axisDifference, type Box, commonAngle, convexHull, corners, halfTurn, smallestBox } from './geometry.ts';
import { splitStacked } from './stacked-boxes.ts';
import { straighten } from './straighten.ts';

const box = (x: number, y: number, width: number, angle: number): Box => ({
  center: { x, y },
  width,
  height: 20,
  angle,
});

describe('the smallest box around points', () => {
  it.each([0, 0.2, -0.5, 1.2, 2])('finds a rectangle that stands at %d radians', (angle) => {
    const found = smallestBox(convexHull(corners(box(50, 40, 100, angle))));

    expect(found?.width).toBeCloseTo(100, 5);
    expect(found?.height).toBeCloseTo(20, 5);
    expect(axisDifference(found?.angle ?? Number.NaN, angle)).toBeCloseTo(0, 5);
    expect(found?.center.x).toBeCloseTo(50, 5);
  });

  it('takes a nearly square one for flat text', () => {
    const found = smallestBox(convexHull(corners(box(0, 0, 22, Math.PI / 2 + 0.1))));

    expect(Math.abs(found?.angle ?? Number.NaN)).toBeCloseTo(0.1, 5);
  });

  it('is none for no points', () => {
    expect(smallestBox(convexHull([]))).toBeUndefined();
  });
});

describe('the common direction', () => {
  it('is that of the long boxes, whatever the short and the crosswise ones do', () => {
    const boxes = [box(0, 0, 200, 0.1), box(0, 50, 300, 0.12), box(9, 9, 20, 1.5), box(0, 90, 90, 1.6)];

    expect(commonAngle(boxes)).toBeCloseTo(0.11, 1);
  });

  it('of a picture that lies on its side is a quarter', () => {
    expect(Math.abs(commonAngle([box(0, 0, 200, Math.PI / 2), box(40, 0, 200, Math.PI / 2)]))).toBeCloseTo(Math.PI / 2);
  });

  it('is flat when nothing is there', () => {
    expect(commonAngle([])).toBe(0);
  });
});

describe('half a turn', () => {
  it.each([
    [0, 0],
    [Math.PI, 0],
    [-Math.PI / 2, Math.PI / 2],
    [(7 * Math.PI) / 4 - 0.1, (3 * Math.PI) / 4 - 0.1],
  ])('more or less makes %d to %d', (angle, expected) => {
    expect(halfTurn(angle)).toBeCloseTo(expected, 9);
  });
});

describe('a box across the lines', () => {
  it('becomes one box a row', () => {
    const rows = splitStacked([box(10, 40, 60, Math.PI / 2), box(100, 40, 60, 0)], 0);

    expect(rows.map(({ center, angle }) => [Math.round(center.x), Math.round(center.y), angle])).toEqual([
      [10, 20, 0],
      [10, 40, 0],
      [10, 60, 0],
      [100, 40, 0],
    ]);
  });
});

describe('straightening', () => {
  it('puts the pieces of a slanted row at one height', () => {
    const slant = 0.05;
    const piece = (x: number, y: number) => box(x, y + x * Math.tan(slant), 150, slant);

    const [left, right, below] = straighten([piece(0, 0), piece(400, 0), piece(200, 60)], 0);

    expect(left?.top).toBeCloseTo(right?.top ?? Number.NaN, 0);
    expect((below?.top ?? 0) - (left?.top ?? 0)).toBeGreaterThan(40);
  });

  it('turns what stands on its head', () => {
    const [first, second] = straighten([box(100, 100, 80, 0), box(100, 200, 80, 0)], Math.PI);

    expect(first?.top).toBeGreaterThan(second?.top ?? Number.NaN);
  });
});
