export interface ReadChoice {
  readonly text: string;
  /** Probability, 0 to 1. */
  readonly score: number;
}

export interface ReadCharacter extends ReadChoice {
  /** Its middle along the line, 0 to 1. */
  readonly position: number;
  /** What else it may be, likelier first. */
  readonly choices: readonly ReadChoice[];
}

/** A piece of text on the upright picture; pixels, y downwards, rows run flat. */
export interface ReadLine {
  readonly text: string;
  readonly score: number;
  readonly characters: readonly ReadCharacter[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type PictureProblem = 'not-a-picture' | 'too-many-pixels' | 'too-small' | 'damaged' | 'failed' | 'timed-out';

export type OcrOutcome =
  | { readonly lines: readonly ReadLine[] }
  | { readonly problem: PictureProblem }
  /** Nothing is wrong with the picture: there is no reader, or it has too much to do. */
  | { readonly unavailable: 'not-installed' | 'busy' };

/** Finds and reads the text of a picture. The bytes come from outside and may be anything. */
export interface OcrReader {
  read(picture: Uint8Array): Promise<OcrOutcome>;
  close(): Promise<void>;
}
