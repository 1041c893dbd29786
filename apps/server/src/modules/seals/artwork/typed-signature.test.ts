import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, heightOf, widthOf } from './outlines.ts';
import { setSignature } from './typed-signature.ts';

function inkOf(name: string) {
  const { drawing } = setSignature(name);
  return boxOf(drawing.items.flatMap((item) => (item.kind === 'path' ? item.segments : [])));
}

describe('a typed signature', () => {
  it('is dark ink on paper of 40 × 15 mm, one shape a character', () => {
    const { drawing, widthMm, heightMm, fallback } = setSignature('张三丰');

    expect({ widthMm, heightMm, fallback }).toEqual({ widthMm: 40, heightMm: 15, fallback: undefined });
    expect(drawing.items.map((item) => item.fill)).toEqual(['#16202E', '#16202E', '#16202E']);
  });

  it('is set in a hand of its own, not in the face of seals', () => {
    const [byHand, inSerif] = ['张', '㛃'].map((name) => setSignature(name).drawing.items.length);

    expect(setSignature('张').svg).not.toBe(setSignature('張').svg);
    expect([byHand, inSerif]).toEqual([1, 1]);
  });

  it('keeps one face for the whole name when the hand lacks a character of it', () => {
    const [alone, beside] = ['王', '王㛃'].map((name) => setSignature(name).drawing.items[0]!);

    expect(alone).not.toEqual(beside);
    expect(setSignature('王㛃').fallback).toBeUndefined();
  });

  it('marks a character that no face has, and says so', () => {
    expect(setSignature('王𠮷').fallback).toBe('typed');
    expect(setSignature('نور').fallback).toBe('typed');
  });

  it.each(['阿卜杜热西提·买买提', 'Alexandra Konstantinopolitanskaya', '克里斯托弗・亚历山大・伯纳德'])(
    'sets the long name %s in rows that fill the paper',
    (name) => {
      const box = inkOf(name)!;

      expect(widthOf(box)).toBeGreaterThan(80);
      expect(heightOf(box)).toBeGreaterThan(24);
      expect(setSignature(name).fallback).toBeUndefined();
    },
  );

  it('always lies on its paper, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (name) => {
        const box = inkOf(name);
        return !box || (box.left >= 0 && box.bottom >= 0 && box.right <= 113.39 && box.top <= 42.52);
      }),
      { numRuns: 60 },
    );
  });
});
