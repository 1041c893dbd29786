import type { SealedColumn } from '../../kernel/data-keys.ts';
import { agentContext } from './letter-store.ts';
import { faceLinksContext, sessionContext } from './page/progress-store.ts';
import { prefilledContext } from './page-store.ts';
import { orderContext } from './payout-store.ts';
import { factsContext, mobileContext } from './store.ts';

export const IDENTITY_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    ...{ table: 'verifications', column: 'facts', key: ['id'] },
    contextOf: (cell) => factsContext(cell('id')),
  },
  {
    ...{ table: 'identity_checks', column: 'mobile', key: ['id'] },
    contextOf: (cell) => mobileContext(cell('id')),
  },
  {
    ...{ table: 'payouts', column: 'sealed_order', key: ['check_id'] },
    contextOf: (cell) => orderContext(cell('check_id')),
  },
  {
    ...{ table: 'authorization_letters', column: 'agent', key: ['check_id'] },
    contextOf: (cell) => agentContext(cell('check_id')),
  },
  {
    ...{ table: 'verification_pages', column: 'prefilled', key: ['id'] },
    contextOf: (cell) => prefilledContext(cell('id')),
  },
  {
    ...{ table: 'verification_page_progress', column: 'face_links', key: ['page_id'] },
    contextOf: (cell) => faceLinksContext(cell('page_id')),
  },
  {
    ...{ table: 'face_captures', column: 'session', key: ['check_id'] },
    contextOf: (cell) => sessionContext(cell('check_id')),
  },
];
