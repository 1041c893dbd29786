/** What operators see of contracts, whichever app's they are. */
import { ApiError } from '@signet/protocol/errors';
import type { EvidenceChain } from '../evidence/index.ts';
import { FORGOTTEN_NAME } from '../users/index.ts';
import * as consoleStore from './console-store.ts';
import type { Contract, Party } from './contract.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { createPageView, type PageFile } from './page-view.ts';
import * as store from './store.ts';

export interface ContractOverview extends consoleStore.PartyCounts {
  readonly contract: Contract;
}

export interface NamedParty extends Party {
  readonly name: string;
  readonly kind: 'person' | 'organization';
}

export interface DigestedFile extends PageFile {
  readonly sha256: Uint8Array;
}

export interface ContractInspection extends ContractOverview {
  readonly partyList: readonly NamedParty[];
  readonly files: readonly DigestedFile[];
  readonly evidence: EvidenceChain;
}

const NO_PARTIES: consoleStore.PartyCounts = { parties: 0, signedParties: 0, isTroubled: false };

export function createConsoleView(dependencies: ContractsDependencies) {
  const { database, evidence, users, files: uploads } = dependencies;
  const { db } = database;
  const { pageDocuments } = createPageView(dependencies);

  return {
    /** Of all apps, newest first. */
    async search(wanted: consoleStore.ContractSearch): Promise<{ list: ContractOverview[]; total: number }> {
      const { list, total } = await consoleStore.search(db, wanted);
      const counts = await consoleStore.countParties(
        db,
        list.map(({ id }) => id),
      );
      return { list: list.map((contract) => ({ contract, ...(counts.get(contract.id) ?? NO_PARTIES) })), total };
    },

    /** @throws ApiError CONTRACT_NOT_FOUND */
    find: findContract,

    /** Everything of one contract. @throws ApiError CONTRACT_NOT_FOUND */
    async inspect(contractId: string): Promise<ContractInspection> {
      const contract = await findContract(contractId);
      const [counts, partyList, files, chain] = await Promise.all([
        consoleStore.countParties(db, [contractId]),
        namedParties(contract),
        digestedFiles(contract),
        evidence.chainOf(contract.appId, `contract:${contractId}`),
      ]);
      return { contract, ...(counts.get(contractId) ?? NO_PARTIES), partyList, files, evidence: chain };
    },
  };

  async function findContract(contractId: string): Promise<Contract> {
    const contract = await consoleStore.find(db, contractId);
    if (!contract) throw new ApiError('CONTRACT_NOT_FOUND', { contractId });
    return contract;
  }

  async function namedParties({ id, appId }: Contract): Promise<NamedParty[]> {
    const parties = await store.partiesOf(db, id);
    const accounts = await users.findKnown(
      db,
      appId,
      parties.map((party) => party.accountId),
    );
    return parties.map((party) => {
      const { name = FORGOTTEN_NAME, kind = 'person' } = accounts.get(party.accountId) ?? {};
      return { ...party, name, kind };
    });
  }

  async function digestedFiles(contract: Contract): Promise<DigestedFile[]> {
    const { files } = await pageDocuments(contract);
    const attached = files.filter((file) => file.isAttachment).map((file) => file.fileCode);
    const [signed, stored] = await Promise.all([
      consoleStore.newestDigests(db, contract.id),
      uploads.getMany(db, contract.appId, attached),
    ]);
    const digests = new Map([...signed, ...stored.map((file) => [file.fileCode, file.sha256] as const)]);
    return files.map((file) => ({ ...file, sha256: digests.get(file.fileCode) ?? new Uint8Array() }));
  }
}
