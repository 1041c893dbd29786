/** Chinese line breaking: 避头尾 (what may not begin or end a line), squeezed punctuation, unbroken Latin words and numbers. */

/** What stays together on a line: one Chinese character, one mark, or one Latin word. */
export interface Piece {
  readonly text: string;
  /** Between `[[` and `]]`: underlined as a filled-in blank. */
  readonly isFilled: boolean;
}

export interface SetPiece extends Piece {
  readonly width: number;
  /** The blank half of a mark was taken away. */
  readonly isSqueezed: boolean;
}

export interface Line {
  readonly pieces: readonly SetPiece[];
  readonly width: number;
  readonly isLast: boolean;
}

export interface Measure {
  readonly width: number;
  readonly firstIndent: number;
  readonly widthOf: (text: string) => number;
  readonly em: number;
}

const NEVER_FIRST = /^[，。、；：？！）》」』】〕％”’…—·]/u;
const NEVER_LAST = /^[（《「『【〔“‘]/u;
/** Marks whose right half is blank. */
const BLANK_RIGHT = /^[，。、；：）》」』】〕]$/u;
const ANY_MARK = /^[，。、；：）》」』】〕（《「『【〔“”]/u;

export function piecesOf(marked: string): Piece[] {
  return marked.split(/(\[\[.*?\]\])/u).flatMap((part) => {
    const isFilled = part.startsWith('[[');
    const text = isFilled ? part.slice(2, -2) : part;
    return (text.match(/[\x21-\x7e]+|./gsu) ?? []).map((piece) => ({ text: piece, isFilled }));
  });
}

export function breakLines(marked: string, measure: Measure): Line[] {
  const pieces = piecesOf(marked);
  const lines: Line[] = [];
  let start = 0;
  while (start < pieces.length) {
    const room = measure.width - (lines.length === 0 ? measure.firstIndent : 0);
    const end = lineEnd(pieces, start, room, measure);
    const set = setPieces(trimSpaces(pieces.slice(start, end)), measure);
    const isLast = end >= pieces.length;
    lines.push({ pieces: set, width: set.reduce((sum, piece) => sum + piece.width, 0), isLast });
    start = end;
    while (pieces[start]?.text === ' ') {
      start += 1;
    }
  }
  return lines;
}

/** As many pieces as fit with a squeezed mark at the end, then back to the last allowed break. */
function lineEnd(pieces: readonly Piece[], start: number, room: number, measure: Measure): number {
  let end = start + 1;
  while (end < pieces.length && widthOf(pieces.slice(start, end + 1), measure) <= room + 0.01) {
    end += 1;
  }
  if (end >= pieces.length) {
    return pieces.length;
  }

  let allowed = end;
  while (allowed > start + 1 && !mayBreakBefore(pieces, allowed)) {
    allowed -= 1;
  }
  return allowed > start + 1 ? allowed : end;
}

function mayBreakBefore(pieces: readonly Piece[], index: number): boolean {
  const before = pieces[index - 1]?.text ?? '';
  const after = pieces[index]?.text ?? '';
  return !NEVER_FIRST.test(after) && !NEVER_LAST.test(before);
}

function widthOf(pieces: readonly Piece[], measure: Measure): number {
  return setPieces(trimSpaces(pieces), measure).reduce((sum, piece) => sum + piece.width, 0);
}

function setPieces(pieces: readonly Piece[], { widthOf: natural, em }: Measure): SetPiece[] {
  return pieces.map((piece, i) => {
    const width = natural(piece.text);
    const next = pieces[i + 1]?.text;
    const isSqueezed = BLANK_RIGHT.test(piece.text) && width > em * 0.9 && (next === undefined || ANY_MARK.test(next));
    return { ...piece, width: isSqueezed ? width - em / 2 : width, isSqueezed };
  });
}

function trimSpaces(pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.findLastIndex((piece) => piece.text !== ' ');
  return pieces.slice(0, last + 1);
}
