/** Where each kind of data lies: the modules offer it, the rules say how long. */

import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { EndingData } from '../../kernel/retention.ts';
import type { Idempotency, ReplayGuard } from '../apps/index.ts';
import type { Callbacks } from '../callbacks/index.ts';
import type { Contracts } from '../contracts/index.ts';
import { createUnrecordedBytes, type Downloads, type FileStorage, type Files } from '../files/index.ts';
import type { Identity } from '../identity/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { Operators } from '../operators/index.ts';
import { createUnusedDrawings } from '../seals/index.ts';
import type { Signing } from '../signing/index.ts';
import type { Tickets } from '../tickets/index.ts';
import type { RetentionKind } from './rules.ts';

export type EndingSources = Readonly<Record<RetentionKind, EndingData>>;

export interface SourceModules {
  readonly database: Database;
  readonly clock: Clock;
  readonly storage: FileStorage;
  readonly replayGuard: Pick<ReplayGuard, 'ending'>;
  readonly idempotency: Pick<Idempotency, 'ending'>;
  readonly downloads: Pick<Downloads, 'ending'>;
  readonly tickets: Pick<Tickets, 'ending'>;
  readonly operators: { readonly sessions: Pick<Operators['sessions'], 'ending'>; readonly audit: Operators['audit'] };
  readonly messaging: Pick<Messaging, 'ending'>;
  readonly callbacks: Pick<Callbacks, 'ending'>;
  readonly files: Pick<Files, 'references'>;
  readonly identity: Pick<Identity, 'ending' | 'references'>;
  readonly contracts: Pick<Contracts, 'ending' | 'references'>;
  readonly signing: Pick<Signing, 'references'>;
  readonly unusedUploads: EndingData;
  /** What lies outside database and storage. */
  readonly temporaryFiles: EndingData;
}

export function endingSources(modules: SourceModules): EndingSources {
  const { database, storage, clock, contracts, identity, signing, files } = modules;
  const { messaging, callbacks, tickets, operators } = modules;
  return {
    nonces: modules.replayGuard.ending,
    idempotentAnswers: modules.idempotency.ending,
    downloadLinks: modules.downloads.ending,
    pageSessions: tickets.ending.sessions,
    pageLinks: tickets.ending.tickets,
    consoleSessions: operators.sessions.ending,
    smsTexts: messaging.ending.texts,
    smsCodes: messaging.ending.codes,
    smsRecords: messaging.ending.records,
    callbacks: callbacks.ending.settled,
    deadCallbacks: callbacks.ending.dead,
    prefilled: identity.ending.prefilled,
    verificationPages: identity.ending.pages,
    unusedVerifications: identity.ending.unusedFlows,
    usedVerifications: identity.ending.usedFlows,
    uploads: modules.unusedUploads,
    drawings: createUnusedDrawings(database, [contracts.references.seal, signing.references.seal]),
    layouts: contracts.ending.layouts,
    audit: operators.audit.ending,
    unrecordedBytes: createUnrecordedBytes({
      ...{ database, storage, clock },
      references: [files.references.bytes, contracts.references.bytes],
    }),
    temporaryFiles: modules.temporaryFiles,
  };
}
