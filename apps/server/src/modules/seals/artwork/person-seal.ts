/** A person's name seal (个人名章): red characters on a clear ground (朱文) within a frame. */
import type { PathSegment } from '@signet/pdf';
import { finishArtwork, type Letter, type Lettering, letter, roundedRectangle, type SealArtwork } from './artwork.ts';
import { arrangeRows, rowOutlines } from './name-rows.ts';
import { type Box, heightOf, mapOutline, placement, widthOf } from './outlines.ts';

const SIDE_MM = 20;
const FRAME_MM = 0.95;
const FRAME_RADIUS_MM = 0.9;
const PADDING_MM = 0.75;
const CELL_GAP_MM = 0.55;
const MARGIN_MM = FRAME_MM + PADDING_MM;

/** Short names are completed as on engraved seals, so that the square is always full. */
const COMPLETION: Readonly<Record<number, string>> = { 1: '之印', 2: '之印', 3: '印' };

/** Characters per column, right column first, each read downwards. */
const COLUMNS: Readonly<Record<number, readonly number[]>> = {
  3: [1, 2],
  4: [2, 2],
  5: [3, 2],
  6: [3, 3],
  7: [3, 2, 2],
  8: [3, 3, 2],
  9: [3, 3, 3],
};

/** Draws a name seal: a square with columns for Chinese names, a block of rows for long, dotted and Latin ones. */
export function drawPersonSeal(name: string): SealArtwork {
  const lettering = letter(name);
  const isHan = lettering.letters.every(({ character }) => /\p{Script=Han}/u.test(character));
  if (isHan && lettering.letters.length <= 9) {
    return drawColumns(complete(lettering));
  }
  return drawRows(lettering);
}

function complete(lettering: Lettering): Lettering {
  const completion = COMPLETION[lettering.letters.length];
  return completion ? { ...lettering, letters: [...lettering.letters, ...letter(completion).letters] } : lettering;
}

function drawColumns({ letters, fallback }: Lettering): SealArtwork {
  const columns = COLUMNS[letters.length] ?? [letters.length];
  const inner = SIDE_MM - 2 * MARGIN_MM;
  const width = (inner - CELL_GAP_MM * (columns.length - 1)) / columns.length;
  const inked: PathSegment[][] = [];
  let next = 0;

  columns.forEach((count, column) => {
    const height = (inner - CELL_GAP_MM * (count - 1)) / count;
    const left = SIDE_MM - MARGIN_MM - width - column * (width + CELL_GAP_MM);
    for (let row = 0; row < count; row += 1) {
      const top = SIDE_MM - MARGIN_MM - row * (height + CELL_GAP_MM);
      inked.push(fill(letters[next], { left, bottom: top - height, right: left + width, top }));
      next += 1;
    }
  });

  const size = { widthMm: SIDE_MM, heightMm: SIDE_MM };
  return finishArtwork(size, { ring: frame(size), inked }, fallback);
}

/** Engravers let a character fill its cell; flat and narrow ones (一, 小) are stretched a little only, or they lose their shape. */
const MOST_STRETCH = 1.16;
const INK_PER_EM = 0.94;
/** A column with one character must not draw it out to a ladder. */
const STEEPEST = 1.4;

function fill(placed: Letter | undefined, cell: Box): PathSegment[] {
  if (!placed) {
    return [];
  }
  const { box, outline } = placed.glyph;
  const em = Math.min(widthOf(cell), heightOf(cell)) / INK_PER_EM;
  const scale = {
    x: Math.min(
      widthOf(cell) / widthOf(box),
      em * MOST_STRETCH * Math.min(STEEPEST, widthOf(cell) / (em * INK_PER_EM)),
    ),
    y: Math.min(
      heightOf(cell) / heightOf(box),
      em * MOST_STRETCH * Math.min(STEEPEST, heightOf(cell) / (em * INK_PER_EM)),
    ),
  };
  const middle = { x: (cell.left + cell.right) / 2, y: (cell.bottom + cell.top) / 2 };

  return mapOutline(outline, placement(box, scale, middle));
}

const LONGEST_MM = 30;
const LARGEST_EM = 7;
const FRAME_RATIO = { least: { width: 20, height: 11 }, most: { width: LONGEST_MM, height: SIDE_MM } };

function drawRows({ letters, fallback }: Lettering): SealArtwork {
  const room = { width: LONGEST_MM - 2 * MARGIN_MM, height: SIDE_MM - 2 * MARGIN_MM, largestEm: LARGEST_EM };
  const arrangement = arrangeRows(letters, room);
  const size = {
    widthMm: clampMm(arrangement.width + 2 * MARGIN_MM, 'width'),
    heightMm: clampMm(arrangement.height + 2 * MARGIN_MM, 'height'),
  };
  return finishArtwork(size, { ring: frame(size), inked: rowOutlines(arrangement, size) }, fallback);
}

function clampMm(mm: number, side: 'width' | 'height'): number {
  const clamped = Math.min(Math.max(mm, FRAME_RATIO.least[side]), FRAME_RATIO.most[side]);
  return Math.round(clamped * 10) / 10;
}

function frame({ widthMm, heightMm }: { widthMm: number; heightMm: number }): PathSegment[] {
  const hollow = { width: widthMm - 2 * FRAME_MM, height: heightMm - 2 * FRAME_MM };
  return [
    ...roundedRectangle(0, 0, { width: widthMm, height: heightMm }, FRAME_RADIUS_MM),
    ...roundedRectangle(FRAME_MM, FRAME_MM, hollow, FRAME_RADIUS_MM / 3),
  ];
}
