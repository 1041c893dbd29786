/** Signing with many parties, over two servers, and with servers that are killed: real processes, all settings of production. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishSigning, type KillResult, killWhileSigning } from './killed-signing.ts';
import { runManySigners } from './many-signers.ts';
import { createPlatform, type Platform } from './platform.ts';
import { createCast, untilNothingIsOwed } from './play.ts';

/** One that kills early, one in the middle, one late. */
const SEEDS = [7, 8, 2];

// Starts share two cores with whatever else runs.
vi.setConfig({ testTimeout: 180_000 });

let platform: Platform;

beforeEach(() => {
  platform = createPlatform();
});
afterEach(() => platform.remove());

describe('two servers on one database and one data folder', () => {
  it('let 20 parties sign three documents, ten of them at the same instant', async () => {
    const servers = [await platform.start(), await platform.startBeside()];
    const cast = await createCast(servers[0]!.client, 20);

    for (const seed of SEEDS.slice(0, 2)) {
      const { faults, ...numbers } = await runManySigners({ platform, servers, cast, documents: 3, atOnce: 10, seed });
      console.info(`seed ${seed}:`, rounded(numbers));
      expect(faults).toEqual([]);
    }

    expect(await platform.evidenceFaults()).toBe('');
  });
});

describe('a server that is killed in the middle of signing', () => {
  it('leaves every party signed or unsigned; what it owed is signed by the next one, and the rest can sign', async () => {
    let server = await platform.start();
    const cast = await createCast(server.client, 10);
    const results: KillResult[] = [];

    for (const seed of SEEDS) {
      const result = await killWhileSigning(server, { platform, cast, documents: 2, seed });
      console.info(`seed ${seed}: after the kill`, result.counts);
      results.push(result);
      server = result.server;
    }
    const contractIds = results.map(({ contractId }) => contractId);
    await untilNothingIsOwed(platform, contractIds);
    const owedMs = performance.now() - Math.max(...results.map(({ killedAt }) => killedAt));
    console.info(`nothing owed any more ${Math.round(owedMs)} ms after the last kill`);

    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    for (const contractId of contractIds) expect(await finishSigning(platform, server, contractId)).toEqual([]);
    expect(await platform.evidenceFaults()).toBe('');
  });
});

function rounded(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(value)]));
}
