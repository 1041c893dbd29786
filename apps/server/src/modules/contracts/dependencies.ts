import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Downloads, FileStorage, Files } from '../files/index.ts';
import type { Seals } from '../seals/index.ts';
import type { Users } from '../users/index.ts';
import type { IntentMode } from './contract.ts';
import type { LayoutEngine } from './ports.ts';

export interface ContractsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly evidence: Evidence;
  readonly storage: FileStorage;
  readonly files: Files;
  readonly downloads: Downloads;
  readonly users: Users;
  readonly seals: Seals;
  readonly layoutEngine: LayoutEngine;
  /** The ways in which this installation can ask a party for its will. */
  readonly intentModes: ReadonlySet<IntentMode>;
}
