import type { Tx } from '../../kernel/database.ts';
import { actorOf, type NewSession, type OperatorsContext } from './dependencies.ts';
import type { RightTry } from './password-tries.ts';
import { OperatorError, type OperatorRefusal } from './refusal.ts';
import { openSession } from './sessions.ts';
import * as store from './store.ts';
import { totpContext, totpStepOf } from './totp.ts';

export interface Login {
  readonly name: string;
  readonly password: string;
  readonly totp?: string | undefined;
  /** Of the cookie that came along; its session ends. */
  readonly formerToken?: string | undefined;
  readonly ip: string;
}

export function createLogin(context: OperatorsContext) {
  const { database, clock, secretBox, audit, tries } = context;

  /** @throws OperatorError */
  return async function logIn(login: Login): Promise<NewSession> {
    const tried = await tries.byName(login.name, login.password);
    const { operator } = tried;
    if (tried.outcome === 'locked') {
      await noteFailure(login, operator, 'locked');
      throw new OperatorError('ACCOUNT_LOCKED', { retryAfterSeconds: tried.seconds });
    }
    if (tried.outcome === 'wrong') {
      if (!operator && !(await store.hasOperators(database.db))) throw new OperatorError('SETUP_NEEDED');
      await noteFailure(login, operator, operator ? 'password' : 'unknown-name');
      throw new OperatorError('LOGIN_FAILED');
    }
    if (tried.operator.disabledAt) {
      await noteFailure(login, operator, 'disabled');
      throw new OperatorError('LOGIN_FAILED');
    }
    await refuseLate(login, tried);
    return open(login, tried);
  };

  /** The password is right, but it was given by somebody else and nobody has used it in time. */
  async function refuseLate(login: Login, { operator, counted }: RightTry): Promise<void> {
    if (!operator.temporaryUntil || clock.now() < operator.temporaryUntil) return;
    await database.transaction((tx) => store.takeBackTry(tx, operator.id, counted));
    await noteFailure(login, operator, 'temporary-password-expired');
    throw new OperatorError('PASSWORD_EXPIRED');
  }

  async function open(login: Login, tried: RightTry): Promise<NewSession> {
    const { operator } = tried;
    const step = await codeStep(login, tried);
    const opened = await database.transaction(async (tx) => {
      const row = await store.lockById(tx, operator.id);
      const refusal = refusalNow(row, operator, step);
      return row && !refusal ? admit(tx, row, login, step) : (refusal ?? 'LOGIN_FAILED');
    });
    if (typeof opened !== 'string') return opened;
    await noteFailure(login, operator, opened === 'TOTP_WRONG' ? 'totp-used' : 'changed-meanwhile');
    throw new OperatorError(opened);
  }

  /** The time step of the code that came along; undefined for an account without TOTP. */
  async function codeStep(login: Login, { operator, counted }: RightTry): Promise<number | undefined> {
    const { totpEnabledAt, totpSecret } = operator;
    if (!totpEnabledAt || !totpSecret) return undefined;
    if (login.totp === undefined) {
      await database.transaction(async (tx) => {
        await store.takeBackTry(tx, operator.id, counted);
        await audit.record(tx, actorOf(operator, login.ip), { action: 'login-code-asked' });
      });
      throw new OperatorError('TOTP_NEEDED');
    }
    const step = totpStepOf(secretBox.openText(totpSecret, totpContext(operator.id)), login.totp, clock.now());
    if (step !== undefined) return step;
    await noteFailure(login, operator, 'totp');
    throw new OperatorError('TOTP_WRONG');
  }

  async function admit(tx: Tx, row: store.OperatorRow, login: Login, step: number | undefined): Promise<NewSession> {
    const now = clock.now();
    const change = {
      ...{ failedLogins: 0, lockedUntil: null, lastLoginAt: now },
      ...(step === undefined ? {} : { totpLastStep: step }),
    };
    await store.update(tx, row.id, change);
    await audit.record(tx, actorOf(row, login.ip), { action: 'logged-in', detail: { totp: step !== undefined } });
    return openSession(tx, { ...row, ...change }, now, login.formerToken);
  }

  function noteFailure(login: Login, operator: store.OperatorRow | undefined, reason: string): Promise<void> {
    // A name that is no account's may be a password in the wrong field.
    const actor = operator ? actorOf(operator, login.ip) : { operatorId: null, name: null, ip: login.ip };
    return audit.note(actor, { action: 'login-failed', detail: { reason } });
  }
}

/** What has changed while the password was being checked; a code's step counts once. */
function refusalNow(
  row: store.OperatorRow | undefined,
  checked: store.OperatorRow,
  step: number | undefined,
): OperatorRefusal | undefined {
  const isSame =
    row?.passwordHash === checked.passwordHash && row.totpEnabledAt?.getTime() === checked.totpEnabledAt?.getTime();
  if (!row || !isSame || row.disabledAt) return 'LOGIN_FAILED';
  return step !== undefined && step <= (row.totpLastStep ?? 0) ? 'TOTP_WRONG' : undefined;
}
