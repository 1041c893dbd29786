import { createAdministration } from './administration.ts';
import { createAudit } from './audit.ts';
import type { OperatorsContext, OperatorsDependencies } from './dependencies.ts';
import { createLogin } from './login.ts';
import { createOwnChanges } from './own-change.ts';
import { createPasswordChange } from './own-password.ts';
import { createPasswords } from './password.ts';
import { createPasswordTries } from './password-tries.ts';
import { createSecondFactor } from './second-factor.ts';
import { createSessions } from './sessions.ts';
import { createSetup } from './setup.ts';

export type Operators = ReturnType<typeof createOperators>;

/** Who may work in the console of this installation, and what they have done there. */
export function createOperators(dependencies: OperatorsDependencies) {
  const passwords = createPasswords(dependencies.passwordCost);
  const context: OperatorsContext = {
    ...dependencies,
    passwords,
    audit: createAudit(dependencies),
    tries: createPasswordTries({ ...dependencies, passwords }),
  };
  const own = createOwnChanges(context);
  return {
    ...createSetup(context),
    logIn: createLogin(context),
    sessions: createSessions(context),
    account: { changePassword: createPasswordChange(context, own), ...createSecondFactor(context, own) },
    administration: createAdministration(context),
    audit: context.audit,
  };
}
