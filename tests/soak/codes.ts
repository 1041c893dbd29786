import { runGuessing } from '../durability/guessed-codes.ts';
import type { Platform } from '../durability/platform.ts';
import { eachSeed, type Soak, withPlatform } from './soak.ts';

const GUESSES = 100;
const CREATIONS = 100;

/** Every seed guesses at two codes and uses one flow; 50 of them are 10,000 guesses. */
export const codesSoak: Soak = {
  title: `${GUESSES} guesses at once at each of two codes, ${CREATIONS} calls at once for one flow, over two servers`,
  seeds: 50,
  run: (seeds) => withPlatform((platform) => runSoak(platform, seeds)),
};

async function runSoak(platform: Platform, seeds: number): Promise<string[]> {
  const servers = [await platform.start(), await platform.startBeside()];
  const clients = servers.map(({ client }) => client);
  const sum = { passed: 0, judged: 0 };
  const startedAt = performance.now();

  const { ran, faults } = await eachSeed(seeds, async (seed) => {
    const run = await runGuessing({ clients, guesses: GUESSES, creations: CREATIONS, seed });
    sum.passed += run.passed;
    sum.judged += run.judged;
    console.log(`seed ${seed}: ${run.judged} judged, ${run.passed} passed`);
    return run.faults;
  });
  const evidence = await platform.evidenceFaults();

  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(`${ran * 2 * GUESSES} guesses at ${ran * 2} codes and ${ran * CREATIONS} creations in ${seconds} s`);
  console.log(`${sum.judged} guesses were judged, ${sum.passed} codes passed, ${ran} flows used`);
  console.log(`${faults.length} faults; evidence ${evidence === '' ? 'clean' : evidence}`);
  if (faults.length > 0) for (const server of servers) console.error(server.output());
  return evidence === '' ? faults : [...faults, evidence];
}
