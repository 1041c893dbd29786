import { ApiError, badParameter } from '@signet/protocol/errors';
import type { App } from '../apps/index.ts';
import type { IssuedLink, NewTicket, Tickets } from '../tickets/index.ts';
import { decidePeriod, type SealGrant } from './grant.ts';
import { type GrantsDependencies, mustBeGrantable, note } from './grant-changes.ts';
import * as grantStore from './grant-store.ts';
import { newAuthorizeCode } from './grants.ts';
import * as store from './store.ts';

const LINK_DAYS = 7;
const DAY_MS = 86_400_000;

export interface GrantRequest {
  readonly ownerId: string;
  readonly sealId: number;
  /** Twelve months from now unless told otherwise. */
  readonly beginAt?: Date | undefined;
  readonly endAt?: Date | undefined;
  readonly businessCode: string | null;
  readonly link: Pick<NewTicket, 'clientType' | 'redirect'> & {
    /** Seven days unless told otherwise; never longer than the grant. */
    readonly expiresAt: Date | null;
  };
}

export interface RequestedGrant {
  readonly grant: SealGrant;
  readonly link: IssuedLink;
}

export interface GrantRequestDependencies extends GrantsDependencies {
  readonly tickets: Pick<Tickets, 'issue'>;
}

export async function requestGrant(
  means: GrantRequestDependencies,
  app: App,
  request: GrantRequest,
): Promise<RequestedGrant> {
  const { database, clock, tickets, users } = means;
  if (!app.silentSigning) throw new ApiError('SILENT_SIGNING_OFF', { appId: app.id });
  const now = clock.now();
  const { ownerId, sealId, businessCode } = request;
  const period = decidePeriod(request, now);
  const { id: verifiedId } = await users.get(app.id, ownerId);
  mustBeGrantable(await store.findSummary(database.db, app.id, sealId), { ownerId: verifiedId, sealId });

  const authorizeCode = newAuthorizeCode();
  const { clientType, redirect } = request.link;
  const expiresAt = linkEnd(request.link.expiresAt, period.endAt, now);
  // Before the grant: a link that cannot be made must leave none behind, whereas a link to nothing is never told to anybody.
  const link = await tickets.issue(app, {
    subject: { purpose: 'grant', authorizeCode },
    clientType,
    redirect,
    expiresAt,
  });

  const grant: SealGrant = {
    ...{ authorizeCode, appId: app.id, sealId, ownerId, ...period, businessCode },
    ...{ state: 'pending', authorizedAt: null, cancelledAt: null, createdAt: now },
    ...{ pendingUntil: expiresAt, pageOpenedAt: null },
  };
  await database.transaction(async (tx) => {
    mustBeGrantable(await store.lockSeal(tx, app.id, sealId), { ownerId, sealId });
    await grantStore.insertGrant(tx, grant);
    const content = { ownerId, sealId, ...period, clientType, linkExpiresAt: expiresAt };
    await note(means, tx, grant, [{ kind: 'seal-grant-requested', content }]);
  });
  return { grant, link };
}

function linkEnd(asked: Date | null, grantEnd: Date, now: Date): Date {
  if (asked && asked <= now) throw badParameter({ expirationTime: '应晚于当前时间' });
  const wanted = asked ?? new Date(now.getTime() + LINK_DAYS * DAY_MS);
  return wanted < grantEnd ? wanted : grantEnd;
}
