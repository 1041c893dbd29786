/**
 * Values beside labels, in one column or several. A label's characters may be spread over several boxes; its value begins in its
 * row and goes on below it, until the next label of the same column.
 */
import { type PlacedCharacter, rowsOf, textOf } from './page-text.ts';
import type { ReadLine } from './ports.ts';

interface Label<Name extends string> {
  readonly name: Name;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  readonly characters: readonly PlacedCharacter[];
}

/** A label's characters stand no farther apart, in heights. */
const WIDEST_GAP = 6.5;
/** Text that begins a line, or follows a gap of this many heights, may be a label. */
const GAP_BEFORE = 1.1;
const SAME_ROW = 0.6;
/** A value goes on in the next row, not after an empty one; in heights. */
const NEXT_ROW = 2.6;

/** `spellings` maps each field to the labels it may have, longer ones first; of `footers` only the upper edge matters. */
export function labelledFields<Name extends string>(
  lines: readonly ReadLine[],
  spellings: Readonly<Record<Name, readonly string[]>>,
  footers: readonly string[],
): Partial<Record<Name, string>> {
  const characters = rowsOf(lines).flat();
  const labels = findLabels(characters, spellings);
  const ends = findLabels(characters, Object.fromEntries(footers.map((footer) => [footer, [footer]])));
  const taken = new Set([...labels, ...ends].flatMap((label) => label.characters));
  const free = characters.filter((character) => !taken.has(character));
  const fields = labels.map((label) => [label.name, fieldValue(label, { labels, ends }, free)] as const);
  // The first label of a name wins; the same word further down is part of a text.
  return Object.fromEntries(fields.toReversed()) as Partial<Record<Name, string>>;
}

function findLabels<Name extends string>(
  characters: readonly PlacedCharacter[],
  spellings: Readonly<Record<Name, readonly string[]>>,
): Label<Name>[] {
  const labels: Label<Name>[] = [];
  for (const name of Object.keys(spellings) as Name[]) {
    const found = spellings[name]
      .flatMap((spelling) => characters.map((first) => matchLabel(first, spelling, characters)))
      .filter((match) => match !== undefined)
      .filter((match) => !labels.some((label) => label.characters.some((character) => match.includes(character))));
    const [match] = found.toSorted((a, b) => (a[0]?.y ?? 0) - (b[0]?.y ?? 0));
    if (match) labels.push(labelOf(name, match));
  }
  return labels;
}

function labelOf<Name extends string>(name: Name, characters: readonly PlacedCharacter[]): Label<Name> {
  const [first] = characters;
  const last = characters.at(-1);
  const height = first?.height ?? 0;
  const [left, right] = [(first?.x ?? 0) - height / 2, (last?.x ?? 0) + height / 2];
  return { name, left, right, y: first?.y ?? 0, height, characters };
}

function matchLabel(
  first: PlacedCharacter,
  spelling: string,
  characters: readonly PlacedCharacter[],
): PlacedCharacter[] | undefined {
  const letters = [...spelling];
  if (first.text !== letters[0] || !beginsText(first, characters)) return undefined;
  const row = characters
    .filter(({ x, y, height }) => x >= first.x && Math.abs(y - first.y) < SAME_ROW * Math.min(height, first.height))
    .toSorted((a, b) => a.x - b.x)
    .slice(0, letters.length);
  if (textOf(row) !== spelling) return undefined;
  const isTight = row.every(
    (character, i) => i === 0 || character.x - (row[i - 1]?.x ?? 0) < WIDEST_GAP * first.height,
  );
  return isTight ? row : undefined;
}

function beginsText(first: PlacedCharacter, characters: readonly PlacedCharacter[]): boolean {
  const before = characters.filter(
    ({ x, y, line }) => x < first.x && (line === first.line || Math.abs(y - first.y) < SAME_ROW * first.height),
  );
  return before.every(
    ({ x, line }) => first.x - x > (line === first.line ? 1 + GAP_BEFORE : GAP_BEFORE) * first.height,
  );
}

function fieldValue<Name extends string>(
  label: Label<Name>,
  { labels, ends }: { labels: readonly Label<Name>[]; ends: readonly Label<string>[] },
  free: readonly PlacedCharacter[],
): string {
  const edge = rightEdge(label, labels);
  const floor = nextBelow(label, [...labels, ...ends]);
  const column = free.filter(({ x, y }) => x > label.left && x < edge && y < floor);
  const first = column.filter(
    ({ x, y }) => x > label.right - label.height * 0.3 && Math.abs(y - label.y) < 0.6 * label.height,
  );
  const start = Math.min(...first.map(({ x }) => x)) - label.height;
  const below = column.filter(({ x, y }) => y > label.y + 0.6 * label.height && x > start);

  let y = label.y;
  let text = ordered(first);
  for (const row of groupRows(below)) {
    const top = row[0]?.y ?? 0;
    if (top - y > NEXT_ROW * label.height) break;
    text += ordered(row);
    y = top;
  }
  return text.trim();
}

function ordered(row: readonly PlacedCharacter[]): string {
  return textOf(row.toSorted((a, b) => a.x - b.x));
}

function groupRows(characters: readonly PlacedCharacter[]): PlacedCharacter[][] {
  const rows: PlacedCharacter[][] = [];
  for (const character of characters.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row?.[0] && character.y - row[0].y < SAME_ROW * character.height) row.push(character);
    else rows.push([character]);
  }
  return rows;
}

/** Where the next column begins. */
function rightEdge(label: Label<string>, labels: readonly Label<string>[]): number {
  const others = labels.filter(({ left }) => left > label.right + label.height);
  return Math.min(Number.POSITIVE_INFINITY, ...others.map(({ left, height }) => left - 0.2 * height));
}

function nextBelow(label: Label<string>, labels: readonly Label<string>[]): number {
  const others = labels.filter(
    ({ left, right, y }) => y > label.y + 0.6 * label.height && left < label.right && right > label.left,
  );
  return Math.min(Number.POSITIVE_INFINITY, ...others.map(({ y, height }) => y - 0.5 * height));
}
