import type { SealedColumn } from '../../kernel/data-keys.ts';
import { authorityKeyContext } from './authority-check.ts';
import { partyKeyContext } from './identities.ts';
import type { AuthorityRole } from './schema.ts';

export const CERTIFICATES_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'authorities', column: 'private_key', key: ['role'] },
    contextOf: (cell) => authorityKeyContext(cell('role') as AuthorityRole),
  },
  {
    ...{ table: 'certificates', column: 'private_key', key: ['id'] },
    contextOf: (cell) => partyKeyContext(cell('id')),
  },
];
