/**
 * Numbers that carry a check digit, read with care: where the model was not sure, its second thoughts may stand in, but only when
 * the check then holds, and never when two answers are about equally likely.
 */
import type { ReadCharacter } from './ports.ts';

export interface NumberRule {
  /** Allowed lengths. */
  readonly lengths: readonly number[];
  readonly alphabet: string;
  readonly holds: (value: string) => boolean;
}

export interface CheckedNumber {
  readonly value: string;
  /** Characters that are not what the model thought first. */
  readonly repairs: number;
}

/** What printers and readers mix up; the right side is what stands in numbers. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ O: '0', o: '0', Q: '0', D: '0', 〇: '0', I: '1', l: '1', '|': '1', i: '1', Z: '2', z: '2' },
  ...{ S: '5', s: '5', B: '8', G: '6', b: '6', q: '9', g: '9', x: 'X', '×': 'X', K: 'X', A: '4' },
};
const LOOKALIKE_SHARE = 0.2;
/** A character that is there although none should be. */
const SUPERFLUOUS_SHARE = 0.02;
const CERTAIN = 0.999_999;
const MOST_REPAIRS = 2;
/** How much likelier the chosen reading must be than the next one. */
const CLEAR_LEAD = 3;

interface Option {
  readonly text: string;
  readonly score: number;
  readonly isFirst: boolean;
}

/** The number in these characters; undefined when there is none, or no clear one. */
export function readCheckedNumber(characters: readonly ReadCharacter[], rule: NumberRule): CheckedNumber | undefined {
  const positions = characters
    .map((character) => optionsOf(character, rule.alphabet))
    .filter((options) => options.length > 0);
  const found = variantsOf(positions, rule.lengths).flatMap((variant) => readings(variant, rule));
  const [best, second] = distinct(found).toSorted((a, b) => b.likelihood - a.likelihood);
  if (!best) return undefined;
  if (best.repairs > 0 && second && second.likelihood * CLEAR_LEAD > best.likelihood) return undefined;
  return { value: best.value, repairs: best.repairs };
}

/** Likelier first. What cannot stand in the number at all (spaces, dots) has none. */
function optionsOf({ text, score, choices }: ReadCharacter, alphabet: string): Option[] {
  const options: Option[] = [];
  for (const [i, choice] of [{ text, score }, ...choices].entries()) {
    const lookalike = LOOKALIKES[choice.text];
    if (alphabet.includes(choice.text)) options.push({ text: choice.text, score: choice.score, isFirst: i === 0 });
    else if (lookalike && alphabet.includes(lookalike)) {
      options.push({ text: lookalike, score: choice.score * LOOKALIKE_SHARE, isFirst: false });
    }
  }
  // Second thoughts about a separator are no digit.
  const isSeparator = !alphabet.includes(text) && !LOOKALIKES[text] && !/\p{Letter}/u.test(text);
  return isSeparator
    ? []
    : options.filter(({ text: own }, i) => options.findIndex((other) => other.text === own) === i);
}

interface Variant {
  readonly positions: readonly (readonly Option[])[];
  readonly share: number;
  readonly dropped: number;
}

/** The run itself where its length fits, else what is left without one superfluous character. */
function variantsOf(positions: readonly (readonly Option[])[], lengths: readonly number[]): Variant[] {
  const whole = lengths.includes(positions.length) ? [{ positions, share: 1, dropped: 0 }] : [];
  if (whole.length > 0 || !lengths.includes(positions.length - 1)) return whole;
  return positions.map((options, i) => ({
    positions: positions.toSpliced(i, 1),
    share: SUPERFLUOUS_SHARE * (1 - Math.min(CERTAIN, options[0]?.score ?? 0)),
    dropped: 1,
  }));
}

interface FoundNumber extends CheckedNumber {
  readonly likelihood: number;
}

function readings({ positions, share, dropped }: Variant, { holds }: NumberRule): FoundNumber[] {
  const first = positions.map(([option]) => option?.text ?? '').join('');
  const likelihood = positions.reduce((product, [option]) => product * (option?.score ?? 0), share);
  const strange = positions.filter(([option]) => !option?.isFirst).length;
  if (holds(first)) return [{ value: first, likelihood, repairs: dropped + strange }];

  const swaps = positions.flatMap((options, at) =>
    options.slice(1).map(({ text, score }) => ({ at, text, ratio: score / (options[0]?.score ?? 1) })),
  );
  return pairsUpTo(MOST_REPAIRS, swaps).flatMap((chosen) => {
    const letters = [...first];
    for (const { at, text } of chosen) letters[at] = text;
    const value = letters.join('');
    if (!holds(value)) return [];
    const ratio = chosen.reduce((product, swap) => product * swap.ratio, 1);
    return [{ value, likelihood: likelihood * ratio, repairs: dropped + strange + chosen.length }];
  });
}

interface Swap {
  readonly at: number;
  readonly text: string;
  readonly ratio: number;
}

function pairsUpTo(most: number, swaps: readonly Swap[]): Swap[][] {
  const single = swaps.map((swap) => [swap]);
  if (most < 2) return single;
  const pairs = swaps.flatMap((a, i) => swaps.slice(i + 1).flatMap((b) => (a.at === b.at ? [] : [[a, b]])));
  return [...single, ...pairs];
}

function distinct(found: readonly FoundNumber[]): FoundNumber[] {
  const best = new Map<string, FoundNumber>();
  for (const one of found) if ((best.get(one.value)?.likelihood ?? -1) < one.likelihood) best.set(one.value, one);
  return [...best.values()];
}
