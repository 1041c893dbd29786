import { drawnSignature } from '@signet/protocol/page-api';
import { describe, expect, it } from 'vitest';
import { brushFor, fitInto, outlineOf, type StrokePoint, toDrawing } from './strokes.ts';

const line: readonly StrokePoint[] = [
  [10, 10, 0.5],
  [30, 20, 0.5],
  [60, 60, 0.5],
];

describe('a drawn signature', () => {
  it('is one the server accepts, however much was drawn', () => {
    const endless = Array.from({ length: 9_000 }, (_, i): StrokePoint => [i * 3, -i, 2]);
    const strokes = Array.from({ length: 300 }, () => endless);

    const drawing = toDrawing(strokes, 8);

    expect(drawnSignature.safeParse(drawing).success).toBe(true);
    expect(drawing?.strokes.length).toBe(200);
    expect(drawing?.strokes[0]?.length).toBe(2_000);
  });

  it('keeps both ends of a long stroke', () => {
    const long = Array.from({ length: 5_000 }, (_, i): StrokePoint => [i / 10, 0, 0.5]);

    const points = toDrawing([long], 8)?.strokes[0];

    expect([points?.[0]?.[0], points?.at(-1)?.[0]]).toEqual([0, 499.9]);
  });

  it('is none when nothing has been drawn', () => {
    expect(toDrawing([[]], 8)).toBeUndefined();
  });

  it('has an outline for a line and for a mere dot', () => {
    expect(outlineOf(line, 8)).toMatch(/^M[\d.,-]+ Q.+Z$/);
    expect(outlineOf([[5, 5, 0.5]], 8)).toMatch(/^M[\d.,-]+ Q.+Z$/);
  });
});

describe('a pad that turns', () => {
  it('keeps what was drawn inside, in its proportions and centered', () => {
    const turned = fitInto([line], { width: 340, height: 200 }, { width: 340, height: 100 });

    expect(turned[0]?.[0]).toEqual([90, 5, 0.5]);
    expect(turned[0]?.[2]).toEqual([115, 30, 0.5]);
  });

  it('enlarges nothing', () => {
    const turned = fitInto([line], { width: 300, height: 100 }, { width: 600, height: 200 });

    expect(turned[0]?.[0]).toEqual([160, 60, 0.5]);
  });
});

describe('the pen', () => {
  it.each([
    [200, 6],
    [343, 8],
    [2_000, 14],
  ])('on a pad %d pixels wide is %d pixels wide', (width, brush) => {
    expect(brushFor(width)).toBe(brush);
  });
});
