import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { HttpClient } from '../../kernel/http-client.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { Logger } from '../../kernel/log.ts';
import type { Apps } from '../apps/index.ts';
import type { CallbackRenderer } from './ports.ts';
import type { CallbackTiming } from './schedule.ts';

export interface CallbacksDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly apps: Pick<Apps, 'callbackReceiver' | 'stopCallbacks' | 'noteConfirmation'>;
  readonly jobs: Pick<Jobs, 'add' | 'remove'>;
  /** Of this module alone: stopping closes it. */
  readonly httpClient: HttpClient;
  readonly renderer: CallbackRenderer;
  readonly timing?: CallbackTiming;
}
