/** The characters of a picture with their places, and what stands in one row, right of a label, or below it. */
import type { ReadCharacter, ReadLine } from './ports.ts';

export interface PlacedCharacter extends ReadCharacter {
  readonly x: number;
  readonly y: number;
  /** Of its line. */
  readonly height: number;
  readonly line: ReadLine;
}

/** One row of text, left to right. */
export type Row = readonly PlacedCharacter[];

/** Two boxes of one row may overlap; then both saw the character between them. */
const SAME_PLACE = 0.45;
/** By so much less of it in sight, in heights, a character counts as cut. */
const CUT = 0.2;
const SAME_ROW = 0.5;

/** Top to bottom. */
export function rowsOf(lines: readonly ReadLine[]): Row[] {
  const rows: { y: number; height: number; lines: ReadLine[] }[] = [];
  for (const line of lines.toSorted((a, b) => middle(a) - middle(b))) {
    const height = line.bottom - line.top;
    const row = rows.find((other) => Math.abs(other.y - middle(line)) < SAME_ROW * Math.min(other.height, height));
    if (row) row.lines.push(line);
    else rows.push({ y: middle(line), height, lines: [line] });
  }
  return rows.map((row) => joinLines(row.lines));
}

function middle({ top, bottom }: ReadLine): number {
  return (top + bottom) / 2;
}

function joinLines(lines: readonly ReadLine[]): Row {
  const joined: PlacedCharacter[] = [];
  for (const character of lines.flatMap(charactersOf).toSorted((a, b) => a.x - b.x)) {
    const previous = joined.at(-1);
    if (!previous || !isDouble(previous, character)) joined.push(character);
    else if (isBetter(character, previous)) joined.splice(-1, 1, character);
  }
  return joined;
}

function isDouble(previous: PlacedCharacter, character: PlacedCharacter): boolean {
  if (previous.line === character.line) return false;
  const [distance, width] = [character.x - previous.x, widthOf(character, previous)];
  // Beyond where the next box begins stands what that box saw too, perhaps cut in half by the edge of its own.
  const isBeyond = previous.x > character.line.left || character.x < previous.line.right;
  return distance < SAME_PLACE * width || (isBeyond && distance < width);
}

/** Of two that saw the same, the one that its box shows whole; where both do, the surer one. */
function isBetter(character: PlacedCharacter, previous: PlacedCharacter): boolean {
  const more = clearance(character) - clearance(previous);
  return Math.abs(more) < CUT * character.height ? character.score > previous.score : more > 0;
}

/** From the ends of its box, no more than a whole character needs. */
function clearance({ x, height, line }: PlacedCharacter): number {
  return Math.min(x - line.left, line.right - x, height / 2);
}

/** Digits and letters take half the room of an ideograph. */
function widthOf(a: PlacedCharacter, b: PlacedCharacter): number {
  const isNarrow = /^[\x20-\x7e]$/.test(a.text) && /^[\x20-\x7e]$/.test(b.text);
  return Math.min(a.height, b.height) * (isNarrow ? 0.5 : 0.8);
}

export function charactersOf(line: ReadLine): PlacedCharacter[] {
  return line.characters.map((character) => ({
    ...character,
    line,
    x: line.left + character.position * (line.right - line.left),
    y: middle(line),
    height: line.bottom - line.top,
  }));
}

export function textOf(row: Row): string {
  return row.map(({ text }) => text).join('');
}
