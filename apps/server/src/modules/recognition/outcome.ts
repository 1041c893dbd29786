/** What reading a card comes to. A card that cannot be read for certain is no card: half an answer would be taken for a whole one. */
export type CardProblem = 'no-text' | 'other-side' | 'other-document' | 'number-unsure' | 'name-missing' | 'incomplete';

export type CardOutcome<Card> =
  | { readonly ok: true; readonly card: Card }
  | { readonly ok: false; readonly problem: CardProblem };

export function read<Card>(card: Card): CardOutcome<Card> {
  return { ok: true, card };
}

export function unread(problem: CardProblem): { readonly ok: false; readonly problem: CardProblem } {
  return { ok: false, problem };
}
