import { describe, expect, it } from 'vitest';
import { boxAt, horizontalCenter, layOut, placeOnPage, sharpness, verticalCenter } from './geometry.ts';

const A4 = { width: 595, height: 842 };
const A4_LANDSCAPE = { width: 842, height: 595 };

describe('the layout of a document', () => {
  it('gives each page the width of a phone and its own height, one below the other', () => {
    const { boxes, headings, height } = layOut([[A4, A4_LANDSCAPE]], 375);

    expect(boxes.map(({ left, width }) => [left, width])).toEqual([
      [8, 359],
      [8, 359],
    ]);
    expect(boxes[0]?.height).toBeCloseTo((359 / 595) * 842);
    expect(boxes[1]?.top).toBeCloseTo(8 + (boxes[0]?.height ?? 0) + 8);
    expect(height).toBeCloseTo((boxes[1]?.top ?? 0) + (boxes[1]?.height ?? 0) + 8);
    expect(headings).toEqual([]);
  });

  it('keeps pages readable and centered on a wide screen', () => {
    const { boxes } = layOut([[A4]], 1600);

    expect(boxes[0]).toMatchObject({ width: 900, left: 350 });
  });

  it('puts a heading above each of several files and counts pages through', () => {
    const { boxes, headings } = layOut([[A4, A4], [A4]], 375);

    expect(boxes.map(({ fileIndex, page, number }) => [fileIndex, page, number])).toEqual([
      [0, 1, 1],
      [0, 2, 2],
      [1, 1, 3],
    ]);
    expect(headings.map(({ fileIndex }) => fileIndex)).toEqual([0, 1]);
    expect(headings[1]?.top).toBeCloseTo((boxes[1]?.top ?? 0) + (boxes[1]?.height ?? 0) + 8);
  });
});

describe('a place on a page', () => {
  it('turns the lower left origin into distances from the top', () => {
    expect(placeOnPage({ x: 0, y: 0, width: 59.5, height: 84.2 }, A4)).toEqual({
      left: '0.0000%',
      top: '90.0000%',
      width: '10.0000%',
      height: '10.0000%',
    });
  });

  it('has its center in pixels of the content', () => {
    const box = layOut([[A4]], 375).boxes[0]!;
    const rect = { x: 297.5 - 50, y: 421 - 50, width: 100, height: 100 };

    expect(verticalCenter(rect, A4, box)).toBeCloseTo(box.top + box.height / 2);
    expect(horizontalCenter(rect, box)).toBeCloseTo(375 / 2);
  });
});

describe('the page at a height', () => {
  const { boxes } = layOut([Array.from({ length: 200 }, () => A4)], 375);

  it.each([
    [0, 1],
    [8, 1],
    [boxes[1]!.top - 1, 1],
    [boxes[1]!.top, 2],
    [boxes[199]!.top + 10, 200],
    [1e9, 200],
  ])('at %d is page %d', (y, number) => {
    expect(boxAt(boxes, y)?.number).toBe(number);
  });
});

describe('the sharpness of a canvas', () => {
  it('is that of the screen as long as memory allows', () => {
    expect(sharpness(375, 530, 3)).toBe(3);
  });

  it('never asks for more pixels than a phone draws', () => {
    const ratio = sharpness(1500, 2120, 3);

    expect(1500 * ratio * 2120 * ratio).toBeLessThanOrEqual(12_000_001);
  });
});
