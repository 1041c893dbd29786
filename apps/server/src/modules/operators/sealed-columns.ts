import type { SealedColumn } from '../../kernel/data-keys.ts';
import { totpContext } from './totp.ts';

export const OPERATORS_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'operators', column: 'totp_secret', key: ['id'] },
    contextOf: (cell) => totpContext(cell('id')),
  },
];
