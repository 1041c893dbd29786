import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { RecentMap } from '../../kernel/recent-map.ts';
import { countTry, NO_TRIES, secondsLocked, type Tries } from './lockout.ts';
import type { Passwords } from './password.ts';
import * as store from './store.ts';

/** Names without an account are locked like those with one, or the lock would tell which is which. */
const STRANGERS = 10_000;

export type PasswordTry =
  | { readonly outcome: 'locked'; readonly operator: store.OperatorRow | undefined; readonly seconds: number }
  | { readonly outcome: 'wrong'; readonly operator: store.OperatorRow | undefined }
  | RightTry;

/** Its count has to be cleared or taken back, unless a second factor turns out wrong. */
export interface RightTry {
  readonly outcome: 'right';
  readonly operator: store.OperatorRow;
  readonly counted: Tries;
}

export type PasswordTries = ReturnType<typeof createPasswordTries>;

/** Tries of passwords, counted for each account before the password is looked at. */
export function createPasswordTries({ database, clock, passwords }: PasswordTriesDependencies) {
  const strangers = new RecentMap<string, Tries>(STRANGERS);

  async function tryPassword(found: Counted, password: string): Promise<PasswordTry> {
    const { operator, before, counted } = found;
    const seconds = secondsLocked(before, clock.now());
    if (seconds > 0) return { outcome: 'locked', operator, seconds };
    const isRight = await passwords.verify(password, operator?.passwordHash);
    return operator && isRight ? { outcome: 'right', operator, counted } : { outcome: 'wrong', operator };
  }

  /** The row as it was before this try. */
  async function count(tx: Tx, operator: store.OperatorRow): Promise<Counted> {
    const counted = countTry(operator, clock.now());
    if (secondsLocked(operator, clock.now()) === 0) await store.update(tx, operator.id, counted);
    return { operator, before: operator, counted };
  }

  function countStranger(name: string): Counted {
    const before = strangers.get(name) ?? NO_TRIES;
    const counted = countTry(before, clock.now());
    if (secondsLocked(before, clock.now()) === 0) strangers.set(name, counted);
    return { operator: undefined, before, counted };
  }

  return {
    async byName(name: string, password: string): Promise<PasswordTry> {
      const counted = await database.transaction(async (tx) => {
        const operator = await store.lockByName(tx, name);
        return operator && count(tx, operator);
      });
      return tryPassword(counted ?? countStranger(name), password);
    },

    /** Of an operator who is logged in. */
    async byId(operatorId: string, password: string): Promise<PasswordTry> {
      const counted = await database.transaction(async (tx) => {
        const operator = await store.lockById(tx, operatorId);
        return operator && count(tx, operator);
      });
      return tryPassword(counted ?? countStranger(operatorId), password);
    },
  };
}

interface Counted {
  readonly operator: store.OperatorRow | undefined;
  readonly before: Tries;
  readonly counted: Tries;
}

export interface PasswordTriesDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
}
