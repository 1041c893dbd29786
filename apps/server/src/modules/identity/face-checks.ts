/** 人脸核验 (H5): a link whose page decides; the check is open until the page ends it or the flow is over. */
import { ApiError } from '@signet/protocol/errors';
import { newId19 } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import type { NewTicket } from '../tickets/index.ts';
import { findCheck, outcomeAt } from './check-state.ts';
import { readPersonFacts } from './facts.ts';
import { beginning, lockOrStartPersonal, type PersonRequest, peekPersonal } from './flow-start.ts';
import type { InnerParts } from './parts.ts';
import { type CheckedItem, recordCheck } from './recording.ts';
import { endOfLife } from './verification.ts';

const MAX_FACES = 20;
const SOURCE = 'signet';

export type LinkApp = Pick<App, 'id' | 'redirectSchemes'>;

export interface FaceRequest extends PersonRequest {
  readonly redirect: NewTicket['redirect'];
}

export interface OpenedFace {
  readonly verificationId: string;
  readonly checkId: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** The link comes first, since only its address may be refused; without its check it opens nothing. */
export async function openFaceCheck(parts: InnerParts, app: LinkApp, request: FaceRequest): Promise<OpenedFace> {
  const { clock, tickets, faces } = parts;
  if (!faces) throw new ApiError('FACE_UNAVAILABLE');
  const flow = { appId: app.id, facts: readPersonFacts(request.facts, clock.now()) };
  const known = await peekPersonal(parts, flow, request);
  const { id: newId, ...fresh } = beginning(clock.now());
  const verificationId = known?.id ?? newId;
  const checkId = newId19();
  const { url, expiresAt } = await tickets.issue(app, {
    subject: { purpose: 'face', verificationId, checkId },
    clientType: 'h5',
    redirect: request.redirect,
    expiresAt: endOfLife(known ?? fresh),
  });

  return parts.database.transaction(async (tx) => {
    const dossier = await lockOrStartPersonal(parts, tx, { ...flow, newId }, request);
    const faces = dossier.checks.filter(({ kind }) => kind === 'face');
    if (faces.length >= MAX_FACES) throw new ApiError('TOO_MANY_CHECKS', { verificationId });
    await recordCheck(parts, tx, dossier, {
      ...{ id: checkId, kind: 'face', outcome: 'processing', expiresAt },
      ...{ reason: '待本人完成', source: SOURCE, requestId: checkId },
    });
    return { verificationId, checkId, url, expiresAt };
  });
}

/** One face by its own number, or the newest of the newest flow with that business code. */
export async function faceResult(
  parts: InnerParts,
  appId: string,
  { checkId, businessCode = '' }: { checkId?: string | undefined; businessCode?: string | undefined },
): Promise<CheckedItem> {
  const { database, store, clock } = parts;
  const verification =
    checkId === undefined
      ? await store.findNewest(database.db, appId, businessCode)
      : await store.findByCheck(database.db, checkId);
  if (verification?.appId !== appId) throw new ApiError('CHECK_NOT_FOUND', { checkId });

  const { checks } = await store.loadDossier(database.db, verification);
  const check = findCheck(checks, 'face', checkId);
  if (!check) throw new ApiError('CHECK_NOT_FOUND', { checkId });
  return { verificationId: verification.id, checkId: check.id, outcome: outcomeAt(check, clock.now()) };
}
