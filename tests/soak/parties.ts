import { runManySigners } from '../durability/many-signers.ts';
import type { Platform } from '../durability/platform.ts';
import { createCast } from '../durability/play.ts';
import { eachSeed, type Soak, spread, withPlatform } from './soak.ts';

const PARTIES = 20;
const DOCUMENTS = 3;
const AT_ONCE = 10;

/** Every seed is a contract of its own, signed in its own order over two servers. */
export const partiesSoak: Soak = {
  title: `${PARTIES} parties sign ${DOCUMENTS} documents over two servers, ${AT_ONCE} of them at the same instant`,
  seeds: 50,
  run: (seeds) => withPlatform((platform) => runSoak(platform, seeds)),
};

async function runSoak(platform: Platform, seeds: number): Promise<string[]> {
  const servers = [await platform.start(), await platform.startBeside()];
  const cast = await createCast(servers[0]!.client, PARTIES);
  const longest: number[] = [];
  const totals: number[] = [];

  const { ran, faults } = await eachSeed(seeds, async (seed) => {
    const run = { platform, servers, cast, documents: DOCUMENTS, atOnce: AT_ONCE, seed };
    const { longestMs, totalMs, faults: found } = await runManySigners(run);
    longest.push(longestMs);
    totals.push(totalMs);
    console.log(`seed ${seed}: ${Math.round(totalMs)} ms`);
    return found;
  });
  const evidence = await platform.evidenceFaults();

  console.log(`${ran} contracts, ${faults.length} faults; evidence ${evidence === '' ? 'clean' : evidence}`);
  console.log(`the whole contract: ${spread(totals)}`);
  console.log(`the slowest party of each: ${spread(longest)}`);
  return evidence === '' ? faults : [...faults, evidence];
}
