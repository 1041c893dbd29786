/** How a contract ends before every party has signed: taken back, declined, run out of time. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import type { App } from '../apps/index.ts';
import { partySettled, statusChanged } from './announcing.ts';
import {
  type Contract,
  type ContractAction,
  close,
  closeParties,
  type Declined,
  decline,
  type Party,
  type PartyStatus,
} from './contract.ts';
import type { ContractsDependencies } from './dependencies.ts';
import * as store from './store.ts';

const OVERDUE_PER_RUN = 500;

interface HowItEnded {
  readonly action: ContractAction;
  readonly reason: string | null;
  readonly declined?: Declined;
  readonly isByOperator?: boolean;
}

interface OperatorsHand {
  readonly appId: string;
  /** More of the same transaction: the entry of the audit log. */
  readonly alongside: (tx: Tx) => Promise<void>;
}

export function createClosing({ database, clock, evidence, callbacks }: ContractsDependencies) {
  return {
    /** 撤销: the initiator's app takes the contract back. */
    withdraw(app: App, key: store.ContractKey, reason: string | null): Promise<Contract> {
      return database.transaction(async (tx) => {
        const contract = await mustLock(tx, app.id, key);
        return end(tx, contract, await store.partiesOf(tx, contract.id), { action: 'withdraw', reason });
      });
    },

    /** An operator of the installation takes it back, in place of the app. */
    revoke(contractId: string, reason: string, by: OperatorsHand): Promise<Contract> {
      return database.transaction(async (tx) => {
        const contract = await mustLock(tx, by.appId, { contractId });
        const parties = await store.partiesOf(tx, contract.id);
        const revoked = await end(tx, contract, parties, { action: 'withdraw', reason, isByOperator: true });
        await by.alongside(tx);
        return revoked;
      });
    },

    /** 拒签: one party says no, the contract ends. */
    decline(app: App, key: store.ContractKey, accountId: string, reason: string | null): Promise<PartyStatus> {
      return database.transaction(async (tx) => {
        const contract = await mustLock(tx, app.id, key);
        const parties = await store.partiesOf(tx, contract.id);
        const party = partyNamed(parties, accountId);
        if (contract.status !== 'signing') throw new ApiError('CONTRACT_STATUS_CONFLICT', { contractId: contract.id });
        const declined = decline(party, reason);
        const after = parties.map((each) => (each === party ? declined : each));
        await store.saveParties(tx, parties, after);
        await end(tx, contract, after, { action: 'decline', reason, declined });
        return declined.status;
      });
    },

    /** Ends what is past its deadline; a party that has confirmed its will in time still gets its signature. */
    async expireOverdue(): Promise<number> {
      let expired = 0;
      for (const { appId, id } of await store.overdue(database.db, clock.now(), OVERDUE_PER_RUN)) {
        const closed = await database.transaction(async (tx) => {
          const contract = await mustLock(tx, appId, { contractId: id });
          const parties = await store.partiesOf(tx, id);
          const isDue = contract.status === 'signing' && contract.signDeadlineAt <= clock.now();
          if (!isDue || parties.some((party) => party.status === 'sealing')) return false;
          await end(tx, contract, parties, { action: 'expire', reason: null });
          return true;
        });
        if (closed) expired++;
      }
      return expired;
    },
  };

  async function end(tx: Tx, contract: Contract, parties: readonly Party[], how: HowItEnded): Promise<Contract> {
    const closed = close(contract, how.action, how.reason, clock.now());
    await store.saveContract(tx, closed);
    await store.saveParties(tx, parties, closeParties(parties, how.action));
    await evidence.append(tx, {
      appId: contract.appId,
      subject: `contract:${contract.id}`,
      kind: `contract-${closed.status}`,
      content: {
        reason: how.reason,
        ...(how.declined ? { accountId: how.declined.accountId } : {}),
        ...(how.isByOperator ? { by: 'operator' } : {}),
      },
    });
    const ended = statusChanged(closed);
    if (how.declined) await callbacks.publish(tx, partySettled(closed, how.declined), ended);
    else await callbacks.publish(tx, ended);
    return closed;
  }
}

export async function mustLock(tx: Tx, appId: string, key: store.ContractKey): Promise<store.ContractRow> {
  const contract = await store.lock(tx, appId, key);
  if (!contract) throw new ApiError('CONTRACT_NOT_FOUND', { ...key });
  return contract;
}

export function partyNamed(parties: readonly Party[], accountId: string): Party {
  const party = parties.find((each) => each.accountId === accountId);
  if (!party) throw new ApiError('PARTY_STATUS_CONFLICT', { parties: parties.length });
  return party;
}
