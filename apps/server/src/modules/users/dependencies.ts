import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Callbacks } from '../callbacks/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Identity } from '../identity/index.ts';
import type { DefaultSeals } from './ports.ts';
import { createUserSealing, type UserSealing } from './sealed-row.ts';
import { type Lookups, prepareLookups } from './store.ts';

export interface UsersDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly evidence: Evidence;
  readonly callbacks: Pick<Callbacks, 'publish'>;
  readonly identity: Pick<Identity, 'peek' | 'consume'>;
  readonly defaultSeals: DefaultSeals;
}

export interface UsersContext extends UsersDependencies {
  readonly sealing: UserSealing;
  readonly lookups: Lookups;
}

export function createContext(dependencies: UsersDependencies): UsersContext {
  const { database, secretBox } = dependencies;
  return { ...dependencies, sealing: createUserSealing(secretBox), lookups: prepareLookups(database.db) };
}
