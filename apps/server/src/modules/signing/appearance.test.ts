import type { Drawing, DrawingItem } from '@signet/pdf';
import { describe, expect, it } from 'vitest';
import { createDrawPlaces, type PlaceToFill } from './appearance.ts';

/** Twice as wide as high: one diagonal. */
const SEAL: Drawing = {
  width: 100,
  height: 50,
  items: [
    {
      kind: 'path',
      segments: [
        ['M', 0, 0],
        ['L', 100, 50],
      ],
      fill: '#C7000B',
    },
  ] as unknown as DrawingItem[],
};
const PLACE: PlaceToFill = { placeId: 'a', seal: () => SEAL, sealKey: '1', width: 200, height: 200, dateText: null };

const drawPlaces = (places: readonly PlaceToFill[], options: { sandbox: boolean }) => createDrawPlaces(options)(places);
const segmentsOf = (drawing: Drawing | undefined) =>
  drawing?.items.flatMap((item) => (item.kind === 'text' ? [] : [item.segments]))[0];
const textsOf = (drawing: Drawing | undefined) =>
  drawing?.items.flatMap((item) => (item.kind === 'text' ? [item] : [])) ?? [];

describe('a place', () => {
  it('shows the seal as large as fits, in its own proportions, centred', () => {
    const { drawings, places } = drawPlaces([PLACE], { sandbox: false });

    expect(drawings).toHaveLength(1);
    expect(drawings[0]).toMatchObject({ width: 200, height: 200 });
    expect(segmentsOf(drawings[0])).toEqual([
      ['M', 0, 50],
      ['L', 200, 150],
    ]);
    expect(places).toEqual({ a: { drawing: 0 } });
  });

  it('has the date below the seal, within its width however narrow it is', () => {
    const { drawings } = drawPlaces([{ ...PLACE, width: 30, dateText: '2026-11-24' }], { sandbox: false });

    const [date] = textsOf(drawings[0]);
    expect(date).toMatchObject({ value: '2026-11-24' });
    expect(date?.size).toBeLessThan(9);
    expect(date?.x).toBeGreaterThanOrEqual(0);
    expect(segmentsOf(drawings[0])?.[0]?.[2]).toBeGreaterThanOrEqual(14);
  });

  it.each([
    ['carries the notice in a sandbox', true, ['SANDBOX - NO LEGAL EFFECT']],
    ['carries no notice in production', false, []],
  ])('%s', (_, sandbox, texts) => {
    const { drawings } = drawPlaces([PLACE], { sandbox });

    expect(textsOf(drawings[0]).map(({ value }) => value)).toEqual(texts);
  });
});

describe('several places', () => {
  it('share one drawing when they look the same', () => {
    const { drawings, places } = drawPlaces([PLACE, { ...PLACE, placeId: 'b' }], { sandbox: false });

    expect(drawings).toHaveLength(1);
    expect(places).toEqual({ a: { drawing: 0 }, b: { drawing: 0 } });
  });

  it.each([
    ['the seal', { sealKey: '2' }],
    ['the size', { width: 100 }],
    ['the date', { dateText: '2026-11-24' }],
  ])('have drawings of their own when %s differs', (_, change) => {
    const { drawings, places } = drawPlaces([PLACE, { ...PLACE, placeId: 'b', ...change }], { sandbox: false });

    expect(drawings).toHaveLength(2);
    expect(places.b).toEqual({ drawing: 1 });
  });
});

describe('a cross-page seal', () => {
  it('is one drawing of which each page shows its part, without a gap', () => {
    const slices = [0, 1, 2, 3].map((i) => ({
      ...{ ...PLACE, placeId: `page-${i + 1}`, width: 30, height: 60 },
      slice: { from: i / 4, to: (i + 1) / 4 },
    }));

    const { drawings, places } = drawPlaces(slices, { sandbox: true });

    expect(drawings).toHaveLength(1);
    expect(drawings[0]).toMatchObject({ width: 120, height: 60 });
    expect(Object.values(places).map(({ crop }) => [crop?.x, crop?.width])).toEqual([
      [0, 30],
      [30, 30],
      [60, 30],
      [90, 30],
    ]);
  });
});
