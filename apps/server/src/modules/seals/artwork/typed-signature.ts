/** A person's own name set in a handwriting face, for those who do not draw. */

import { type Letter, type Lettering, letter, type SealArtwork } from './artwork.ts';
import { charactersOf, handwrittenGlyphOf } from './glyphs.ts';
import { arrangeRows, rowOutlines } from './name-rows.ts';
import { INK_ROOM, onPaper, SIGNATURE_SIZE } from './signature-paper.ts';

/** Two or three characters fill the height; larger ones would look like a headline. */
const LARGEST_EM = 12;

/** The dots of minority and foreign names; the face has but one. */
const SAME_DOT: Readonly<Record<string, string>> = { '·': '•', '・': '•' };

export function setSignature(name: string): SealArtwork {
  const { letters, fallback } = byHand(name) ?? letter(name);
  const arrangement = arrangeRows(letters, { ...INK_ROOM, largestEm: LARGEST_EM });
  return onPaper(rowOutlines(arrangement, SIGNATURE_SIZE), 1, fallback);
}

/** Undefined unless the face has every character: a name in two faces would look patched. */
function byHand(name: string): Lettering | undefined {
  const letters: Letter[] = [];
  for (const character of charactersOf(name)) {
    const glyph = handwrittenGlyphOf(SAME_DOT[character] ?? character);
    if (!glyph) return undefined;
    letters.push({ character, glyph });
  }
  return { letters };
}
