import { deflateSync } from 'node:zlib';
import type { Drawing, PathSegment } from '@signet/pdf';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { charactersOf, glyphOf } from './glyphs.ts';
import { boxOf } from './outlines.ts';
import { drawPersonSeal } from './person-seal.ts';
import { toSvg } from './svg.ts';

const outlines = (drawing: Drawing): (readonly PathSegment[])[] =>
  drawing.items.flatMap((item) => (item.kind === 'path' ? [item.segments] : []));

function staysOnPaper(drawing: Drawing): boolean {
  return outlines(drawing).every((outline) => {
    const box = boxOf(outline);
    return !box || (box.left >= 0 && box.bottom >= 0 && box.right <= drawing.width && box.top <= drawing.height);
  });
}

const numbersOf = (drawing: Drawing): number[] =>
  outlines(drawing).flatMap((o) => o.flatMap(([, ...n]) => n as number[]));

describe('the name seal of a person', () => {
  it('is a square of 20 mm for Chinese names of two to nine characters', () => {
    const sizes = ['王伟', '张三丰', '欧阳娜娜', '爱新觉罗溥仪甲乙丙'].map((name) => {
      const { widthMm, heightMm } = drawPersonSeal(name);
      return [widthMm, heightMm];
    });

    expect(sizes).toEqual(Array(4).fill([20, 20]));
  });

  it('completes short names to a full square and leaves four characters alone', () => {
    const shapes = ['李', '王伟', '张三丰', '欧阳娜娜'].map((name) => drawPersonSeal(name).drawing.items.length - 1);

    expect(shapes).toEqual([3, 4, 4, 4]);
  });

  it('reads from the right column, top to bottom', () => {
    const [, first, second, third, last] = outlines(drawPersonSeal('欧阳娜娜').drawing).map((o) => boxOf(o)!);

    expect(first!.left).toBeGreaterThan(third!.right);
    expect(first!.bottom).toBeGreaterThan(second!.top);
    expect(third!.bottom).toBeGreaterThan(last!.top);
  });

  it.each([
    '阿卜杜热西提·买买提',
    'Christopher Alexander Wolfeschlegelstein',
    '克里斯托弗·亚历山大·伯纳德·冯·霍恩海姆·奥古斯都·冯·安哈尔特采尔布斯特公',
  ])('sets the long name %s in rows of legible size within 30 × 20 mm', (name) => {
    const { drawing, widthMm, heightMm } = drawPersonSeal(name);
    const tallest = Math.max(
      ...outlines(drawing)
        .slice(1)
        .map((o) => (boxOf(o)?.top ?? 0) - (boxOf(o)?.bottom ?? 0)),
    );

    expect(widthMm).toBeLessThanOrEqual(30);
    expect(heightMm).toBeLessThanOrEqual(20);
    expect(staysOnPaper(drawing)).toBe(true);
    expect(tallest).toBeGreaterThan(6);
  });

  it('keeps the dot of a minority name and breaks the row after it', () => {
    const [, , , , , , , dot, next] = outlines(drawPersonSeal('阿卜杜热西提·买买提').drawing).map((o) => boxOf(o)!);

    expect(dot!.bottom).toBeGreaterThan(next!.top);
    expect(dot!.left).toBeGreaterThan(next!.right);
  });

  it('names the face it had to fall back to', () => {
    expect(drawPersonSeal('㛃龘').fallback).toBeUndefined();
    expect(drawPersonSeal('王𠮷').fallback).toBe('typed');
    expect(drawPersonSeal('نور').fallback).toBe('typed');
  });

  it('puts a mark with the code point in the place of a missing character, never the box of the font', async () => {
    const artwork = drawPersonSeal('王𠮷');

    const missing = outlines(artwork.drawing)[2]!;
    expect(glyphOf('𠮷')).toBeUndefined();
    expect(missing.filter(([op]) => op === 'M').length).toBeGreaterThan(6);
    expect((await sharp(Buffer.from(artwork.svg)).metadata()).format).toBe('svg');
  });

  it('counts characters by code point and drops invisible ones', () => {
    expect(charactersOf('𠮷\u{FE00}野\u200D家\u{E0100}')).toEqual(['𠮷', '野', '家']);
    expect(charactersOf('Jose\u0301')).toEqual(['J', 'o', 's', 'é']);
  });

  it('always makes a seal that stays on its paper, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const { drawing } = drawPersonSeal(name);
        return staysOnPaper(drawing) && numbersOf(drawing).every(Number.isFinite);
      }),
      { numRuns: 60 },
    );
  });

  it('writes two decimals and less than 15 kB for four characters', () => {
    const numbers = numbersOf(drawPersonSeal('龘龘龘龘').drawing);

    expect(numbers.every((n) => Math.abs(n * 100 - Math.round(n * 100)) < 1e-6)).toBe(true);
    expect(deflateSync(numbers.join(' ')).length).toBeLessThan(15_000);
  });
});

describe('a drawing as SVG', () => {
  it('cannot be broken out of by its text', () => {
    const text = { kind: 'text', value: '<script>"&', x: 0, y: 0, size: 10, fill: '#16202E' } as const;

    expect(toSvg({ width: 10, height: 10, items: [text] })).toContain('&#60;script&#62;&#34;&#38;</text>');
  });
});
