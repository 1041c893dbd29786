import { finishSigning, killWhileSigning } from '../durability/killed-signing.ts';
import type { Platform } from '../durability/platform.ts';
import { createCast, untilNothingIsOwed } from '../durability/play.ts';
import { eachSeed, type Soak, spread, withPlatform } from './soak.ts';

const PARTIES = 20;
const DOCUMENTS = 3;

/** Every seed kills the server once in the middle of signing. */
export const signingSoak: Soak = {
  title: `kill -9 while ${PARTIES} parties sign ${DOCUMENTS} documents`,
  seeds: 200,
  run: (seeds) => withPlatform((platform) => runSoak(platform, seeds)),
};

async function runSoak(platform: Platform, seeds: number): Promise<string[]> {
  let server = await platform.start();
  const cast = await createCast(server.client, PARTIES);
  const counts: Record<string, number> = {};
  const owedMs: number[] = [];

  const { ran, faults } = await eachSeed(seeds, async (seed) => {
    const killed = await killWhileSigning(server, { platform, cast, documents: DOCUMENTS, seed });
    server = killed.server;
    await untilNothingIsOwed(platform, [killed.contractId]);
    if (killed.counts.sealing) owedMs.push(performance.now() - killed.killedAt);
    for (const [status, count] of Object.entries(killed.counts)) counts[status] = (counts[status] ?? 0) + count;
    console.log(`seed ${seed}: ${JSON.stringify(killed.counts)}`);
    return [...killed.faults, ...(await finishSigning(platform, server, killed.contractId))];
  });
  const evidence = await platform.evidenceFaults();

  console.log(`${ran} kills, ${faults.length} faults; evidence ${evidence === '' ? 'clean' : evidence}`);
  console.log(`parties found after the kills: ${JSON.stringify(counts)}`);
  console.log(`${owedMs.length} kills left signatures owed; from the kill until all were there: ${spread(owedMs)}`);
  return evidence === '' ? faults : [...faults, evidence];
}
