/** A party confirms its will to sign (意愿); from then on the platform owes it the signature. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { mustLock, partyNamed } from './closing.ts';
import { type Contract, confirmWill, type Party } from './contract.ts';
import { type ContractsDependencies, SEALING_DELAYS } from './dependencies.ts';
import { SEAL_ATTEMPTS, SEAL_TASK, sealJobKey } from './sealing-debts.ts';
import * as store from './store.ts';
import type { PartyJob } from './turns.ts';

export interface Will {
  /** How the party confirmed: by SMS code on the page, by a silent-signing grant, or played in the sandbox. */
  readonly mode: 'CODE_SMS' | 'silent' | 'simulated';
  readonly sealId: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Decides on the locked state whether this party may sign (grants, codes); throws when it may not. */
export type Permission = (tx: Tx, found: ConfirmingParty) => Promise<Will>;

export interface ConfirmingParty {
  readonly contract: Contract;
  readonly party: Party;
  /** The party's places in all files. */
  readonly placements: readonly store.Placement[];
}

export function createConfirm({ database, clock, evidence, jobs, delays = SEALING_DELAYS }: ContractsDependencies) {
  return function confirm(
    appId: string,
    key: store.ContractKey,
    accountId: string,
    permission: Permission,
  ): Promise<PartyJob> {
    return database.transaction(async (tx) => {
      const contract = await mustLock(tx, appId, key);
      const parties = await store.partiesOf(tx, contract.id);
      const party = partyNamed(parties, accountId);
      if (contract.status !== 'signing') throw new ApiError('CONTRACT_STATUS_CONFLICT', { contractId: contract.id });
      if (contract.signDeadlineAt <= clock.now()) throw new ApiError('CONTRACT_STATUS_CONFLICT', { expired: true });
      const confirmed = confirmWill(party, clock.now());
      const placements = await store.placementsOf(tx, contract.id, party.id);
      const will = await permission(tx, { contract, party, placements });
      await store.saveParties(tx, [party], [{ ...confirmed, chosenSealId: will.sealId }]);
      await evidence.append(tx, {
        appId,
        subject: `contract:${contract.id}`,
        kind: 'will-confirmed',
        content: { accountId, partyId: party.id, mode: will.mode, ...will.detail },
      });
      const job: PartyJob = { appId, contractId: contract.id, partyId: party.id, accountId };
      const runAt = new Date(clock.now().getTime() + delays.safetyNetMs);
      await jobs.add(tx, SEAL_TASK, job, { jobKey: sealJobKey(party.id), runAt, maxAttempts: SEAL_ATTEMPTS });
      return job;
    });
  };
}
