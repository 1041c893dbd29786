import { describe, expect, it } from 'vitest';
import { clampZoom, scrollAfter } from './zoom.ts';

describe('zooming', () => {
  it('keeps the spot under the fingers where it is', () => {
    const change = { zoom: 2, content: { x: 100, y: 400 }, screen: { x: 120, y: 300 } };

    const { left, top } = scrollAfter(change, 1, { x: 0, y: 0 }, { x: 20, y: 48 });

    // The spot is at twice its place in the content, less what is scrolled away, plus where the scroller begins.
    expect(200 - left + 20).toBe(120);
    expect(800 - top + 48).toBe(300);
  });

  it('follows the fingers when they move while they spread', () => {
    const change = { zoom: 3, content: { x: 50, y: 60 }, screen: { x: 90, y: 10 } };

    const { left, top } = scrollAfter(change, 1.5, { x: 0, y: 0 }, { x: 0, y: 0 });

    expect([100 - left, 120 - top]).toEqual([90, 10]);
  });

  it.each([
    [0.1, 0.5],
    [1.7, 1.7],
    [40, 5],
  ])('of %d becomes %d', (wanted, allowed) => {
    expect(clampZoom(wanted)).toBe(allowed);
  });
});
