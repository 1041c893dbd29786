/** Signatures that are owed: tried again for as long as they are, and shown to operators. */
import type { Tx } from '../../kernel/database.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { LONGEST_PAUSE_MS, pauseAfter } from './sealing-schedule.ts';
import * as store from './store.ts';
import type { PartyJob } from './turns.ts';

/** Signs for one party that has confirmed its will: the safety net behind the request that does it at once. */
export const SEAL_TASK = 'seal-party';
/** Of one job, for what the schedule does not see: a server that dies while it signs, a database that is away. */
export const SEAL_ATTEMPTS = 25;

export function createSealingDebts({ database, clock, jobs }: ContractsDependencies) {
  return {
    /** After a try that did not succeed: the next one, however often it has failed. Nothing when nothing is owed any more. */
    tryLater(job: PartyJob): Promise<void> {
      const { contractId, partyId } = job;
      return database.transaction(async (tx) => {
        const party = (await store.partiesOf(tx, contractId)).find((each) => each.id === partyId);
        if (party?.status !== 'sealing') return;
        const runAt = new Date(clock.now().getTime() + pauseAfter(party.sealingAttempts));
        await jobs.add(tx, SEAL_TASK, job, { jobKey: sealJobKey(partyId), runAt, maxAttempts: SEAL_ATTEMPTS });
      });
    },

    /** A debt whose job was lost or has given up gets a new one; a job that waits for its time is left alone. */
    async takeUpLost(): Promise<void> {
      const owed = await store.owedSeals(database.db, new Date(clock.now().getTime() - LONGEST_PAUSE_MS));
      for (const { appId, contractId, partyId, accountId } of owed) {
        const job: PartyJob = { appId, contractId, partyId, accountId };
        const options = { jobKey: sealJobKey(partyId), maxAttempts: SEAL_ATTEMPTS, keepsRunAt: true };
        await database.transaction((tx) => jobs.add(tx, SEAL_TASK, job, options));
      }
    },

    /** Signatures that are owed for longer than `olderThanMs` (`npx signet sealing list`). */
    owed: (olderThanMs: number) => store.owedSeals(database.db, new Date(clock.now().getTime() - olderThanMs)),

    /** The same in numbers, for metrics. */
    debt: () => store.sealingDebt(database.db),

    /**
     * Tries again now what the queue would try later, or has given up (`npx signet sealing retry`).
     * @param contractId only those of this contract.
     */
    async retryOwed(contractId?: string, alongside?: (tx: Tx) => Promise<void>): Promise<number> {
      const all = await store.owedSeals(database.db, clock.now());
      const owed = all.filter((each) => contractId === undefined || each.contractId === contractId);
      await database.transaction(async (tx) => {
        for (const { appId, contractId, partyId, accountId } of owed) {
          const job: PartyJob = { appId, contractId, partyId, accountId };
          await jobs.add(tx, SEAL_TASK, job, { jobKey: sealJobKey(partyId), maxAttempts: SEAL_ATTEMPTS });
        }
        await alongside?.(tx);
      });
      return owed.length;
    },
  };
}

export function sealJobKey(partyId: string): string {
  return `seal-party:${partyId}`;
}
