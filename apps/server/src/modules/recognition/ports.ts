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

export type PictureProblem =
  | 'not-a-picture'
  | 'too-large'
  | 'too-many-pixels'
  | 'too-small'
  | 'damaged'
  | 'failed'
  | 'timed-out';

type NotRead =
  | { readonly problem: PictureProblem }
  /** Nothing is wrong with the picture: there is no reader, it has too much to do, or it gives no answer. */
  | { readonly unavailable: 'not-installed' | 'busy' | 'unreachable' };

export type OcrOutcome = { readonly lines: readonly ReadLine[] } | NotRead;

/** Finds and reads the text of a picture. The bytes come from outside and may be anything. */
export interface OcrReader {
  /** Without starting anything. */
  isInstalled(): boolean;
  read(picture: Uint8Array): Promise<OcrOutcome>;
  close(): Promise<void>;
}

export type CardKind = 'id-card-front' | 'id-card-back' | 'business-license' | 'bank-card';

/** What a card comes to that cannot be read for certain. Half an answer would be taken for a whole one. */
export type CardProblem = 'no-text' | 'other-side' | 'other-document' | 'number-unsure' | 'name-missing' | 'incomplete';

/** As printed; empty or absent where nothing was read. */
export interface CardFields {
  readonly name?: string;
  /** 身份证号, 统一社会信用代码 or 卡号. */
  readonly number?: string;
  readonly sex?: string;
  readonly nation?: string;
  readonly birth?: string;
  readonly address?: string;
  readonly authority?: string;
  readonly validDate?: string;
  readonly legalRepresentative?: string;
  readonly companyType?: string;
  readonly registeredCapital?: string;
  readonly establishedOn?: string;
  readonly term?: string;
  readonly scope?: string;
  readonly bankName?: string;
  readonly cardType?: string;
}

export type CardReading = { readonly fields: CardFields } | { readonly unread: CardProblem } | NotRead;

/** A reader that knows the cards itself and answers their fields. */
export interface CardFieldReader {
  readCard(kind: CardKind, picture: Uint8Array): Promise<CardReading>;
  close(): Promise<void>;
}
