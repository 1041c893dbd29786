/** The date of signing, set in plain type below a seal. */
import type { Drawing } from '@signet/pdf';
import { mapOutline, roundOutline } from './outlines.ts';

const INK = '#16202E';
const DEFAULT_SIZE = 10;
const LINE_HEIGHT = 1.2;
const BASELINE = 0.24;
const GAP = 2;

/** Advance widths of Helvetica in thousandths of an em (Adobe Core 14 metrics), for the characters that dates use. */
const ADVANCE: Readonly<Record<string, number>> = { '-': 333, '/': 278, '.': 278, ':': 278, ',': 278, ' ': 278 };
const DIGIT_ADVANCE = 556;
const WIDEST_ADVANCE = 1015;

function advanceOf(character: string): number {
  return ADVANCE[character] ?? (/\d/.test(character) ? DIGIT_ADVANCE : WIDEST_ADVANCE);
}

/** One line of printable ASCII, as wide as its text. Chinese date words become hyphens, since the type has no Chinese. */
export function drawDate(text: string, options: { readonly size?: number } = {}): Drawing {
  const size = options.size ?? DEFAULT_SIZE;
  const value = text
    .replace(/[年月]/g, '-')
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
  const width = [...value].reduce((sum, character) => sum + (advanceOf(character) * size) / 1000, 0);

  return {
    width: Math.round(width * 100) / 100,
    height: size * LINE_HEIGHT,
    items: [{ kind: 'text', value, x: 0, y: Math.round(size * BASELINE * 100) / 100, size, fill: INK }],
  };
}

/** The seal with the date centred below it, as one picture; the lower edge of the seal is `height - seal.height`. */
export function withDateBelow(seal: Drawing, text: string, options: { readonly size?: number } = {}): Drawing {
  const date = drawDate(text, options);
  const width = Math.max(seal.width, date.width);
  const lift = date.height + GAP;

  return {
    width,
    height: lift + seal.height,
    items: [...move(seal, (width - seal.width) / 2, lift), ...move(date, (width - date.width) / 2, 0)],
  };
}

function move(drawing: Drawing, dx: number, dy: number): Drawing['items'] {
  return drawing.items.map((item) =>
    item.kind === 'text'
      ? { ...item, x: round(item.x + dx), y: round(item.y + dy) }
      : { ...item, segments: roundOutline(mapOutline(item.segments, [1, 0, 0, 1, dx, dy])) },
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
