/** 首次设置: the first account of an installation, an owner, made with a code that only who starts the server can read. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import { newId19, opaqueToken } from '../../kernel/ids.ts';
import { actorOf, type NewSession, type OperatorsContext } from './dependencies.ts';
import { OperatorError } from './refusal.ts';
import { openSession } from './sessions.ts';
import * as store from './store.ts';
import { weaknessOf } from './weak-password.ts';

const CODE_BYTES = 18;

export interface FirstAccount {
  readonly setupCode: string;
  readonly name: string;
  readonly password: string;
}

export function createSetup(context: OperatorsContext) {
  const { database, clock, audit, passwords, publicUrl } = context;

  return {
    isSetupNeeded: async (): Promise<boolean> => !(await store.hasOperators(database.db)),

    /** The address where the first account is made, with a new code; undefined when there is an account already. */
    setupLink(): Promise<string | undefined> {
      const code = opaqueToken(CODE_BYTES);
      return database.transaction(async (tx) => {
        if (await store.hasOperators(tx)) return undefined;
        await store.saveSetupCode(tx, hashOf(code), clock.now());
        return `${publicUrl}/console/setup#code=${code}`;
      });
    },

    /** Of several at once exactly one succeeds. @throws OperatorError */
    async setUp({ setupCode, name, password }: FirstAccount, ip: string): Promise<NewSession> {
      if (await store.hasOperators(database.db)) throw new OperatorError('SETUP_DONE');
      // Before the hash, which costs a third of a second.
      if (!isCode(setupCode, await store.findSetupCode(database.db))) {
        await audit.note({ operatorId: null, name: null, ip }, { action: 'setup-failed' });
        throw new OperatorError('SETUP_CODE_WRONG');
      }
      const weakness = weaknessOf(password, name);
      if (weakness) throw new OperatorError('PASSWORD_TOO_WEAK', { detail: weakness });

      const row = newOwner(name, await passwords.hash(password), clock.now());
      return database.transaction(async (tx) => {
        await redeem(tx, setupCode);
        await store.insert(tx, row);
        await audit.record(tx, actorOf(row, ip), { action: 'setup-done', target: `operator:${row.name}` });
        return openSession(tx, row, clock.now());
      });
    },
  };
}

/** The row of the code is the lock: who finds it gone comes too late. */
async function redeem(tx: Tx, setupCode: string): Promise<void> {
  const taken = await store.takeSetupCode(tx);
  if (await store.hasOperators(tx)) throw new OperatorError('SETUP_DONE');
  if (!isCode(setupCode, taken)) throw new OperatorError('SETUP_CODE_WRONG');
}

function newOwner(name: string, passwordHash: string, now: Date): store.OperatorRow {
  return {
    ...{ id: newId19(), name, role: 'owner', passwordHash, mustChangePassword: false, temporaryUntil: null },
    ...{ totpSecret: null, totpEnabledAt: null, totpLastStep: null, failedLogins: 0, lockedUntil: null },
    ...{ disabledAt: null, createdAt: now, lastLoginAt: now },
  };
}

function isCode(given: string, codeHash: Uint8Array | undefined): boolean {
  return codeHash !== undefined && timingSafeEqual(hashOf(given), codeHash);
}

function hashOf(code: string): Uint8Array {
  return createHash('sha256').update(code).digest();
}
