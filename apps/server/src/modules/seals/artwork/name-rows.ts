/** Breaks a long name into rows so that its characters come out as large as the frame allows. */
import type { PathSegment } from '@signet/pdf';
import type { Letter } from './artwork.ts';
import type { Glyph } from './glyphs.ts';
import { mapOutline } from './outlines.ts';

interface Room {
  readonly width: number;
  readonly height: number;
  /** No character gets larger, however much room there is. */
  readonly largestEm: number;
}

interface RowLetter {
  readonly glyph: Glyph;
  /** The width it takes, in em. */
  readonly width: number;
  readonly isSpace: boolean;
  readonly mayBreakAfter: boolean;
}

export interface RowArrangement {
  readonly rows: readonly { readonly letters: readonly RowLetter[]; readonly width: number }[];
  readonly em: number;
  readonly lineHeight: number;
  readonly width: number;
  readonly height: number;
}

const MOST_ROWS = 6;
const LINE_HEIGHT = 1.1;
/** A row break inside a part of the name must buy at least this much size. */
const TORN_PART = 0.5;

export function arrangeRows(letters: readonly Letter[], room: Room): RowArrangement {
  const parts = letters.map(toRowLetter);
  let best = arrange([parts], room);
  let bestValue = 0;

  for (let count = 1; count <= MOST_ROWS; count += 1) {
    for (const mayTear of [false, true]) {
      const candidate = arrange(breakInto(count, parts, mayTear), room);
      const value = candidate.em * (mayTear ? TORN_PART : 1);
      if (value > bestValue + 0.01) {
        best = candidate;
        bestValue = value;
      }
    }
  }
  return best;
}

/** Capitals and Chinese characters are both centred about this height above the base line. */
const MIDDLE_OF_EM = 0.37;

/** The characters where they stand, the block centred on paper of this size. */
export function rowOutlines(
  { rows, em, lineHeight }: RowArrangement,
  size: { readonly widthMm: number; readonly heightMm: number },
): PathSegment[][] {
  const firstMiddle = size.heightMm / 2 + ((rows.length - 1) * lineHeight) / 2;
  return rows.flatMap((row, i) => {
    const baseline = firstMiddle - i * lineHeight - MIDDLE_OF_EM * em;
    let x = (size.widthMm - row.width) / 2;
    return row.letters.map(({ glyph, width }) => {
      const left = x + ((width - glyph.advance) * em) / 2;
      x += width * em;
      return mapOutline(glyph.outline, [em, 0, 0, em, left, baseline]);
    });
  });
}

function toRowLetter({ character, glyph }: Letter): RowLetter {
  const isSpace = /\p{Zs}/u.test(character);
  const isDot = /[·•・]/u.test(character);
  const width = isDot ? 0.45 : isSpace ? 0.32 : glyph.advance;
  return { glyph, width, isSpace, mayBreakAfter: isSpace || isDot || character === '-' };
}

function arrange(rows: readonly (readonly RowLetter[])[], room: Room): RowArrangement {
  const filled = rows.map(trimSpaces).filter((row) => row.length > 0);
  const widest = Math.max(0.5, ...filled.map(widthInEm));
  const em = Math.min(room.largestEm, room.width / widest, room.height / (Math.max(1, filled.length) * LINE_HEIGHT));

  return {
    rows: filled.map((row) => ({ letters: row, width: widthInEm(row) * em })),
    em,
    lineHeight: em * LINE_HEIGHT,
    width: widest * em,
    height: filled.length * em * LINE_HEIGHT,
  };
}

/** The narrowest measure that still takes the name in `count` rows, found by halving. */
function breakInto(count: number, parts: readonly RowLetter[], mayTear: boolean): RowLetter[][] {
  let narrow = 0;
  let wide = widthInEm(parts) + 1;
  for (let step = 0; step < 16; step += 1) {
    const measure = (narrow + wide) / 2;
    const rows = fillRows(parts, measure, mayTear);
    if (rows.length <= count && rows.every((row) => widthInEm(trimSpaces(row)) <= measure)) {
      wide = measure;
    } else {
      narrow = measure;
    }
  }
  return fillRows(parts, wide, mayTear);
}

function fillRows(parts: readonly RowLetter[], measure: number, mayTear: boolean): RowLetter[][] {
  const rows: RowLetter[][] = [[]];
  for (const piece of mayTear ? parts.map((part) => [part]) : unbrokenPieces(parts)) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && widthInEm(trimSpaces([...row, ...piece])) > measure) {
      rows.push([...piece]);
    } else {
      row.push(...piece);
    }
  }
  return rows;
}

function unbrokenPieces(parts: readonly RowLetter[]): RowLetter[][] {
  const pieces: RowLetter[][] = [[]];
  for (const part of parts) {
    pieces.at(-1)?.push(part);
    if (part.mayBreakAfter) {
      pieces.push([]);
    }
  }
  return pieces.filter((piece) => piece.length > 0);
}

function trimSpaces(row: readonly RowLetter[]): readonly RowLetter[] {
  const first = row.findIndex((part) => !part.isSpace);
  const last = row.findLastIndex((part) => !part.isSpace);
  return first < 0 ? [] : row.slice(first, last + 1);
}

function widthInEm(row: readonly RowLetter[]): number {
  return row.reduce((sum, part) => sum + part.width, 0);
}
