/** What stands on the face page: the check, its flow, and how far its person has come. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import type { App } from '../../apps/index.ts';
import { LinkError } from '../../tickets/index.ts';
import { lockCheck } from '../check-access.ts';
import { isOverdue } from '../check-state.ts';
import type { InnerParts } from '../parts.ts';
import { type FaceVerifier, IdentityCheckNotOffered, IdentitySourceUnavailable } from '../ports.ts';
import { type IdentityCheck, isOpen, type PersonDossier } from '../verification.ts';
import type { FaceCapture } from './progress-store.ts';

/** Pictures that can be judged, or visits to a vendor's page, on one link. */
export const FACE_TRIES = 3;

export interface FaceVisit {
  readonly app: App;
  readonly verificationId: string;
  readonly checkId: string;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
}

export interface FaceScene {
  readonly dossier: PersonDossier;
  readonly check: IdentityCheck;
  readonly capture: FaceCapture | undefined;
}

export async function openFace(parts: InnerParts, { app, checkId }: FaceVisit): Promise<FaceScene> {
  const { store, database, progress } = parts;
  const flow = await store.findByCheck(database.db, checkId);
  if (flow?.kind !== 'person' || flow.appId !== app.id) throw new LinkError('LINK_UNKNOWN');
  const dossier = (await store.loadDossier(database.db, flow)) as PersonDossier;
  const check = dossier.checks.find(({ id }) => id === checkId);
  if (!check) throw new LinkError('LINK_UNKNOWN');
  return { dossier, check, capture: await progress.findCapture(database.db, app.id, checkId) };
}

/** Runs a command with the face's flow locked. */
export async function faceCommand<T>(
  parts: InnerParts,
  { app, checkId, isExpired }: FaceVisit,
  act: (tx: Tx, scene: FaceScene) => Promise<T>,
): Promise<T> {
  if (isExpired) throw new LinkError('LINK_EXPIRED');
  return parts.database.transaction((tx) => withFace(parts, tx, { appId: app.id, checkId }, act));
}

export async function withFace<T>(
  parts: InnerParts,
  tx: Tx,
  { appId, checkId }: { readonly appId: string; readonly checkId: string },
  act: (tx: Tx, scene: FaceScene) => Promise<T>,
): Promise<T> {
  const { dossier, check } = await lockCheck(parts, tx, appId, checkId);
  const capture = await parts.progress.findCapture(tx, appId, checkId);
  return act(tx, { dossier: dossier as PersonDossier, check, capture });
}

export function requireCapturable(parts: InnerParts, check: IdentityCheck): void {
  requireFaces(parts);
  if (!isOpen(check) || isOverdue(check, parts.clock.now())) throw new ApiError('CHECK_ENDED', { checkId: check.id });
}

export function requireFaces({ faces }: Pick<InnerParts, 'faces'>): FaceVerifier {
  if (!faces) throw new ApiError('FACE_UNAVAILABLE');
  return faces;
}

/** What the caller hears of a verifier that gives no answer. */
export function unanswered(cause: unknown): unknown {
  if (cause instanceof IdentityCheckNotOffered) return new ApiError('IDENTITY_CHECK_NOT_OFFERED', {}, { cause });
  return cause instanceof IdentitySourceUnavailable
    ? new ApiError('IDENTITY_SOURCE_UNAVAILABLE', {}, { cause })
    : cause;
}
