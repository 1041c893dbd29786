/** Lines of Chinese text (避头尾): no closing mark begins a line, no opening mark ends one, words and numbers stay whole. */

const NEVER_FIRST = /^[，。、；：？！）》」』】”’]/u;
const NEVER_LAST = /^[（《「『【“‘]/u;
const PIECES = /[\x21-\x7e]+|./gsu;
/** Wider gaps than this share of the size of type would be seen. */
const WIDEST_GAP = 0.35;

export interface Measure {
  readonly size: number;
  readonly width: number;
  /** Of the first line. */
  readonly indent: number;
  readonly widthOf: (text: string) => number;
}

export interface SetPiece {
  readonly text: string;
  /** From the left edge of the column. */
  readonly x: number;
}

/** Each line's pieces; all lines but the last are as wide as the column. */
export function setLines(text: string, measure: Measure): (readonly SetPiece[])[] {
  const lines = breakLines(text, measure);
  return lines.map((line, i) => place(line, i, { ...measure, isLast: i === lines.length - 1 }));
}

function breakLines(text: string, { width, indent, widthOf }: Measure): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const piece of text.match(PIECES) ?? []) {
    const room = lines.length === 0 ? width - indent : width;
    const isFull = line.length > 0 && widthOf(line.join('') + piece) > room;
    if (!isFull) {
      line.push(piece);
      continue;
    }
    const carried = carryOver(line, piece);
    lines.push(line.slice(0, line.length - carried.length));
    line = [...carried, piece];
  }
  return [...lines, line];
}

/** What must go to the next line together with the piece that found no room. */
function carryOver(line: readonly string[], next: string): string[] {
  let kept = line.length;
  let first = next;
  while (kept > 1 && (NEVER_FIRST.test(first) || NEVER_LAST.test(line[kept - 1] ?? ''))) {
    kept -= 1;
    first = line[kept] ?? '';
  }
  // A line of nothing but marks stays as it is.
  return kept > 1 || !NEVER_FIRST.test(first) ? line.slice(kept) : [];
}

function place(
  line: readonly string[],
  index: number,
  { size, width, indent, widthOf, isLast }: Measure & { readonly isLast: boolean },
): readonly SetPiece[] {
  const start = index === 0 ? indent : 0;
  const spare = width - start - widthOf(line.join(''));
  const wanted = line.length > 1 && !isLast ? spare / (line.length - 1) : 0;
  const gap = wanted > WIDEST_GAP * size ? 0 : Math.max(0, wanted);
  let x = start;
  return line.map((text) => {
    const piece = { text, x };
    x += widthOf(text) + gap;
    return piece;
  });
}
