/** Many parties sign several documents in a random order, some one by one and some at the same instant, over several servers. */
import type { SignetClient } from '@signet/sdk';
import { outcomeOf } from '../journeys/people.ts';
import { contractFaults } from './contract-faults.ts';
import type { Platform, Server } from './platform.ts';
import { type Cast, startForAll } from './play.ts';
import { createRandom } from './random.ts';

export interface ManySignersRun {
  readonly platform: Platform;
  readonly servers: readonly Server[];
  readonly cast: Cast;
  readonly documents: number;
  readonly atOnce: number;
  readonly seed: number;
}

export interface ManySignersResult {
  readonly faults: readonly string[];
  /** How many states of the first document were downloaded meanwhile. */
  readonly states: number;
  readonly longestMs: number;
  readonly totalMs: number;
}

export async function runManySigners(run: ManySignersRun): Promise<ManySignersResult> {
  const { platform, servers, cast, documents, atOnce, seed } = run;
  const random = createRandom(seed);
  const anyone = (): SignetClient => servers[random.below(servers.length)]!.client;
  const contractId = await startForAll(anyone(), cast, documents);
  const order = random.shuffled(cast.accounts);
  const watched = watch(anyone(), contractId);

  const startedAt = performance.now();
  const times: number[] = [];
  const sign = async (client: SignetClient, accountId: string): Promise<void> => {
    const askedAt = performance.now();
    await client.sandbox.sign({ contractId, accountId });
    times.push(performance.now() - askedAt);
  };
  for (const accountId of order.slice(atOnce)) await sign(anyone(), accountId);
  await Promise.all(order.slice(0, atOnce).map((accountId, i) => sign(servers[i % servers.length]!.client, accountId)));
  const client = anyone();
  const outcome = await outcomeOf(client, contractId);
  const totalMs = performance.now() - startedAt;

  const states = await watched.stop();
  const faults = [...(await contractFaults({ platform, client, contractId })), ...(await watched.faults())];
  if (outcome !== 'finished') faults.push(`the contract is ${outcome}`);
  return { faults, states, longestMs: Math.max(...times), totalMs };
}

/** Downloads the first document over and over, as the present state of the contract, while others sign. */
function watch(client: SignetClient, contractId: string) {
  const states = new Map<number, Buffer>();
  let isWatching = true;
  const present = async (): Promise<void> => {
    const { docs } = await client.contracts.download({ contractId, current: true });
    const bytes = Buffer.from(await client.fetchFile(docs[0]?.fileUrl ?? ''));
    states.set(bytes.length, bytes);
  };
  const watching = (async () => {
    while (isWatching) await present();
  })();
  return {
    stop: async (): Promise<number> => {
      isWatching = false;
      await watching;
      await present();
      return states.size;
    },
    /** Each state must be an exact prefix of the next. */
    faults: async (): Promise<string[]> => {
      const ordered = [...states.values()].toSorted((a, b) => a.length - b.length);
      return ordered
        .slice(1)
        .flatMap((later, i) =>
          later.subarray(0, ordered[i]!.length).equals(ordered[i]!)
            ? []
            : ['a downloaded state is no prefix of the next'],
        );
    },
  };
}
