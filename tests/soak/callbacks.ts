import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseAddress, startEmbeddedPostgres } from '../../apps/server/src/kernel/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/kernel/log.ts';
import { killSenders } from '../callbacks/killed-sender.ts';
import { type Soak, spread } from './soak.ts';

const EVENTS = 10_000;
const CONTRACTS = 400;
const KILLS = 100;

/** Each seed is the whole of it, on a database of its own. */
export const callbacksSoak: Soak = {
  title: `${EVENTS} callbacks of ${CONTRACTS} contracts to a receiver that fails 30 %, the server killed -9 ${KILLS} times`,
  seeds: 1,
  run: async (seeds) => {
    const faults: string[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) faults.push(...(await withPostgres((url) => runOnce(url, seed))));
    return faults;
  },
};

async function runOnce(databaseUrl: string, seed: number): Promise<readonly string[]> {
  const startedAt = performance.now();
  const { faults, latenciesMs, ...counts } = await killSenders({
    ...{ databaseUrl, masterKey: new Uint8Array(32).fill(seed), seed },
    ...{ events: EVENTS, contracts: CONTRACTS, kills: KILLS },
    onKill: (kills, published) => console.log(`kill ${kills}: ${published} events committed`),
  });
  for (const fault of faults.slice(0, 20)) console.error(`seed ${seed}: ${fault}`);
  console.log(`seed ${seed}: ${JSON.stringify(counts)}, ${faults.length} faults`);
  console.log(`from the commit to the receiver, starts after kills included: ${spread(latenciesMs)}`);
  console.log(`${Math.round((performance.now() - startedAt) / 1_000)} seconds`);
  return faults;
}

/** One that outlives the servers that are killed. */
async function withPostgres<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signet-soak-callbacks-'));
  // The database user of a run as root must be able to pass.
  chmodSync(dataFolder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataFolder, log: createLogger({ logLevel: 'error' }) });
  const remove = async (): Promise<void> => {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void remove().finally(() => process.exit(130)));
  }
  try {
    return await work(toUrl(postgres.address));
  } finally {
    await remove();
  }
}

function toUrl({ host, port, user, password, database }: DatabaseAddress): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${database}`;
}
