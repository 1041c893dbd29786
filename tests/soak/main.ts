/** `npm run soak -- NAME [SEEDS]`: what runs too long for `npm test`; ends with its numbers, and with exit code 1 on any fault. */

import { callbacksSoak } from './callbacks.ts';
import { codesSoak } from './codes.ts';
import { partiesSoak } from './parties.ts';
import { signingSoak } from './signing.ts';
import type { Soak } from './soak.ts';

const SOAKS: Readonly<Record<string, Soak>> = {
  signing: signingSoak,
  parties: partiesSoak,
  callbacks: callbacksSoak,
  codes: codesSoak,
};

const [name = '', seeds] = process.argv.slice(2);
const soak = SOAKS[name];
if (soak) {
  const count = seeds === undefined ? soak.seeds : Number(seeds);
  if (!Number.isInteger(count) || count < 1) throw new Error('SEEDS is a number from 1 up');
  const faults = await soak.run(count);
  process.exit(faults.length === 0 ? 0 : 1);
}

console.log('npm run soak -- NAME [SEEDS]');
for (const [each, { title, seeds: usual }] of Object.entries(SOAKS)) {
  console.log(`  ${each.padEnd(10)} ${title} (${usual} seeds unless told otherwise)`);
}
process.exit(name === '' ? 0 : 1);
