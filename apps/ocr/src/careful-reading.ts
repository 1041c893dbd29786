/** Second looks at lines that the recognizer was not sure of. */
import { type Box, rotate } from './geometry.ts';
import type { ReadCharacter } from './reading.ts';
import type { RecognizedLine, Recognizer } from './recognition.ts';
import type { RgbImage } from './rgb-image.ts';

/** Below, a character is worth the time of further looks. */
const SURE = 0.8;
/** What is no text at all does not become readable. */
const READABLE = 0.5;
/** Height of the cut-out as a share of the box: another scale shows another grid of strokes. */
const OTHER_HEIGHTS = [0.9, 1.12];
/** In heights: from the middle of a character to where the next one may begin, room in which one may stand, and what is added to it. */
const HALF_CHARACTER = 0.45;
const UNREAD_ROOM = 0.55;
const MARGIN = 0.2;
/** A single character has no neighbors to be sure by. */
const SURE_ALONE = 0.6;

export async function readCarefully(
  recognizer: Recognizer,
  image: RgbImage,
  box: Box,
  upsideDown: boolean,
): Promise<RecognizedLine> {
  const first = await recognizer.recognize(image, box, upsideDown);
  if (first.score < READABLE) return first;
  const whole = await withTail(recognizer, image, box, { line: first, upsideDown });
  if (whole.characters.every(({ score }) => score >= SURE)) return whole;

  const looks = [whole];
  for (const share of OTHER_HEIGHTS) {
    looks.push(await recognizer.recognize(image, { ...box, height: box.height * share }, upsideDown));
  }
  return average(looks);
}

/** A lone character far from the others is easily taken for nothing. */
async function withTail(
  recognizer: Recognizer,
  image: RgbImage,
  box: Box,
  { line, upsideDown }: { line: RecognizedLine; upsideDown: boolean },
): Promise<RecognizedLine> {
  const end = (line.characters.at(-1)?.position ?? 1) * box.width + HALF_CHARACTER * box.height;
  if (box.width - end < UNREAD_ROOM * box.height) return line;
  const room = box.width - end + MARGIN * box.height;
  const offset = rotate({ x: (end + room / 2 - box.width / 2) * (upsideDown ? -1 : 1), y: 0 }, box.angle);
  const center = { x: box.center.x + offset.x, y: box.center.y + offset.y };
  const tail = await recognizer.recognize(image, { ...box, center, width: room }, upsideDown);
  if (tail.score < SURE_ALONE) return line;
  const moved = tail.characters.map((character) => ({
    ...character,
    position: (end + character.position * room) / box.width,
  }));
  return lineOf([...line.characters, ...moved]);
}

/** The looks that found as many characters as the first, averaged place by place. */
export function average(looks: readonly RecognizedLine[]): RecognizedLine {
  const [first] = looks;
  if (!first) return lineOf([]);
  const alike = looks.filter(({ characters }) => characters.length === first.characters.length);
  const characters = first.characters.map((character, i): ReadCharacter => {
    const scores = new Map<string, number>();
    for (const look of alike) {
      const seen = look.characters[i];
      for (const { text, score } of seen ? [seen, ...seen.choices] : []) {
        scores.set(text, (scores.get(text) ?? 0) + score / alike.length);
      }
    }
    const [best, ...choices] = [...scores]
      .map(([text, score]) => ({ text, score }))
      .toSorted((a, b) => b.score - a.score);
    return best ? { ...best, position: character.position, choices } : character;
  });
  return lineOf(characters);
}

function lineOf(characters: readonly ReadCharacter[]): RecognizedLine {
  const sum = characters.reduce((total, { score }) => total + score, 0);
  return {
    text: characters.map(({ text }) => text).join(''),
    score: characters.length > 0 ? sum / characters.length : 0,
    characters,
  };
}
