import type { SealedColumn } from '../../kernel/data-keys.ts';
import { chainKeyContext } from './personal.ts';

export const EVIDENCE_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'evidence_keys', column: 'key', key: ['subject'] },
    contextOf: (cell) => chainKeyContext(cell('subject')),
  },
];
