/**
 * From a party's will to its recorded signature. The will and the debt to sign are stored first; the files are then signed
 * outside any transaction under a claim; the result is recorded only while the claim still holds.
 */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import { claimBytes } from '../files/index.ts';
import { partySettled, statusChanged } from './announcing.ts';
import { mustLock } from './closing.ts';
import { allSigned, type Contract, close, openTurns, type Party, type PartyStatus } from './contract.ts';
import { type ContractsDependencies, SEALING_DELAYS } from './dependencies.ts';
import { createSealingDebts, sealJobKey } from './sealing-debts.ts';
import * as store from './store.ts';
import { announceTurns, type PartyJob } from './turns.ts';

const RENEWALS_PER_CLAIM = 3;

/** What the signer of one party needs; nobody else may append to these files while the claim holds. */
export interface SealingClaim {
  readonly token: string;
  readonly contract: Contract;
  readonly party: Party;
  readonly files: readonly ClaimedFile[];
}

export interface ClaimedFile {
  readonly file: store.ContractFile;
  /** All revisions so far, oldest first. */
  readonly revisions: readonly store.FileRevision[];
  /** The party's own places in this file. */
  readonly placements: readonly store.Placement[];
}

export interface SignedFile {
  readonly file: store.ContractFile;
  readonly revision: store.FileRevision;
  readonly certificateSerial: string;
  readonly timestampedAt: Date;
}

export function createSealing(dependencies: ContractsDependencies) {
  const { database, clock, evidence, jobs, delays = SEALING_DELAYS } = dependencies;
  const claimEnd = () => new Date(clock.now().getTime() + delays.claimMs);

  return {
    ...createSealingDebts(dependencies),

    /** Undefined while another signer of the contract is at work; the party's status when nothing is owed to it. */
    claim({ appId, contractId, partyId }: PartyJob): Promise<SealingClaim | { settled: PartyStatus } | undefined> {
      const token = opaqueToken(12);
      return database.transaction(async (tx) => {
        const row = await store.claim(tx, contractId, token, { now: clock.now(), until: claimEnd() });
        if (!row) return undefined;
        const parties = await store.partiesOf(tx, contractId);
        const party = parties.find((each) => each.id === partyId);
        if (row.appId !== appId || !party) throw new ApiError('CONTRACT_NOT_FOUND', { contractId });
        if (party.status === 'sealing') return { token, contract: row, party, files: await claimedFiles(tx, party) };
        await store.unclaim(tx, contractId, token);
        return { settled: party.status };
      });
    },

    /** Does the signer's work and keeps the claim alive meanwhile, however long it takes. */
    async whileClaimed<T>({ contract, token }: SealingClaim, work: () => Promise<T>): Promise<T> {
      const renew = () => database.transaction((tx) => store.renewClaim(tx, contract.id, token, claimEnd()));
      // The next renewal makes up for one that failed; a claim that ran out all the same shows when the work is recorded.
      const timer = setInterval(() => void renew().catch(() => undefined), delays.claimMs / RENEWALS_PER_CLAIM);
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },

    /** Stores the signatures; false when the claim was lost or the contract has ended meanwhile. */
    record(claim: SealingClaim, signed: readonly SignedFile[]): Promise<boolean> {
      const { contract, party, token } = claim;
      return database.transaction(async (tx) => {
        const current = await mustLock(tx, contract.appId, { contractId: contract.id });
        if (!(await store.unclaim(tx, contract.id, token)) || current.status !== 'signing') return false;
        // This signer slept so long that a sweep took what it had stored.
        if (!(await claimBytes(tx, storageKeysOf(signed)))) return false;
        await store.insertRevisions(
          tx,
          signed.map((each) => each.revision),
        );
        for (const { file } of signed) await store.saveLayout(tx, file);
        await evidence.append(tx, signedEntry(claim, signed));
        await advance(tx, dependencies, current, party);
        await jobs.remove(tx, sealJobKey(party.id));
        return true;
      });
    },

    /** Gives the claim back after a failure, which an operator can see; the job goes on trying. Nothing when it was lost. */
    async fail({ contract, party, token }: SealingClaim, problem: string): Promise<void> {
      await database.transaction(async (tx) => {
        if (await store.unclaim(tx, contract.id, token)) await store.noteSealingFailure(tx, party.id, problem);
      });
    },

    /** A silent party could not sign; recorded so that the reason can be found. */
    async noteSilentRefusal({ appId, contractId, partyId, accountId }: PartyJob, reason: string): Promise<void> {
      await database.transaction(async (tx) => {
        await store.noteSealingFailure(tx, partyId, reason);
        await evidence.append(tx, {
          appId,
          subject: `contract:${contractId}`,
          kind: 'silent-signing-refused',
          content: { accountId, partyId, reason },
        });
      });
    },
  };
}

async function claimedFiles(tx: Tx, party: Party): Promise<ClaimedFile[]> {
  const files = await store.filesOf(tx, party.contractId);
  const revisions = await store.revisionsOf(tx, party.contractId);
  const placements = await store.placementsOf(tx, party.contractId, party.id);
  return files
    .map((file) => ({
      file,
      revisions: revisions.filter((each) => each.fileCode === file.fileCode),
      placements: placements.filter((each) => each.fileCode === file.fileCode),
    }))
    .filter((each) => each.placements.length > 0);
}

/** Marks the party as signed, opens the next turns, completes the contract after the last one. */
async function advance(tx: Tx, dependencies: ContractsDependencies, contract: Contract, party: Party): Promise<void> {
  const { clock, evidence, callbacks } = dependencies;
  const signedAt = clock.now();
  const signed = (each: Party) => ({ ...each, status: 'signed' as const, signedAt, sealingError: null });
  const before = await store.partiesOf(tx, contract.id);
  const afterSigning = before.map((each) => (each.id === party.id ? signed(each) : each));
  const after = openTurns(afterSigning, contract.sequential);
  await store.saveParties(tx, before, after);
  const settled = partySettled(contract, signed(party));
  if (!allSigned(after)) {
    await callbacks.publish(tx, settled);
    return announceTurns(tx, dependencies, contract, { before, after });
  }

  const completed = close(contract, 'complete', null, signedAt);
  await store.saveContract(tx, completed);
  await callbacks.publish(tx, settled, statusChanged(completed));
  await evidence.append(tx, {
    appId: contract.appId,
    subject: `contract:${contract.id}`,
    kind: 'contract-completed',
    content: { parties: after.length },
  });
}

function storageKeysOf(signed: readonly SignedFile[]): string[] {
  return signed.map(({ revision }) => revision.storageKey);
}

function signedEntry({ contract, party }: SealingClaim, signed: readonly SignedFile[]) {
  return {
    appId: contract.appId,
    subject: `contract:${contract.id}` as const,
    kind: 'party-signed',
    content: {
      accountId: party.accountId,
      partyId: party.id,
      files: signed.map(({ revision, certificateSerial, timestampedAt }) => ({
        fileCode: revision.fileCode,
        revision: revision.revision,
        sha256: Buffer.from(revision.sha256).toString('hex'),
        certificateSerial,
        timestampedAt: timestampedAt.toISOString(),
      })),
    },
  };
}
