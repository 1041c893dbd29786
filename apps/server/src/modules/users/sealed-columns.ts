import type { SealedColumn } from '../../kernel/data-keys.ts';
import { personalDataContext } from './sealed-row.ts';

export const USERS_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'users', column: 'personal_data', key: ['id'] },
    contextOf: (cell) => personalDataContext(cell('id')),
  },
];
