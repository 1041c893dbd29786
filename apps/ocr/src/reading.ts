/** What the reader answers: plain data, so that it passes between processes. */

export interface ReadCharacter {
  readonly text: string;
  /** 0 to 1. */
  readonly score: number;
  /** Its middle along the line, 0 to 1. */
  readonly position: number;
  /** What else it may be, likelier first. */
  readonly choices: readonly { readonly text: string; readonly score: number }[];
}

/** One piece of text as it lies on the upright card. Pixels of the upright picture, y downwards. */
export interface ReadLine {
  readonly text: string;
  readonly score: number;
  readonly characters: readonly ReadCharacter[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Reading {
  readonly lines: readonly ReadLine[];
}
