import { describe, expect, it } from 'vitest';
import { drawCompanySeal } from './artwork/company-seal.ts';
import { drawPersonSeal } from './artwork/person-seal.ts';
import { toSvg } from './artwork/svg.ts';
import { toDrawing, toStoredArtwork } from './stored-artwork.ts';

describe('stored artwork', () => {
  it.each([
    ['a name seal', drawPersonSeal('阿卜杜拉·买买提')],
    ['a company seal', drawCompanySeal('北京示例科技有限公司', { code: '1101050001234' })],
  ])('gives back %s exactly, also through JSON', (_, artwork) => {
    const stored = JSON.parse(JSON.stringify(toStoredArtwork(artwork)));

    expect(toDrawing(stored)).toEqual(artwork.drawing);
    expect(toSvg(toDrawing(stored))).toBe(artwork.svg);
  });

  it('keeps a line of text as it is', () => {
    const text = { kind: 'text', value: '2026-11-24', x: 1, y: 2, size: 9, fill: '#222222' } as const;
    const drawing = { width: 50, height: 12, items: [text] };

    expect(toDrawing(toStoredArtwork({ drawing, widthMm: 17.6, heightMm: 4.2 }))).toEqual(drawing);
  });

  it.each(['M1', 'M1 2 3', 'Q1 2 3 4', 'M1 x', 'C1 2 3 4 5'])('does not read the damaged path %s', (data) => {
    const item = { kind: 'path', fill: '#C8102E', data } as const;
    const stored = { widthMm: 1, heightMm: 1, width: 1, height: 1, items: [item] };

    expect(() => toDrawing(stored)).toThrow('damaged');
  });
});
