/** How operators change their own account: who they are is shown once more, and only this session goes on. */
import type { Tx } from '../../kernel/database.ts';
import { actorOf, type NewSession, type OperatorsContext } from './dependencies.ts';
import type { RightTry } from './password-tries.ts';
import { OperatorError } from './refusal.ts';
import { renewSession } from './sessions.ts';
import * as store from './store.ts';

export interface OwnChange {
  readonly operatorId: string;
  readonly ip: string;
  readonly action: string;
  /** May refuse, now that the row stands still. */
  readonly decide: (row: store.OperatorRow) => Partial<store.OperatorRow>;
}

export type OwnChanges = ReturnType<typeof createOwnChanges>;

export function createOwnChanges({ database, clock, audit, tries }: OperatorsContext) {
  return {
    /** The password once more, counted like a login's. @throws OperatorError */
    async confirmPassword(operatorId: string, password: string, ip: string): Promise<RightTry> {
      const tried = await tries.byId(operatorId, password);
      if (tried.outcome === 'right') return tried;
      const { operator } = tried;
      if (operator) await audit.note(actorOf(operator, ip), { action: 'password-refused' });
      if (tried.outcome === 'wrong') throw new OperatorError('PASSWORD_WRONG');
      throw new OperatorError('ACCOUNT_LOCKED', { retryAfterSeconds: tried.seconds });
    },

    takeBack: ({ operator, counted }: RightTry): Promise<void> =>
      database.transaction((tx) => store.takeBackTry(tx, operator.id, counted)),

    apply: ({ operatorId, ip, action, decide }: OwnChange): Promise<NewSession> =>
      database.transaction(async (tx) => {
        const row = await mustLock(tx, operatorId);
        const change = decide(row);
        await store.update(tx, row.id, change);
        await audit.record(tx, actorOf(row, ip), { action, target: `operator:${row.name}` });
        return renewSession(tx, { ...row, ...change }, clock.now());
      }),
  };
}

export async function mustLock(tx: Tx, operatorId: string): Promise<store.OperatorRow> {
  const row = await store.lockById(tx, operatorId);
  if (!row || row.disabledAt) throw new OperatorError('NOT_FOUND');
  return row;
}
