import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { IdentityRegistry } from './ports.ts';
import type { VerificationStore } from './store.ts';

/** What the module is made of. */
export interface IdentityParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly evidence: Pick<Evidence, 'append'>;
  readonly messaging: Pick<Messaging, 'issueCode' | 'verifyCode'>;
  readonly registry: IdentityRegistry;
}

/** The parts with the module's own store. */
export interface InnerParts extends IdentityParts {
  readonly store: VerificationStore;
}
