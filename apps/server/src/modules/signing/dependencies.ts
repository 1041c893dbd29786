import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Logger } from '../../kernel/log.ts';
import type { Apps } from '../apps/index.ts';
import type { Certificates } from '../certificates/index.ts';
import type { Contracts } from '../contracts/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { FileStorage, PagePictures } from '../files/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { Seals } from '../seals/index.ts';
import type { Tickets } from '../tickets/index.ts';
import type { Users } from '../users/index.ts';
import type { DocumentVerifier } from './ports.ts';

export interface SigningDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly mode: 'sandbox' | 'production';
  readonly apps: Apps;
  readonly evidence: Pick<Evidence, 'append'>;
  readonly tickets: Pick<Tickets, 'issue'>;
  readonly messaging: Pick<Messaging, 'issueCode' | 'verifyCode'>;
  readonly users: Users;
  readonly seals: Seals;
  readonly contracts: Contracts;
  readonly certificates: Certificates;
  readonly storage: FileStorage;
  readonly verifier: DocumentVerifier;
  readonly pagePictures: Pick<PagePictures, 'draw'>;
  /** How long the signature of one party may take before it is given up and tried again. */
  readonly longestWorkMs?: number;
}
