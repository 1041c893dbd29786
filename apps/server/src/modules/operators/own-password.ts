import type { LoggedIn, NewSession, OperatorsContext } from './dependencies.ts';
import type { OwnChanges } from './own-change.ts';
import { OperatorError } from './refusal.ts';
import { weaknessOf } from './weak-password.ts';

interface PasswordChange {
  readonly oldPassword: string;
  readonly newPassword: string;
}

export function createPasswordChange({ passwords }: OperatorsContext, own: OwnChanges) {
  /** @throws OperatorError */
  return async function changePassword(
    { operator }: LoggedIn,
    { oldPassword, newPassword }: PasswordChange,
    ip: string,
  ): Promise<NewSession> {
    const confirmed = await own.confirmPassword(operator.id, oldPassword, ip);
    await own.takeBack(confirmed);
    const weakness = oldPassword === newPassword ? '新密码不能与旧密码相同' : weaknessOf(newPassword, operator.name);
    if (weakness) throw new OperatorError('PASSWORD_TOO_WEAK', { detail: weakness });

    const passwordHash = await passwords.hash(newPassword);
    return own.apply({
      ...{ operatorId: operator.id, ip, action: 'password-changed' },
      decide: (row) => {
        // Reset by an owner meanwhile.
        if (row.passwordHash !== confirmed.operator.passwordHash) throw new OperatorError('PASSWORD_WRONG');
        return { passwordHash, mustChangePassword: false, temporaryUntil: null };
      },
    });
  };
}
