/** Pictures of cards from a seed, with what stands on them. */
import { type Facts, makeBankCard, makeIdCardBack, makeIdCardFront, makeLicense } from '../facts.ts';
import { type Random, seededRandom } from '../random.ts';
import { drawBankCard } from './bank-card.ts';
import { drawIdBack, drawIdFront } from './id-card.ts';
import { drawLicense } from './license.ts';
import { anyConditions, type Conditions, photograph } from './photograph.ts';

export interface Sample {
  readonly facts: Facts;
  readonly picture: Buffer;
}

const KINDS = ['id-front', 'id-front', 'id-back', 'license', 'bank-card'] as const;

/** The sample of one seed; `conditions` replace some of those that the seed would choose. */
export async function sampleOf(
  seed: number,
  kind: Facts['kind'] = KINDS[seed % KINDS.length]!,
  conditions: Partial<Conditions> = {},
): Promise<Sample> {
  const random = seededRandom(seed);
  const facts = factsOf(kind, random);
  const chosen = { ...anyConditions(random), ...(kind === 'license' ? { size: random.integer(1200, 1700) } : {}) };
  const svg = draw(facts, random);
  return { facts, picture: await photograph(svg, { ...chosen, ...conditions }, random) };
}

function factsOf(kind: Facts['kind'], random: Random): Facts {
  if (kind === 'id-front') return makeIdCardFront(random);
  if (kind === 'id-back') return makeIdCardBack(random);
  return kind === 'license' ? makeLicense(random) : makeBankCard(random);
}

function draw(facts: Facts, random: Random): string {
  if (facts.kind === 'id-front') return drawIdFront(facts, random);
  if (facts.kind === 'id-back') return drawIdBack(facts, random);
  return facts.kind === 'license' ? drawLicense(facts, random) : drawBankCard(facts, random);
}
