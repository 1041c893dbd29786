/** What reading a card comes to. */
import type { CardProblem } from './ports.ts';

export type { CardProblem } from './ports.ts';

export type CardOutcome<Card> =
  | { readonly ok: true; readonly card: Card }
  | { readonly ok: false; readonly problem: CardProblem };

export function read<Card>(card: Card): CardOutcome<Card> {
  return { ok: true, card };
}

export function unread(problem: CardProblem): { readonly ok: false; readonly problem: CardProblem } {
  return { ok: false, problem };
}
