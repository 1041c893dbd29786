/** 两步验证: codes of an authenticator app beside the password. */
import type { LoggedIn, NewSession, OperatorsContext } from './dependencies.ts';
import { mustLock, type OwnChanges } from './own-change.ts';
import { OperatorError } from './refusal.ts';
import * as store from './store.ts';
import { newTotpSecret, totpContext, totpStepOf, totpUri } from './totp.ts';

export interface TotpEnrollment {
  /** In base32; shown once. */
  readonly secret: string;
  readonly uri: string;
}

export function createSecondFactor({ database, clock, secretBox }: OperatorsContext, own: OwnChanges) {
  return {
    /** A new secret, which counts from `enableTotp` on. @throws OperatorError */
    async beginTotp({ operator }: LoggedIn, password: string, ip: string): Promise<TotpEnrollment> {
      await own.takeBack(await own.confirmPassword(operator.id, password, ip));
      const secret = newTotpSecret();
      const totpSecret = secretBox.seal(secret, totpContext(operator.id));
      await database.transaction(async (tx) => {
        const row = await mustLock(tx, operator.id);
        if (row.totpEnabledAt) throw new OperatorError('CONFLICT', { detail: '两步验证已开启,请先关闭' });
        await store.update(tx, row.id, { totpSecret, totpLastStep: null });
      });
      return { secret, uri: totpUri(secret, operator.name) };
    },

    /** The first code of the app shows that the secret has arrived. @throws OperatorError */
    enableTotp: ({ operator }: LoggedIn, code: string, ip: string): Promise<NewSession> =>
      own.apply({
        ...{ operatorId: operator.id, ip, action: 'totp-enabled' },
        decide: (row) => {
          const isBegun = row.totpSecret !== null && row.totpEnabledAt === null;
          if (!isBegun) throw new OperatorError('CONFLICT', { detail: '请先获取两步验证密钥' });
          return { totpEnabledAt: clock.now(), totpLastStep: unusedStep(row, code) };
        },
      }),

    /** Needs both factors. @throws OperatorError */
    async disableTotp({ operator }: LoggedIn, given: BothFactors, ip: string): Promise<NewSession> {
      // The try stays counted until the code is right too, or codes could be guessed without end.
      const { operator: row } = await own.confirmPassword(operator.id, given.password, ip);
      if (!row.totpEnabledAt) throw new OperatorError('CONFLICT', { detail: '两步验证未开启' });
      return own.apply({
        ...{ operatorId: operator.id, ip, action: 'totp-disabled' },
        decide: (locked) => {
          unusedStep(locked, given.totp);
          const off = { totpSecret: null, totpEnabledAt: null, totpLastStep: null };
          return { ...off, failedLogins: 0, lockedUntil: null };
        },
      });
    },
  };

  /** @throws OperatorError TOTP_WRONG */
  function unusedStep({ id, totpSecret, totpLastStep }: store.OperatorRow, code: string): number {
    const secret = totpSecret && secretBox.openText(totpSecret, totpContext(id));
    const step = secret ? totpStepOf(secret, code, clock.now()) : undefined;
    if (step === undefined || step <= (totpLastStep ?? 0)) throw new OperatorError('TOTP_WRONG');
    return step;
  }
}

interface BothFactors {
  readonly password: string;
  readonly totp: string;
}
