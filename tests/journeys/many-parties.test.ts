/** 3 documents × 20 parties, half of them at the same instant: nobody is lost, every file stays valid for everyone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeByPdfsig, judgeByQpdf } from './outside-judges.ts';
import { downloadAll, type Journey, outcomeOf, person, startContract, startJourney, uploadLease } from './people.ts';

const PARTIES = 20;
const DOCUMENTS = 3;
const AT_ONCE = 10;

let journey: Journey;
const accounts = Array.from({ length: PARTIES }, (_, i) => `party-${i + 1}`);

beforeAll(async () => {
  journey = await startJourney();
  await Promise.all(accounts.map((accountId) => person(journey.client, accountId)));
});
afterAll(() => journey.platform.close());

/** A fixed order for each seed (mulberry32 and Fisher–Yates), so that a failure can be repeated. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

describe('many parties', () => {
  it.each([[1], [2], [3]])('sign three documents in a random order (seed %i)', { timeout: 120_000 }, async (seed) => {
    const { client } = journey;
    const files = await Promise.all(Array.from({ length: DOCUMENTS }, () => uploadLease(client)));
    const contractId = await startContract(
      client,
      files,
      accounts.map((accountId) => ({ accountId })),
    );
    const order = shuffled(accounts, seed);

    for (const accountId of order.slice(AT_ONCE)) await client.sandbox.sign({ contractId, accountId });
    await Promise.all(order.slice(0, AT_ONCE).map((accountId) => client.sandbox.sign({ contractId, accountId })));

    expect(await outcomeOf(client, contractId)).toBe('finished');
    for (const signed of await downloadAll(client, contractId)) {
      const verdict = judgeByPdfsig(signed);
      expect(verdict).toMatchObject({ allValid: true, lastCoversTotal: true });
      expect(new Set(verdict.fieldNames).size).toBe(PARTIES);
      expect(judgeByQpdf(signed)).toBe('');
      expect(await client.files.verify({ file: signed })).toMatchObject({ valid: true, problems: [] });
    }
  });
});
