import { type SQL, sql } from 'drizzle-orm';
import type { Contracts } from '../contracts/index.ts';
import { ceremonies } from './schema.ts';

/** A party that can still sign may have chosen the seal on its page. */
export const sealReference =
  ({ references }: Pick<Contracts, 'references'>) =>
  (sealId: SQL): SQL =>
    sql`exists (select 1 from ${ceremonies} where ${ceremonies.chosenSealId} = ${sealId}
      and ${references.openParty(sql`${ceremonies.partyId}`)})`;
