import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Actor, Audit } from './audit.ts';
import type { Operator } from './operator.ts';
import type { PasswordCost, Passwords } from './password.ts';
import type { PasswordTries } from './password-tries.ts';

export interface OperatorsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  /** Base of every link we hand out. */
  readonly publicUrl: string;
  /** Of new passwords, and of a try at a name without an account. */
  readonly passwordCost?: PasswordCost | undefined;
}

/** What the parts of this module share. */
export interface OperatorsContext extends OperatorsDependencies {
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly tries: PasswordTries;
}

/** An operator at work. */
export interface LoggedIn {
  readonly operator: Operator;
  readonly sessionId: string;
}

/** The session's new token, for the cookie. */
export interface NewSession extends LoggedIn {
  readonly token: string;
}

export function actorOf({ id, name }: Pick<Operator, 'id' | 'name'>, ip: string): Actor {
  return { operatorId: id, name, ip };
}
