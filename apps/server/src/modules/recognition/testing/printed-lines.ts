/** Lines as a reader would find them, for tests of what they mean. */
import type { ReadCharacter, ReadLine } from '../ports.ts';

const HEIGHT = 30;

/** `text` at `left`, `top`; ideographs are as wide as high, digits and letters half of it. */
export function printed(
  text: string,
  left: number,
  top: number,
  doubts: Readonly<Record<number, string>> = {},
): ReadLine {
  const letters = [...text];
  const widths = letters.map((letter) => (/[\x20-\x7e]/.test(letter) ? HEIGHT / 2 : HEIGHT));
  const width = widths.reduce((sum, one) => sum + one, 0);
  let x = 0;
  const characters = letters.map((letter, i): ReadCharacter => {
    const position = (x + (widths[i] ?? 0) / 2) / width;
    x += widths[i] ?? 0;
    const doubt = doubts[i];
    // A doubt is what the model thinks of second.
    return doubt === undefined
      ? { text: letter, score: 0.99, position, choices: [] }
      : {
          text: letter,
          score: 0.55,
          position,
          choices: [...doubt].map((other, n) => ({ text: other, score: 0.3 / (n + 1) })),
        };
  });
  return { text, score: 0.99, characters, left, right: left + width, top, bottom: top + HEIGHT };
}
