import { describe, expect, it } from 'vitest';
import { measureLight, measureSharpness, type Pixels } from './measure-picture.ts';

const SIZE = 40;
const MIDDLE = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

function pictureOf(brightness: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(SIZE * SIZE * 4).fill(255);
  for (let i = 0; i < SIZE * SIZE; i++) data.fill(brightness(i % SIZE, Math.floor(i / SIZE)), 4 * i, 4 * i + 3);
  return { data, width: SIZE, height: SIZE };
}

const isInMiddle = (value: number) => value >= SIZE / 4 && value < (3 * SIZE) / 4;

describe('a picture', () => {
  it('is as light as its face and what is around it', () => {
    const backlit = pictureOf((x, y) => (isInMiddle(x) && isInMiddle(y) ? 40 : 220));

    const { face, around } = measureLight(backlit, MIDDLE);

    expect([Math.round(face), Math.round(around)]).toEqual([40, 220]);
  });

  it('without a face is as light as all of it', () => {
    expect(
      Math.round(
        measureLight(
          pictureOf(() => 80),
          undefined,
        ).face,
      ),
    ).toBe(80);
  });

  it('is the less sharp the softer its edges are', () => {
    const edge = (softness: number) => pictureOf((x) => Math.min(255, Math.max(0, 128 + ((x - 20) * 128) / softness)));

    const [hard, soft, softer] = [1, 4, 12].map((softness) => measureSharpness(edge(softness), MIDDLE));

    expect(hard).toBeGreaterThan(2 * soft!);
    expect(soft).toBeGreaterThan(softer!);
  });

  it('has no sharpness where it is even, or where there is no face', () => {
    const even = pictureOf(() => 90);

    expect(measureSharpness(even, MIDDLE)).toBeCloseTo(0);
    expect(measureSharpness(even, { x: 2, y: 2, width: 0.1, height: 0.1 })).toBe(0);
  });
});
