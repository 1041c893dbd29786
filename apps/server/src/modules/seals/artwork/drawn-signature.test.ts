import type { Drawing } from '@signet/pdf';
import { PAD_LIMIT } from '@signet/protocol/handwriting';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { toStoredArtwork } from '../stored-artwork.ts';
import { type DrawnSignature, drawSignature, type StrokePoint } from './drawn-signature.ts';
import { boxOf, heightOf, widthOf } from './outlines.ts';

const PAPER = { width: 113.39, height: 42.52 };

const line = (from: readonly [number, number], to: readonly [number, number], points = 30): StrokePoint[] =>
  Array.from({ length: points }, (_, i) => {
    const share = points === 1 ? 0 : i / (points - 1);
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, 0.5];
  });

const inkOf = (drawing: Drawing) =>
  drawing.items.map((item) => {
    const box = item.kind === 'path' ? boxOf(item.segments) : undefined;
    if (!box) throw new Error('a stroke without ink');
    return box;
  });

const numbersOf = (drawing: Drawing): number[] =>
  drawing.items.flatMap((item) =>
    item.kind === 'path' ? item.segments.flatMap(([, ...numbers]): number[] => numbers) : [],
  );

const storedBytes = (signature: DrawnSignature): number =>
  JSON.stringify(toStoredArtwork(drawSignature(signature))).length;

function liesOnPaper(drawing: Drawing): boolean {
  return inkOf(drawing).every(
    ({ left, bottom, right, top }) => left >= 0 && bottom >= 0 && right <= drawing.width && top <= drawing.height,
  );
}

describe('a drawn signature', () => {
  it('is dark ink on paper of 40 × 15 mm, one shape a stroke', () => {
    const strokes = [line([20, 60], [300, 40]), line([150, 10], [160, 120])];

    const { drawing, widthMm, heightMm } = drawSignature({ strokes, brush: 5 });

    expect({ widthMm, heightMm }).toEqual({ widthMm: 40, heightMm: 15 });
    expect(drawing).toMatchObject(PAPER);
    expect(drawing.items.map((item) => item.fill)).toEqual(['#16202E', '#16202E']);
  });

  it('fills its paper in one direction, in the middle of the other, in its own proportions', () => {
    const wide = inkOf(drawSignature({ strokes: [line([1000, 1000], [1400, 1000])], brush: 8 }).drawing)[0]!;
    const tall = inkOf(drawSignature({ strokes: [line([0, 0], [0, 400])], brush: 8 }).drawing)[0]!;

    expect(widthOf(wide)).toBeCloseTo(PAPER.width - 2.27, 0);
    expect((wide.bottom + wide.top) / 2).toBeCloseTo(PAPER.height / 2, 1);
    expect(heightOf(tall)).toBeCloseTo(PAPER.height - 2.27, 0);
    expect((tall.left + tall.right) / 2).toBeCloseTo(PAPER.width / 2, 1);
    expect(heightOf(wide)).toBeLessThan(4);
  });

  it('stands upright: what was drawn above is above', () => {
    const [above, below] = inkOf(
      drawSignature({ strokes: [line([0, 0], [100, 0]), line([200, 90], [300, 90])], brush: 5 }).drawing,
    );

    expect(above!.bottom).toBeGreaterThan(below!.top);
    expect(above!.right).toBeLessThan(below!.left);
  });

  it('may be a single dot, which is not blown up', () => {
    const dots = [line([5, 5], [5, 5], 1), line([5, 5], [5, 5], 40), line([5, 5], [5.001, 5], 2)];

    const sizes = dots.map((dot) => widthOf(inkOf(drawSignature({ strokes: [dot], brush: 6 }).drawing)[0]!));

    for (const size of sizes) {
      expect(size).toBeGreaterThan(1);
      expect(size).toBeLessThan(8);
    }
  });

  it('is a picture that others can draw', async () => {
    const { svg } = drawSignature({ strokes: [line([0, 0], [300, 100])], brush: 12 });

    const { channels } = await sharp(Buffer.from(svg), { density: 300 }).stats();

    expect(channels[3]!.mean).toBeGreaterThan(2);
  });

  it('has two decimals and stays small, however many points a screen reports', () => {
    const wave = Array.from({ length: 2_000 }, (_, i): StrokePoint => [i / 4, 60 + 40 * Math.sin(i / 60), 0.5]);
    const signature = { strokes: [wave, wave.map(([x, y]): StrokePoint => [x, y + 100, 0.5])], brush: 6 };

    const numbers = numbersOf(drawSignature(signature).drawing);

    expect(numbers.every((n) => Math.abs(n * 100 - Math.round(n * 100)) < 1e-6)).toBe(true);
    expect(storedBytes(signature)).toBeLessThan(20_000);
  });
});

describe('strokes that are no signature', () => {
  const many = (count: number, points: number) => Array.from({ length: count }, () => line([0, 0], [300, 100], points));
  const tangle = Array.from({ length: 10 }, (_, stroke) =>
    Array.from({ length: 2_000 }, (_, i): StrokePoint => [i % 2 ? 400 : -400, i / 5 + stroke, 0.5]),
  );

  it.each<[string, DrawnSignature]>([
    ['there are none', { strokes: [], brush: 5 }],
    ['one is empty', { strokes: [line([0, 0], [9, 9]), []], brush: 5 }],
    ['there are more than 200', { strokes: many(201, 2), brush: 5 }],
    ['they have more than 20,000 points', { strokes: many(11, 1_900), brush: 5 }],
    ['a coordinate is no number', { strokes: [[[Number.NaN, 0, 0.5]]], brush: 5 }],
    ['a coordinate is infinite', { strokes: [[[0, Number.POSITIVE_INFINITY, 0.5]]], brush: 5 }],
    ['one leaves the pad', { strokes: [line([0, 0], [PAD_LIMIT + 1, 0])], brush: 5 }],
    ['the brush is no number', { strokes: [line([0, 0], [9, 9])], brush: Number.NaN }],
    ['the brush has no width', { strokes: [line([0, 0], [9, 9])], brush: 0 }],
    ['the line would vanish in print', { strokes: [line([-4_000, 0], [4_000, 0])], brush: 0.5 }],
    ['they are a tangle', { strokes: tangle, brush: 8 }],
  ])('are refused when %s', (_, signature) => {
    expect(() => drawSignature(signature)).toThrow(expect.objectContaining({ error: 'HANDWRITING_UNUSABLE' }));
  });

  const coordinate = fc.double({ min: -PAD_LIMIT, max: PAD_LIMIT, noNaN: true });
  const point = fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 1, noNaN: true }));
  const strokes = fc.array(fc.array(point, { minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 12 });

  it('or else lie on the paper and stay small, whatever they are', () => {
    fc.assert(
      fc.property(strokes, fc.double({ min: 40, max: 100, noNaN: true }), (drawn, brush) => {
        const { drawing } = drawSignature({ strokes: drawn, brush });
        expect(drawing.items).toHaveLength(drawn.length);
        expect(liesOnPaper(drawing)).toBe(true);
        expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
        expect(storedBytes({ strokes: drawn, brush })).toBeLessThan(150_000);
      }),
      { numRuns: 60 },
    );
  });

  it('or else lie on the paper, with any brush', () => {
    const outcome = (signature: DrawnSignature): boolean | string => {
      try {
        return liesOnPaper(drawSignature(signature).drawing);
      } catch (error) {
        return (error as { error: string }).error;
      }
    };

    fc.assert(
      fc.property(strokes, fc.double({ min: 0.5, max: 100, noNaN: true }), (drawn, brush) =>
        [true, 'HANDWRITING_UNUSABLE'].includes(outcome({ strokes: drawn, brush })),
      ),
      { numRuns: 60 },
    );
  });
});
