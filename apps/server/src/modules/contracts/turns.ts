import type { Tx } from '../../kernel/database.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { Contract, Party } from './contract.ts';

/** Signs for one silent party whose turn has come. */
export const SIGN_SILENTLY_TASK = 'sign-silently';

export interface PartyJob {
  readonly appId: string;
  readonly contractId: string;
  readonly partyId: string;
  readonly accountId: string;
}

/** What follows when a party's turn comes: a silent one signs by itself, in a job of its own. */
export async function announceTurns(
  tx: Tx,
  { jobs }: { readonly jobs: Jobs },
  { id: contractId, appId }: Contract,
  parties: { readonly before: readonly Party[]; readonly after: readonly Party[] },
): Promise<void> {
  const wasOpen = new Set(parties.before.filter((party) => party.status === 'signing').map((party) => party.id));
  for (const party of parties.after) {
    if (!party.silent || party.status !== 'signing' || wasOpen.has(party.id)) continue;
    const job: PartyJob = { appId, contractId, partyId: party.id, accountId: party.accountId };
    await jobs.add(tx, SIGN_SILENTLY_TASK, job, { jobKey: `sign-silently:${party.id}` });
  }
}
