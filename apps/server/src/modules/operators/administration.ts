/** What owners do to the accounts of others. */
import type { Tx } from '../../kernel/database.ts';
import { newId19, opaqueToken } from '../../kernel/ids.ts';
import type { Actor } from './audit.ts';
import type { OperatorsContext } from './dependencies.ts';
import { keepAnOwner, type Operator } from './operator.ts';
import { OperatorError } from './refusal.ts';
import type { Role } from './role.ts';
import * as sessionStore from './session-store.ts';
import * as store from './store.ts';

const TEMPORARY_PASSWORD_BYTES = 12;
/** Long enough for a weekend; a password that travelled by mail must not work for ever. */
export const TEMPORARY_PASSWORD_HOURS = 72;

export interface OperatorWithPassword {
  readonly operator: Operator;
  /** Shown once; must be changed at the first login, which must come in time. */
  readonly temporaryPassword: string;
}

export interface OperatorChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly unlock?: true | undefined;
}

export function createAdministration({ database, clock, audit, passwords }: OperatorsContext) {
  return {
    list: async (): Promise<Operator[]> => (await store.all(database.db)).map(store.toOperator),

    /** @throws OperatorError CONFLICT when the name is taken. */
    async create(
      actor: Actor,
      { name, role }: { readonly name: string; readonly role: Role },
    ): Promise<OperatorWithPassword> {
      const temporaryPassword = opaqueToken(TEMPORARY_PASSWORD_BYTES);
      const passwordHash = await passwords.hash(temporaryPassword);
      const row: store.OperatorRow = {
        ...{ id: newId19(), name, role, passwordHash, ...temporary(clock.now()) },
        ...{ totpSecret: null, totpEnabledAt: null, totpLastStep: null, failedLogins: 0, lockedUntil: null },
        ...{ disabledAt: null, createdAt: clock.now(), lastLoginAt: null },
      };
      await database.transaction(async (tx) => {
        if (!(await store.insert(tx, row))) throw new OperatorError('CONFLICT', { detail: '账号名已被使用' });
        await audit.record(tx, actor, { action: 'operator-created', target: `operator:${name}`, detail: { role } });
      });
      return { operator: store.toOperator(row), temporaryPassword };
    },

    /** @throws OperatorError */
    change(actor: Actor, operatorId: string, change: OperatorChange): Promise<Operator> {
      return database.transaction(async (tx) => {
        const everybody = await store.lockAll(tx);
        const row = named(everybody, ({ id }) => id === operatorId);
        const after = changed(row, change, clock.now());
        keepAnOwner(everybody, after);
        await store.update(tx, row.id, after);
        if (change.disabled) await sessionStore.removeAllOf(tx, row.id);
        const target = `operator:${row.name}`;
        await audit.record(tx, actor, { action: 'operator-changed', target, detail: { ...change } });
        return store.toOperator(after);
      });
    },

    /** A new temporary password, TOTP off, unlocked. @throws OperatorError */
    reset(actor: Actor, operatorId: string): Promise<OperatorWithPassword> {
      // Else whoever takes over a session would have the account, without knowing its password.
      if (actor.operatorId === operatorId)
        throw new OperatorError('CONFLICT', { detail: '请用修改密码更换自己的密码' });
      return reset(actor, ({ id }) => id === operatorId);
    },

    /** For an owner who is locked out: whoever may run commands on the server vouches for it. @throws OperatorError */
    resetByName: (name: string): Promise<OperatorWithPassword> =>
      reset(ON_THE_SERVER, (row) => row.name === name.toLowerCase()),
  };

  async function reset(actor: Actor, isWanted: (row: store.OperatorRow) => boolean): Promise<OperatorWithPassword> {
    const temporaryPassword = opaqueToken(TEMPORARY_PASSWORD_BYTES);
    const change = {
      ...{ passwordHash: await passwords.hash(temporaryPassword), ...temporary(clock.now()) },
      ...{ totpSecret: null, totpEnabledAt: null, totpLastStep: null, failedLogins: 0, lockedUntil: null },
    };
    const operator = await database.transaction(async (tx: Tx) => {
      const row = named(await store.lockAll(tx), isWanted);
      await store.update(tx, row.id, change);
      await sessionStore.removeAllOf(tx, row.id);
      await audit.record(tx, actor, { action: 'operator-reset', target: `operator:${row.name}` });
      return store.toOperator({ ...row, ...change });
    });
    return { operator, temporaryPassword };
  }
}

function temporary(now: Date) {
  const temporaryUntil = new Date(now.getTime() + TEMPORARY_PASSWORD_HOURS * 3_600_000);
  return { mustChangePassword: true, temporaryUntil };
}

export const ON_THE_SERVER: Actor = { operatorId: null, name: null, ip: 'server' };

function changed(row: store.OperatorRow, change: OperatorChange, now: Date): store.OperatorRow {
  const { role = row.role, disabled = row.disabledAt !== null, unlock } = change;
  const disabledAt = disabled ? (row.disabledAt ?? now) : null;
  return { ...row, role, disabledAt, ...(unlock ? { failedLogins: 0, lockedUntil: null } : {}) };
}

function named(rows: readonly store.OperatorRow[], isWanted: (row: store.OperatorRow) => boolean): store.OperatorRow {
  const row = rows.find(isWanted);
  if (!row) throw new OperatorError('NOT_FOUND');
  return row;
}
