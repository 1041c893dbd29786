/** What every drawn seal (印模) is made of: the paper size, the ink and the pieces that seals share. */
import type { Drawing, DrawingItem, PathSegment } from '@signet/pdf';
import { charactersOf, type Glyph, glyphOf } from './glyphs.ts';
import { mapOutline, type Outline, roundOutline } from './outlines.ts';
import { toSvg } from './svg.ts';

/** A seal as drawn by the platform. */
export interface SealArtwork {
  readonly drawing: Drawing;
  readonly svg: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Set when the usual face lacks a character: drawn in another face, or typed with a mark and its code point in its place. */
  readonly fallback?: 'wider-font' | 'typed';
}

export const SEAL_RED = '#C8102E';

const POINTS_PER_MM = 72 / 25.4;

/** Millimetres to PDF points. */
export const toPoints = (mm: number): number => Math.round(mm * POINTS_PER_MM * 100) / 100;

export interface Letter {
  readonly character: string;
  readonly glyph: Glyph;
}

/** The letters of a name and how far they are from the usual face. */
export interface Lettering {
  readonly letters: readonly Letter[];
  readonly fallback?: 'wider-font' | 'typed';
}

/** Looks every character up before anything is drawn; one that no font has becomes a mark with its code point. */
export function letter(text: string): Lettering {
  const letters: Letter[] = [];
  let isTyped = false;
  let isWider = false;
  for (const character of charactersOf(text)) {
    const glyph = glyphOf(character);
    isTyped ||= !glyph;
    isWider ||= glyph?.font === 'wider';
    letters.push({ character, glyph: glyph ?? missingMark(character) });
  }
  if (isTyped) {
    return { letters, fallback: 'typed' };
  }
  return isWider ? { letters, fallback: 'wider-font' } : { letters };
}

/** Two bars (the printer's geta) above the code point: plainly a stand-in, and still names the character exactly. */
function missingMark(character: string): Glyph {
  const digits = [...(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')];
  const bars: PathSegment[] = [...rectangle(0.1, 0.6, 0.8, 0.13), ...rectangle(0.1, 0.34, 0.8, 0.13)];
  const step = 0.84 / digits.length;
  const code = digits.flatMap((digit, i) => {
    const glyph = glyphOf(digit);
    if (!glyph) {
      return [];
    }
    const scale = step / Math.max(glyph.advance, 0.62);
    return mapOutline(glyph.outline, [scale, 0, 0, 0.34, 0.08 + i * step, -0.08]);
  });

  const outline = [...bars, ...code];
  return {
    outline,
    smallOutline: outline,
    box: { left: 0.06, bottom: -0.08, right: 0.94, top: 0.84 },
    advance: 1,
    font: 'wider',
  };
}

export function rectangle(x: number, y: number, width: number, height: number): PathSegment[] {
  return [['M', x, y], ['L', x + width, y], ['L', x + width, y + height], ['L', x, y + height], ['Z']];
}

/** Control points at this share of the radius turn a cubic curve into a quarter of a circle. */
const QUARTER = 0.5523;

/** A rectangle with rounded corners. */
export function roundedRectangle(
  x: number,
  y: number,
  size: { width: number; height: number },
  radius: number,
): PathSegment[] {
  const { width: w, height: h } = size;
  const k = radius * (1 - QUARTER);
  return [
    ['M', x + radius, y],
    ['L', x + w - radius, y],
    ['C', x + w - k, y, x + w, y + k, x + w, y + radius],
    ['L', x + w, y + h - radius],
    ['C', x + w, y + h - k, x + w - k, y + h, x + w - radius, y + h],
    ['L', x + radius, y + h],
    ['C', x + k, y + h, x, y + h - k, x, y + h - radius],
    ['L', x, y + radius],
    ['C', x, y + k, x + k, y, x + radius, y],
    ['Z'],
  ];
}

export function circle(radius: number): PathSegment[] {
  return roundedRectangle(-radius, -radius, { width: 2 * radius, height: 2 * radius }, radius);
}

/** Puts shapes in millimetres, origin at the lower left, on paper: the ring is a hollow shape, each character one of its own. */
export function finishArtwork(
  size: { readonly widthMm: number; readonly heightMm: number },
  shapes: { readonly ring: Outline; readonly inked: readonly Outline[] },
  fallback: SealArtwork['fallback'],
): SealArtwork {
  const ring: DrawingItem = { kind: 'path', fill: SEAL_RED, evenOdd: true, segments: toPaper(shapes.ring) };
  return artworkOf(size, [ring, ...shapes.inked.map((outline) => inked(outline, SEAL_RED))], fallback);
}

/** A solid shape in millimetres as it lies on paper. */
export function inked(outline: Outline, fill: string): DrawingItem {
  return { kind: 'path', fill, segments: toPaper(outline) };
}

function toPaper(outline: Outline): PathSegment[] {
  return roundOutline(mapOutline(outline, [POINTS_PER_MM, 0, 0, POINTS_PER_MM, 0, 0]));
}

export function artworkOf(
  size: { readonly widthMm: number; readonly heightMm: number },
  items: readonly DrawingItem[],
  fallback?: SealArtwork['fallback'],
): SealArtwork {
  const drawing: Drawing = { width: toPoints(size.widthMm), height: toPoints(size.heightMm), items };
  const artwork = { drawing, svg: toSvg(drawing), ...size };
  return fallback ? { ...artwork, fallback } : artwork;
}
