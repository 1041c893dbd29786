import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Callbacks } from '../callbacks/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Files } from '../files/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { Recognition } from '../recognition/index.ts';
import type { Tickets } from '../tickets/index.ts';
import type { LetterStore } from './letter-store.ts';
import type { ProgressStore } from './page/progress-store.ts';
import type { PageStore } from './page-store.ts';
import type { PayoutStore } from './payout-store.ts';
import type { FaceVerifier, IdentityRegistry, PayoutBank } from './ports.ts';
import type { VerificationStore } from './store.ts';

/** What the module is made of. */
export interface IdentityParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly evidence: Pick<Evidence, 'append' | 'shred'>;
  readonly callbacks: Pick<Callbacks, 'publish'>;
  readonly tickets: Pick<Tickets, 'issue'>;
  readonly files: Pick<Files, 'getMany' | 'upload'>;
  readonly messaging: Pick<Messaging, 'issueCode' | 'verifyCode' | 'queueText'>;
  readonly jobs: Pick<Jobs, 'add'>;
  readonly registry: IdentityRegistry;
  readonly payoutBank: PayoutBank;
  /** Absent where nobody can judge a face. */
  readonly faces?: FaceVerifier;
  readonly recognition: Pick<Recognition, 'reader' | 'readIdCardFront' | 'readLicense' | 'readBankCard'>;
}

/** The parts with the module's own stores. */
export interface InnerParts extends IdentityParts {
  readonly store: VerificationStore;
  readonly payouts: PayoutStore;
  readonly letters: LetterStore;
  readonly pages: PageStore;
  readonly progress: ProgressStore;
}
