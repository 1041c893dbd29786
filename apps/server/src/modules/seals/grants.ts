import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import type { User } from '../users/index.ts';
import { cancel, chooseGrant, decidePeriod, type SealGrant } from './grant.ts';
import { type GrantsDependencies, given, mustBeGrantable, note, publish } from './grant-changes.ts';
import * as grantStore from './grant-store.ts';
import type { Seal } from './seal.ts';
import * as store from './store.ts';

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

export const newAuthorizeCode = (): string => opaqueToken(CODE_BYTES);

export type Grants = ReturnType<typeof createGrants>;

export function createGrants(dependencies: GrantsDependencies) {
  return {
    /** The seal's owner lets the app sign silently with it (静默签授权). */
    grantSilentSigning: (request: SilentSigningGrant) => give(dependencies, request),

    /** 授权取消, by the app or by the owner; a grant that is cancelled already stays as it is. */
    cancelGrant: (appId: string, authorizeCode: string, by: 'app' | 'owner' = 'app') =>
      end(dependencies, { appId, authorizeCode, by }),

    grantFor,
  };
}

async function give(
  dependencies: GrantsDependencies,
  { app, ownerId, simulated, ...asked }: SilentSigningGrant,
): Promise<SealGrant> {
  const { database, clock, users } = dependencies;
  const now = clock.now();
  const period = decidePeriod(asked, now);
  const owner = await users.get(app.id, ownerId);
  const sealId = asked.sealId ?? owner.defaultSealId;

  return database.transaction(async (tx) => {
    mustBeGrantable(await store.lockSeal(tx, app.id, sealId), { ownerId, sealId });
    const grant: SealGrant = {
      ...{ authorizeCode: newAuthorizeCode(), appId: app.id, sealId, ownerId, ...period, businessCode: null },
      ...{ state: 'authorized', authorizedAt: now, cancelledAt: null, createdAt: now },
      ...{ pendingUntil: null, pageOpenedAt: null },
    };
    await grantStore.insertGrant(tx, grant);
    await note(dependencies, tx, grant, [given(grant, simulated)]);
    await publish(dependencies, tx, grant, owner);
    return grant;
  });
}

interface Cancellation {
  readonly appId: string;
  readonly authorizeCode: string;
  readonly by: 'app' | 'owner';
}

async function end(dependencies: GrantsDependencies, { appId, authorizeCode, by }: Cancellation): Promise<SealGrant> {
  const { database, clock } = dependencies;
  const owner = await ownerOf(dependencies, appId, authorizeCode);
  return database.transaction(async (tx) => {
    const grant = await grantStore.lockGrant(tx, appId, authorizeCode);
    if (!grant) throw new ApiError('SEAL_GRANT_NOT_FOUND');
    const cancelled = cancel(grant, clock.now());
    if (cancelled === grant) return grant;

    await grantStore.saveGrant(tx, cancelled);
    const content = { ownerId: grant.ownerId, sealId: grant.sealId, by };
    await note(dependencies, tx, grant, [{ kind: 'seal-grant-cancelled', content }]);
    await publish(dependencies, tx, cancelled, owner);
    return cancelled;
  });
}

/** Found before the transaction that needs it, for a grant never changes its owner. */
async function ownerOf({ database, users }: GrantsDependencies, appId: string, authorizeCode: string): Promise<User> {
  const grant = await grantStore.findGrant(database.db, appId, authorizeCode);
  if (!grant) throw new ApiError('SEAL_GRANT_NOT_FOUND');
  return users.get(appId, grant.ownerId);
}

/** The seal that may be used silently at this moment, and by which grant; otherwise the error says what stands against it. */
async function grantFor(tx: Tx, use: SilentSigning): Promise<{ seal: Seal; authorizeCode: string }> {
  const { appId, authorizeCode, ownerId } = use;
  const key = authorizeCode === undefined ? { ownerId } : { authorizeCode };
  const grant = chooseGrant(await grantStore.grantedSeals(tx, appId, key), use);

  const seal = await store.findSeal(tx, appId, grant.sealId);
  if (!seal) throw new ApiError('SEAL_NOT_FOUND', { sealId: grant.sealId });
  return { seal, authorizeCode: grant.authorizeCode };
}
