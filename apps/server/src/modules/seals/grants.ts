import { ApiError } from '@signet/protocol/errors';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Users } from '../users/index.ts';
import { chooseGrant, decidePeriod, type SealGrant } from './grant.ts';
import type { Seal } from './seal.ts';
import * as store from './store.ts';

export interface GrantsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly evidence: Pick<Evidence, 'append'>;
  readonly users: Pick<Users, 'get'>;
}

export interface SilentSigningGrant {
  readonly app: Pick<App, 'id'>;
  readonly ownerId: string;
  /** The owner's default seal unless another one is named. */
  readonly sealId?: number | undefined;
  readonly beginAt?: Date | undefined;
  readonly endAt?: Date | undefined;
  /** Given by a test helper of the sandbox in the owner's place. */
  readonly simulated: boolean;
}

export interface SilentSigning {
  readonly appId: string;
  readonly authorizeCode?: string | undefined;
  readonly ownerId: string;
  readonly sealId?: number | undefined;
  readonly at: Date;
}

const CODE_BYTES = 18;

export function createGrants(dependencies: GrantsDependencies) {
  const { database } = dependencies;
  return {
    /** The seal's owner lets the app sign silently with it (静默签授权). */
    grantSilentSigning: (request: SilentSigningGrant) => give(dependencies, request),

    /** 授权取消; a grant that is cancelled already stays as it is. */
    cancelGrant: (appId: string, authorizeCode: string) =>
      database.transaction((tx) => cancel(dependencies, tx, appId, authorizeCode)),

    grantFor,
  };
}

async function give(
  { database, clock, evidence, users }: GrantsDependencies,
  { app, ownerId, simulated, ...asked }: SilentSigningGrant,
): Promise<SealGrant> {
  const now = clock.now();
  const period = decidePeriod(asked, now);
  const sealId = asked.sealId ?? (await users.get(app.id, ownerId)).defaultSealId;
  const authorizeCode = opaqueToken(CODE_BYTES);

  return database.transaction(async (tx) => {
    const seal = await store.lockSeal(tx, app.id, sealId);
    if (seal?.ownerId !== ownerId) throw new ApiError('SEAL_NOT_FOUND', { sealId });
    if (seal.status !== 'enabled') throw new ApiError('SEAL_NOT_USABLE', { sealId });

    const grant: SealGrant = {
      ...{ authorizeCode, appId: app.id, sealId, ownerId, ...period },
      ...{ state: 'authorized', authorizedAt: now, cancelledAt: null, createdAt: now },
    };
    await store.insertGrant(tx, grant);
    const { beginAt, endAt } = period;
    await evidence.append(tx, {
      ...{ appId: app.id, subject: `seal-grant:${authorizeCode}`, kind: 'seal-grant-given' },
      content: { ownerId, sealId, beginAt, endAt, simulated },
    });
    return grant;
  });
}

async function cancel(
  { clock, evidence }: GrantsDependencies,
  tx: Tx,
  appId: string,
  authorizeCode: string,
): Promise<SealGrant> {
  const grant = await store.lockGrant(tx, appId, authorizeCode);
  if (!grant) throw new ApiError('SEAL_GRANT_NOT_FOUND');
  if (grant.state === 'cancelled') return grant;

  const cancelled: SealGrant = { ...grant, state: 'cancelled', cancelledAt: clock.now() };
  await store.saveGrant(tx, cancelled);
  await evidence.append(tx, {
    ...{ appId, subject: `seal-grant:${authorizeCode}`, kind: 'seal-grant-cancelled' },
    content: { ownerId: grant.ownerId, sealId: grant.sealId },
  });
  return cancelled;
}

/** The seal that may be used silently at this moment, and by which grant; otherwise the error says what stands against it. */
async function grantFor(tx: Tx, use: SilentSigning): Promise<{ seal: Seal; authorizeCode: string }> {
  const { appId, authorizeCode, ownerId } = use;
  const key = authorizeCode === undefined ? { ownerId } : { authorizeCode };
  const grant = chooseGrant(await store.grantedSeals(tx, appId, key), use);

  const seal = await store.findSeal(tx, appId, grant.sealId);
  if (!seal) throw new ApiError('SEAL_NOT_FOUND', { sealId: grant.sealId });
  return { seal, authorizeCode: grant.authorizeCode };
}
