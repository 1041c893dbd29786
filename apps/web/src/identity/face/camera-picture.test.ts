import { describe, expect, it } from 'vitest';
import { visiblePart } from './camera-picture.ts';

describe('the part of a video that the frame shows', () => {
  it.each([
    ['a wide one', 1_280, 720, { x: 370, y: 0, width: 540, height: 720 }],
    ['a tall one', 720, 1_280, { x: 0, y: 160, width: 720, height: 960 }],
    ['one of its own form', 480, 640, { x: 0, y: 0, width: 480, height: 640 }],
    ['none', 0, 0, { x: 0, y: 0, width: 0, height: 0 }],
  ])('is the middle of %s', (_, width, height, part) => {
    expect(visiblePart(width, height)).toEqual(part);
  });
});
