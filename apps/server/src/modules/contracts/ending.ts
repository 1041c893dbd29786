import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { type EndingData, endingCells } from '../../kernel/retention.ts';
import { contractFiles, contracts } from './schema.ts';

export interface ContractEnding {
  /** Of files whose contract has ended: layouts name the parties, and nobody signs any more. */
  readonly layouts: EndingData;
}

export function createEnding(database: Database): ContractEnding {
  return {
    layouts: endingCells(database, {
      table: contractFiles,
      column: contractFiles.layout,
      isDue: (before) => sql`exists (select 1 from ${contracts}
        where ${contracts.id} = ${contractFiles.contractId} and ${contracts.closedAt} < ${before})`,
    }),
  };
}
