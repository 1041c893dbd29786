/** What pages show of a contract: its files as they stand, whose places they hold, how far the parties are. */
import type { Db } from '../../kernel/database.ts';
import type { PageSize } from '../files/index.ts';
import { partyNamed } from './closing.ts';
import type { Contract, Party } from './contract.ts';
import type { ContractsDependencies } from './dependencies.ts';
import * as pageStore from './page-store.ts';
import { mustFind } from './queries.ts';
import * as store from './store.ts';

/** What the initiator chose for the pages of a contract. */
export interface PageOptions {
  readonly redirect: { readonly url: string; readonly delaySeconds: number | null } | null;
  /** A party sees the documents only from its turn on. */
  readonly hideUntilTurn: boolean;
}

export interface PageParty {
  readonly contract: Contract;
  readonly options: PageOptions;
  readonly party: Party;
  /** All of them, in the order of their turns. */
  readonly parties: readonly Party[];
}

export interface PageFile {
  readonly fileCode: string;
  readonly name: string;
  readonly size: number;
  readonly revision: number;
  /** As displayed, in points. */
  readonly pages: readonly PageSize[];
  readonly isAttachment: boolean;
}

export interface PageDocuments {
  readonly files: readonly PageFile[];
  /** The places of all parties in all files. */
  readonly placements: readonly store.Placement[];
}

export function createPageView({ database, files: uploads }: ContractsDependencies) {
  return {
    /** One party and its contract, as a page or its link finds them. @throws ApiError when there is no such one. */
    async pageParty(db: Db, appId: string, key: store.ContractKey, accountId: string): Promise<PageParty> {
      const { options, ...contract } = await mustFind(db, { id: appId }, key);
      const parties = await store.partiesOf(db, contract.id);
      return { contract, options: readOptions(options), party: partyNamed(parties, accountId), parties };
    },

    /** The places of one party, in all files. */
    placesOf: (db: Db, { id, contractId }: Party): Promise<store.Placement[]> => store.placementsOf(db, contractId, id),

    async pageDocuments({ appId, id: contractId }: Contract): Promise<PageDocuments> {
      const { db } = database;
      const [files, attachments, revisions, placements] = await Promise.all([
        store.filesOf(db, contractId),
        store.attachmentsOf(db, contractId),
        pageStore.newestRevisions(db, contractId),
        store.placementsOf(db, contractId),
      ]);
      const codes = [...files, ...attachments].map((file) => file.fileCode);
      const stored = new Map((await uploads.getMany(db, appId, codes)).map((file) => [file.fileCode, file]));
      const newest = new Map(revisions.map((each) => [each.fileCode, each]));
      const signed = files.map(({ fileCode, name }): PageFile => {
        const { revision = 0, totalSize = 0 } = newest.get(fileCode) ?? {};
        const pages = stored.get(fileCode)?.pages ?? [];
        return { fileCode, name, size: totalSize, revision, pages, isAttachment: false };
      });
      const attached = attachments.map(({ fileCode }): PageFile => {
        const { name = '', size = 0, pages = [] } = stored.get(fileCode) ?? {};
        return { fileCode, name, size, revision: 0, pages, isAttachment: true };
      });
      return { files: [...signed, ...attached], placements };
    },
  };
}

/** Kept as the caller sent them when the contract was started. */
export function readOptions(options: Readonly<Record<string, unknown>>): PageOptions {
  const { redirectUrl, redirectDelayTime } = (options.redirectConfig ?? {}) as Partial<Record<string, unknown>>;
  const delaySeconds = typeof redirectDelayTime === 'number' ? redirectDelayTime : null;
  return {
    redirect: typeof redirectUrl === 'string' ? { url: redirectUrl, delaySeconds } : null,
    hideUntilTurn: options.hideUntilTurn === true,
  };
}
