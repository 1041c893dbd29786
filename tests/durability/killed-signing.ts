/** A server is killed in the middle of signing; the next one must find every party either signed or not, and go on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { contractFaults, partiesOf } from './contract-faults.ts';
import type { Platform, Server } from './platform.ts';
import { type Cast, startForAll } from './play.ts';
import { createRandom } from './random.ts';

/** About the time of one party's signature: the death falls anywhere in it. */
const LONGEST_JITTER_MS = 60;

export interface KillRun {
  readonly platform: Platform;
  readonly cast: Cast;
  readonly documents: number;
  readonly seed: number;
}

export interface KillResult {
  readonly server: Server;
  readonly contractId: string;
  /** On the clock of `performance`. */
  readonly killedAt: number;
  readonly faults: readonly string[];
  /** Parties by status, right after the next start. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Everybody signs at once; the server dies a moment after a random number of them has an answer, and a new one starts. */
export async function killWhileSigning(server: Server, run: KillRun): Promise<KillResult> {
  const { platform, cast, documents, seed } = run;
  const random = createRandom(seed);
  const contractId = await startForAll(server.client, cast, documents);
  const answered = new Set<string>();
  const fatalCount = random.below(cast.accounts.length - 1);
  const jitterMs = random.below(LONGEST_JITTER_MS);

  const asked = random.shuffled(cast.accounts).map(async (accountId) => {
    await server.client.sandbox.sign({ contractId, accountId });
    answered.add(accountId);
  });
  const settled = Promise.allSettled(asked);
  while (answered.size < fatalCount) await sleep(1);
  await sleep(jitterMs);
  const killedAt = performance.now();
  await server.kill('SIGKILL');
  await settled;

  const next = await platform.start();
  const faults = await contractFaults({ platform, client: next.client, contractId });
  const parties = await partiesOf(platform, contractId);
  const counts: Record<string, number> = {};
  for (const { account_id, status } of parties) {
    counts[status] = (counts[status] ?? 0) + 1;
    if (!['signing', 'sealing', 'signed'].includes(status)) faults.push(`${account_id} is ${status}`);
    if (answered.has(account_id) && status !== 'signed') faults.push(`${account_id} was told that it signed`);
  }
  return { server: next, contractId, killedAt, faults, counts };
}

/** The rest signs; then the contract must be complete and everything in order. */
export async function finishSigning(platform: Platform, server: Server, contractId: string): Promise<string[]> {
  const { client } = server;
  const open = (await partiesOf(platform, contractId)).filter(({ status }) => status === 'signing');
  await Promise.all(open.map(({ account_id: accountId }) => client.sandbox.sign({ contractId, accountId })));
  const { contractStatus } = await client.contracts.get({ contractId });
  const faults = await contractFaults({ platform, client, contractId });
  return contractStatus === 'finished' ? faults : [...faults, `the contract is ${contractStatus}`];
}
