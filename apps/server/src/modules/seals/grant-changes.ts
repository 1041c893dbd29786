/** What every change of a grant leaves behind: an entry of its chain and, once it is decided, a callback. */
import { ApiError } from '@signet/protocol/errors';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import type { Callbacks } from '../callbacks/index.ts';
import type { Evidence, NewEvidence } from '../evidence/index.ts';
import type { User, Users } from '../users/index.ts';
import type { SealGrant } from './grant.ts';
import type { SealSummary } from './seal.ts';

export interface GrantsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly evidence: Pick<Evidence, 'append' | 'appendAll'>;
  readonly callbacks: Pick<Callbacks, 'publish'>;
  readonly users: Pick<Users, 'get'>;
}

type Step = Pick<NewEvidence, 'kind' | 'content'>;

export function note(
  { evidence }: Pick<GrantsDependencies, 'evidence'>,
  tx: Tx,
  { appId, authorizeCode }: SealGrant,
  steps: readonly Step[],
): Promise<void> {
  return evidence.appendAll(
    tx,
    steps.map((step) => ({ appId, subject: `seal-grant:${authorizeCode}`, ...step })),
  );
}

/** @param simulated by a test helper of the sandbox, in the owner's place. */
export function given({ ownerId, sealId, beginAt, endAt }: SealGrant, simulated: boolean): Step {
  return { kind: 'seal-grant-given', content: { ownerId, sealId, beginAt, endAt, simulated } };
}

export async function publish(
  { callbacks }: Pick<GrantsDependencies, 'callbacks'>,
  tx: Tx,
  grant: SealGrant,
  owner: Pick<User, 'accountId'>,
): Promise<void> {
  const { appId, authorizeCode, sealId, businessCode, state } = grant;
  if (state === 'pending') return;
  const [beginAt, endAt] = [grant.beginAt.toISOString(), grant.endAt.toISOString()];
  const data = { accountId: owner.accountId, sealId, authorizeCode, beginAt, endAt, status: state };
  const event = { type: 'seal-grant-changed', data } as const;
  await callbacks.publish(tx, { appId, subject: `seal-grant:${authorizeCode}`, businessCode, event });
}

/** A seal in use that its owner can choose. One that was drawn for a single contract is none. */
export function mustBeGrantable(
  seal: SealSummary | undefined,
  { ownerId, sealId }: { readonly ownerId: string; readonly sealId: number },
): void {
  if (seal?.ownerId !== ownerId || !seal.listed) throw new ApiError('SEAL_NOT_FOUND', { sealId });
  if (seal.status !== 'enabled') throw new ApiError('SEAL_NOT_USABLE', { sealId });
}
