/** Outlines of single characters from the fonts installed with the platform, loaded on first use and kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PathSegment } from '@signet/pdf';
import opentype, { type Font, type PathCommand } from 'opentype.js';
import { type Box, boxOf, type Outline } from './outlines.ts';
import { simplifyOutline } from './simplify.ts';

/** One character in em units, y up. A space has an advance and no outline. */
export interface Glyph {
  readonly outline: Outline;
  /** With fewer curves, for characters below 4 mm: the same to the eye, a third less to store. */
  readonly smallOutline: Outline;
  readonly box: Box;
  readonly advance: number;
  readonly font: 'serif' | 'wider' | 'handwriting';
}

const require = createRequire(import.meta.url);
const SERIF = '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf';
const HANDWRITING = '@expo-google-fonts/ma-shan-zheng/400Regular/MaShanZheng_400Regular.ttf';
const SANS = '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf';
const GLYPHS_KEPT = 4096;
/** In em: a hundredth of a millimetre on the largest character, and on a small one. */
const TOLERANCE = 0.0012;
const SMALL_TOLERANCE = 0.003;

const loaded = new Map<string, Font | undefined>();
const kept = new Map<string, Glyph | undefined>();
let widerFiles: readonly string[] | undefined;

/** The glyph of one code point, or undefined when no installed font can draw it; never the font's own missing-glyph box. */
export function glyphOf(character: string): Glyph | undefined {
  return remembered(character, () => findGlyph(character));
}

/** The same in the handwriting face alone, which has fewer characters. */
export function handwrittenGlyphOf(character: string): Glyph | undefined {
  return remembered(`handwriting:${character}`, () => draw(require.resolve(HANDWRITING), character, 'handwriting'));
}

function remembered(key: string, find: () => Glyph | undefined): Glyph | undefined {
  if (kept.has(key)) {
    return kept.get(key);
  }
  if (kept.size >= GLYPHS_KEPT) {
    kept.clear();
  }
  const glyph = find();
  kept.set(key, glyph);
  return glyph;
}

/** Splits a name into the characters to draw: composed, without invisible joiners, variation selectors and controls. */
export function charactersOf(name: string): string[] {
  return [
    ...name
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, '')
      .trim(),
  ];
}

function findGlyph(character: string): Glyph | undefined {
  const serif = draw(require.resolve(SERIF), character, 'serif');
  if (serif) {
    return serif;
  }
  for (const file of fallbackFiles()) {
    const glyph = draw(file, character, 'wider');
    if (glyph) {
      return glyph;
    }
  }
  return undefined;
}

function draw(file: string, character: string, font: Glyph['font']): Glyph | undefined {
  const source = fontAt(file);
  const index = source?.charToGlyphIndex(character) ?? 0;
  if (!source || index === 0) {
    return undefined;
  }
  const glyph = source.glyphs.get(index);
  const exact = toOutline(glyph.getPath(0, 0, 1).commands);
  const outline = simplifyOutline(exact, TOLERANCE);
  const smallOutline = simplifyOutline(exact, SMALL_TOLERANCE);
  const advance = (glyph.advanceWidth ?? source.unitsPerEm) / source.unitsPerEm;
  const box = boxOf(outline);
  if (!box) {
    return /\p{Zs}/u.test(character) ? { outline, smallOutline, box: NO_INK, advance, font } : undefined;
  }
  return { outline, smallOutline, box, advance, font };
}

function fontAt(file: string): Font | undefined {
  if (!loaded.has(file)) {
    loaded.set(file, readFont(file));
  }
  return loaded.get(file);
}

const NO_INK: Box = { left: 0, bottom: 0, right: 0, top: 0 };

/** A font file that cannot be read is passed over: a seal is made all the same. */
function readFont(file: string): Font | undefined {
  try {
    const bytes = readFileSync(file);
    const exact = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    return opentype.parse(exact, { lowMemory: true });
  } catch {
    return undefined;
  }
}

/** Sans first, then every other font file of the installed font packages; a rare character is worth the search. */
function fallbackFiles(): readonly string[] {
  widerFiles ??= [require.resolve(SANS), ...otherFontFiles()];
  return widerFiles;
}

function otherFontFiles(): string[] {
  const modules = dirname(dirname(dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json'))));
  const packages = readdirSync(modules).filter((name) => /font/i.test(name));

  return packages
    .flatMap((name) =>
      readdirSync(join(modules, name), { recursive: true, encoding: 'utf8' }).map((f) => join(modules, name, f)),
    )
    .filter(
      (file) =>
        /\.(ttf|otf|woff)$/i.test(file) &&
        !file.includes(`${sep}noto-serif-sc${sep}`) &&
        !file.includes(`${sep}noto-sans-sc${sep}`),
    )
    .sort();
}

/** The library's y axis points down, ours up; quadratic curves are raised to cubic ones, which is all that PDF knows. */
function toOutline(commands: readonly PathCommand[]): PathSegment[] {
  const outline: PathSegment[] = [];
  let x = 0;
  let y = 0;
  for (const command of commands) {
    outline.push(toSegment(command, x, y));
    if (command.type !== 'Z') {
      x = command.x;
      y = -command.y;
    }
  }
  return outline;
}

function toSegment(command: PathCommand, x: number, y: number): PathSegment {
  switch (command.type) {
    case 'Z':
      return ['Z'];
    case 'C':
      return ['C', command.x1, -command.y1, command.x2, -command.y2, command.x, -command.y];
    case 'Q': {
      const [cx, cy, ex, ey] = [command.x1, -command.y1, command.x, -command.y];
      return [
        'C',
        x + (2 * (cx - x)) / 3,
        y + (2 * (cy - y)) / 3,
        ex + (2 * (cx - ex)) / 3,
        ey + (2 * (cy - ey)) / 3,
        ex,
        ey,
      ];
    }
    default:
      return [command.type, command.x, -command.y];
  }
}
