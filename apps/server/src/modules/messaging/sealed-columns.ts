import type { SealedColumn } from '../../kernel/data-keys.ts';
import { messageContext } from './messages.ts';

export const MESSAGING_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'sms_messages', column: 'sealed', key: ['id'] },
    contextOf: (cell) => messageContext(cell('id')),
  },
];
