import type { SealedColumn } from '../../kernel/data-keys.ts';
import { callbackSecretContext } from './callback-receiver.ts';
import { secretContext } from './credentials.ts';
import { answerContext } from './idempotency.ts';

const appColumn = (column: string, contextOfApp: (appId: string) => string): SealedColumn => ({
  ...{ table: 'apps', column, key: ['id'] },
  contextOf: (cell) => contextOfApp(cell('id')),
});

export const APPS_SEALED_COLUMNS: readonly SealedColumn[] = [
  appColumn('secret', secretContext),
  appColumn('previous_secret', secretContext),
  appColumn('callback_secret', callbackSecretContext),
  appColumn('previous_callback_secret', callbackSecretContext),
  {
    ...{ table: 'idempotent_answers', column: 'answer', key: ['app_id', 'key'] },
    contextOf: (cell) => answerContext(cell('app_id'), cell('key')),
  },
];
