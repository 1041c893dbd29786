/** Finding a check of a flow, and ending an open one. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { requireOwn } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import { type CheckEnd, endCheck } from './recording.ts';
import type { Dossier, IdentityCheck } from './verification.ts';

/** A payout or letter by its own number, or the newest one of its flow. */
export interface CheckReference {
  readonly verificationId?: string | undefined;
  readonly checkId?: string | undefined;
}

/** The checks of the flow that is meant; undefined when no flow of the app is. */
export async function findReferenced(
  { database, store }: InnerParts,
  appId: string,
  { verificationId, checkId = '' }: CheckReference,
) {
  if (verificationId !== undefined) {
    const own = requireOwn(await store.find(database.db, verificationId), appId);
    return (await store.loadDossier(database.db, own)).checks;
  }
  const owner = await store.findByCheck(database.db, checkId);
  return owner?.appId === appId ? (await store.loadDossier(database.db, owner)).checks : undefined;
}

/** Its flow under lock, with the check that is to change. */
export interface LockedCheck {
  readonly dossier: Dossier;
  readonly check: IdentityCheck;
}

/** Another app's check is not found. */
export async function lockCheck(
  { store }: InnerParts,
  tx: Tx,
  appId: string | undefined,
  checkId: string,
): Promise<LockedCheck> {
  const owner = await store.findByCheck(tx, checkId);
  const locked = owner && (await store.lock(tx, owner.id));
  if (!locked || (appId !== undefined && locked.appId !== appId)) throw new ApiError('CHECK_NOT_FOUND', { checkId });
  const dossier = await store.loadDossier(tx, locked);
  const check = dossier.checks.find(({ id }) => id === checkId);
  if (!check) throw new ApiError('CHECK_NOT_FOUND', { checkId });
  return { dossier, check };
}

/** Ends the check and forgets what was only needed to end it. */
export async function finish(parts: InnerParts, tx: Tx, dossier: Dossier, end: CheckEnd): Promise<IdentityCheck> {
  const { check } = await endCheck(parts, tx, dossier, end);
  if (check.kind === 'payout') await parts.payouts.forget(tx, check.id);
  return check;
}
