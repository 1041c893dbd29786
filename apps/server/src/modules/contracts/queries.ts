import { ApiError } from '@signet/protocol/errors';
import type { Db } from '../../kernel/database.ts';
import type { App } from '../apps/index.ts';
import { partyNamed } from './closing.ts';
import type { Contract, Party } from './contract.ts';
import type { ContractsDependencies } from './dependencies.ts';
import * as store from './store.ts';

export interface NamedAttachment extends store.Attachment {
  readonly name: string;
}

export interface ContractDetails {
  readonly contract: Contract;
  readonly files: readonly store.ContractFile[];
  readonly attachments: readonly NamedAttachment[];
  readonly parties: readonly Party[];
}

export interface PartyDetails {
  readonly party: Party;
  readonly placements: readonly (store.Placement & { readonly fileId: string })[];
}

export function createQueries(dependencies: ContractsDependencies) {
  const { db } = dependencies.database;

  return {
    async get(app: App, key: store.ContractKey): Promise<ContractDetails> {
      const contract = await mustFind(db, app, key);
      const [files, attachments, parties] = await Promise.all([
        store.filesOf(db, contract.id),
        namedAttachments(dependencies, app, contract.id),
        store.partiesOf(db, contract.id),
      ]);
      return { contract, files, attachments, parties };
    },

    async getParty(app: App, key: store.ContractKey, accountId: string): Promise<PartyDetails> {
      const contract = await mustFind(db, app, key);
      const party = partyNamed(await store.partiesOf(db, contract.id), accountId);
      const fileIds = new Map((await store.filesOf(db, contract.id)).map((file) => [file.fileCode, file.fileId]));
      const placements = await store.placementsOf(db, contract.id, party.id);
      return {
        party,
        placements: placements.map((each) => ({ ...each, fileId: fileIds.get(each.fileCode) ?? '' })),
      };
    },

    list: (app: App, filter: store.ContractFilter) => store.list(db, app.id, filter),
  };
}

export async function mustFind(db: Db, app: Pick<App, 'id'>, key: store.ContractKey): Promise<store.ContractRow> {
  const contract = await store.find(db, app.id, key);
  if (!contract) throw new ApiError('CONTRACT_NOT_FOUND', { ...key });
  return contract;
}

export async function namedAttachments(
  { database, files }: Pick<ContractsDependencies, 'database' | 'files'>,
  app: App,
  contractId: string,
): Promise<NamedAttachment[]> {
  const attachments = await store.attachmentsOf(database.db, contractId);
  const codes = attachments.map((each) => each.fileCode);
  const stored = await files.getMany(database.db, app.id, codes);
  return attachments.map((each, i) => ({ ...each, name: stored[i]?.name ?? '' }));
}
