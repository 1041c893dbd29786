import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { Callbacks } from '../callbacks/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Downloads, FileStorage, Files } from '../files/index.ts';
import type { Seals } from '../seals/index.ts';
import type { Users } from '../users/index.ts';
import type { IntentMode } from './contract.ts';
import type { LayoutEngine } from './ports.ts';

/** How long a signature may stand still before somebody else goes on with it. */
export interface SealingDelays {
  /** The request signs at once; a job signs this long after the party's will when the request could not. */
  readonly safetyNetMs: number;
  /** A signer keeps its claim alive while it works; a stalled or dead one loses it after this time. */
  readonly claimMs: number;
}

/** Short enough that a party that confirmed just before a crash, and those behind it, notice little. */
export const SEALING_DELAYS: SealingDelays = { safetyNetMs: 10_000, claimMs: 10_000 };

export interface ContractsDependencies {
  readonly database: Database;
  readonly mode: 'sandbox' | 'production';
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly evidence: Evidence;
  readonly callbacks: Pick<Callbacks, 'publish'>;
  readonly storage: FileStorage;
  readonly files: Files;
  readonly downloads: Downloads;
  readonly users: Users;
  readonly seals: Seals;
  readonly layoutEngine: LayoutEngine;
  /** The ways in which this installation can ask a party for its will. */
  readonly intentModes: ReadonlySet<IntentMode>;
  readonly delays?: SealingDelays;
}
