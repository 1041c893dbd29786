/** What a contract refers to, as conditions: nothing of it may be swept away. */
import { sql } from 'drizzle-orm';
import type { Reference } from '../files/index.ts';
import { contractAttachments, contractFiles, contractParties, fileRevisions, placements } from './schema.ts';

export interface ContractReferences {
  /** By its code: signed or attached. */
  readonly file: Reference;
  /** By their storage key. */
  readonly bytes: Reference;
  /** By its number. */
  readonly seal: Reference;
  /** Of that id, and it has not signed yet. */
  readonly openParty: Reference;
}

export const CONTRACT_REFERENCES: ContractReferences = {
  file: (code) => sql`exists (select 1 from ${contractFiles} where ${contractFiles.fileCode} = ${code})
    or exists (select 1 from ${contractAttachments} where ${contractAttachments.fileCode} = ${code})`,
  bytes: (key) => sql`exists (select 1 from ${fileRevisions} where ${fileRevisions.storageKey} = ${key})`,
  seal: (id) => sql`exists (select 1 from ${placements} where ${placements.sealId} = ${id})
    or exists (select 1 from ${contractParties} where ${contractParties.chosenSealId} = ${id})`,
  openParty: (id) => sql`exists (select 1 from ${contractParties}
    where ${contractParties.id} = ${id} and ${contractParties.status} in ('waiting', 'signing', 'sealing'))`,
};
