/** Parties and contracts for runs with many signers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignetClient } from '@signet/sdk';
import { company, person, placeOf, uploadLease } from '../journeys/people.ts';
import { partiesOf } from './contract-faults.ts';
import type { Platform } from './platform.ts';

export interface Cast {
  readonly accounts: readonly string[];
  /** A company that signs silently, in a background job. */
  readonly silent: { readonly accountId: string; readonly authorizeCode: string };
}

export async function createCast(client: SignetClient, persons: number): Promise<Cast> {
  const accounts = Array.from({ length: persons }, (_, i) => `party-${i + 1}`);
  for (const accountId of accounts) await person(client, accountId);
  const accountId = await company(client, 'acme');
  const { authorizeCode } = await client.sandbox.grantSeal({ accountId });
  return { accounts, silent: { accountId, authorizeCode } };
}

/** Everybody signs every document, in parallel; the company by itself. */
export async function startForAll(client: SignetClient, cast: Cast, documents: number): Promise<string> {
  const fileCodes = await Promise.all(Array.from({ length: documents }, () => uploadLease(client)));
  const signers = [...cast.accounts.map((accountId) => ({ accountId })), cast.silent];
  const { contractId } = await client.contracts.start({
    docs: fileCodes.map((fileCode, i) => ({ fileId: `doc-${i + 1}`, fileCode })),
    signFlowInitiator: { accountId: cast.silent.accountId },
    signers: signers.map((signer, i) => ({
      accountId: signer.accountId,
      signFields: fileCodes.map((fileCode) => ({
        ...{ fileCode, signFieldPosition: placeOf(i) },
        ...('authorizeCode' in signer ? { authorizeCode: signer.authorizeCode } : {}),
      })),
    })),
  });
  return contractId;
}

/** Waits until nobody's signature is owed, without asking for any. */
export async function untilNothingIsOwed(platform: Platform, contractIds: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const statuses = (await Promise.all(contractIds.map((id) => partiesOf(platform, id)))).flat();
    if (!statuses.some(({ status }) => status === 'sealing')) return;
    if (performance.now() - startedAt > 60_000) throw new Error('a signature is still owed after a minute');
    await sleep(100);
  }
}
