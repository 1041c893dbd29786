/** Everything the platform's own trust hangs on: CA, parties' certificates, timestamps, revocation, checkpoint signatures. */
import type { KeyAlgorithm } from '@signet/pki';
import type { Tx } from '../../kernel/database.ts';
import type { CheckpointSigner } from '../evidence/index.ts';
import { type Authorities, type AuthoritiesOptions, createAuthorities } from './authorities.ts';
import { AUTHORITY_KINDS } from './authority.ts';
import { createCheckpointSigner } from './checkpoint.ts';
import { createIdentities, type ForgottenHolder, type PartyIdentity } from './identities.ts';
import { createKeyPool } from './key-pool.ts';
import type { Holder } from './party.ts';
import { createRevocation, type Revocation } from './revocation.ts';
import type { AuthorityRole } from './schema.ts';
import * as store from './store.ts';
import { createTimestamps, type Timestamps } from './timestamps.ts';

export interface CertificatesOptions extends AuthoritiesOptions {
  readonly partyKeyAlgorithm: KeyAlgorithm;
}

export interface Certificates extends Timestamps, Revocation {
  /** Makes or checks the installation's own keys; throws InstallationError with its mend when they cannot be used. */
  initialize(): Promise<void>;
  /** The party's own key and certificate, issued at first use. */
  identityOf(holder: Holder): Promise<PartyIdentity>;
  /** The roots that signatures and timestamps of this installation are checked against. */
  trustAnchors(): Uint8Array[];
  /** The certificate of a role and those above it, the root last. */
  chainOf(role: AuthorityRole): Uint8Array[];
  /**
   * Destroys the holder's keys. Nothing is revoked: a key that is gone cannot be abused, and a revocation would only make careless
   * readers doubt signatures that were made before.
   */
  eraseHolder(tx: Tx, holder: ForgottenHolder): Promise<void>;
  readonly checkpointSigner: CheckpointSigner;
  /** Stops making keys ahead of need. */
  close(): void;
}

export function createCertificates(options: CertificatesOptions): Certificates {
  const authorities = createAuthorities(options);
  const keys = createKeyPool(options.partyKeyAlgorithm);
  const identities = createIdentities({ ...options, authorities, keys });

  return {
    ...createTimestamps(authorities, options.clock),
    ...createRevocation({ ...options, authorities, identities }),
    async initialize() {
      await authorities.load();
      // In the background: until keys lie ready, each party waits for its own.
      keys.warmUp().catch(() => undefined);
    },
    identityOf: identities.of,
    eraseHolder: async (tx, { appId, userId, hasSigned }) => {
      await store.eraseHolder(tx, { appId, holder: userId, keepsCertificates: hasSigned });
      identities.forget(appId, userId);
    },
    trustAnchors: () => [authorities.current('root').certificate],
    chainOf: (role) => chainOf(authorities, role),
    checkpointSigner: createCheckpointSigner(authorities),
    close: keys.close,
  };
}

function chainOf(authorities: Authorities, role: AuthorityRole): Uint8Array[] {
  const { issuer } = AUTHORITY_KINDS[role];
  const above = issuer ? chainOf(authorities, issuer) : [];
  return [authorities.current(role).certificate, ...above];
}
