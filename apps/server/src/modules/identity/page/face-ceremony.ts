/** The face page: consent, then a picture and actions that a verifier judges. No picture outlives its judgement. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import type { App } from '../../apps/index.ts';
import { LinkError } from '../../tickets/index.ts';
import { finish, lockCheck } from '../check-access.ts';
import { isOverdue, outcomeAt } from '../check-state.ts';
import type { InnerParts } from '../parts.ts';
import type { FaceAction, FaceCaptured, FaceFinding, FaceVerifier } from '../ports.ts';
import { IdentitySourceUnavailable } from '../ports.ts';
import { appendEvidence } from '../recording.ts';
import { type IdentityCheck, isOpen, type PersonDossier } from '../verification.ts';
import type { PageEnd } from './progress.ts';
import type { FaceCapture } from './progress-store.ts';

/** Pictures that can be judged on one link. */
const CAPTURE_TRIES = 3;

export interface FaceVisit {
  readonly app: App;
  readonly verificationId: string;
  readonly checkId: string;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
}

export interface FaceView {
  readonly step: 'consent' | 'capture' | 'closed';
  readonly verificationId: string;
  readonly businessCode: string | undefined;
  /** In clear. */
  readonly personName: string;
  readonly engine: FaceVerifier['engine'];
  readonly actions: readonly FaceAction[];
  readonly end: PageEnd | undefined;
  /** The page that the face was asked for on, if one did. */
  readonly returnUrl: string | undefined;
}

export type SeenFace = Pick<FaceCaptured, 'picture' | 'seen' | 'likeness'>;

/** A picture that cannot be judged is no error: it has cost a try, which must be kept. */
export type JudgedFace =
  | { readonly judged: true }
  | { readonly judged: false; readonly reason: string; readonly remainingAttempts: number };

export interface FaceCeremony {
  /** @throws ApiError FACE_UNAVAILABLE where nobody can judge a face. */
  view(visit: FaceVisit): Promise<FaceView>;
  giveConsent(visit: FaceVisit, version: string): Promise<void>;
  /** @throws ApiError IDENTITY_SOURCE_UNAVAILABLE (costs no try), VERIFICATION_STEP_CONFLICT. */
  capture(visit: FaceVisit, face: SeenFace): Promise<JudgedFace>;
}

export function createFaceCeremony(parts: InnerParts): FaceCeremony {
  return {
    view: (visit) => viewFace(parts, visit),
    giveConsent: (visit, version) => giveConsent(parts, visit, version),
    capture: (visit, face) => capture(parts, visit, face),
  };
}

interface FaceScene {
  readonly dossier: PersonDossier;
  readonly check: IdentityCheck;
  readonly capture: FaceCapture | undefined;
}

async function viewFace(parts: InnerParts, visit: FaceVisit): Promise<FaceView> {
  const { app, checkId, verificationId } = visit;
  const { dossier, check, capture: known } = await openFace(parts, visit);
  const outcome = outcomeAt(check, parts.clock.now());
  const end =
    outcome === 'processing' ? undefined : { status: outcome, reason: outcome === 'passed' ? null : reasonOf(check) };
  if (!end && visit.isExpired) throw new LinkError('LINK_EXPIRED');
  const leading = await parts.progress.findByFace(parts.database.db, app.id, checkId);
  return {
    ...{ verificationId, end, actions: actionsOf(checkId), engine: end ? 'local' : requireFaces(parts).engine },
    step: end ? 'closed' : known ? 'capture' : 'consent',
    personName: dossier.verification.facts.name,
    businessCode: dossier.verification.businessCode,
    returnUrl: leading?.faceLinks?.returnUrl,
  };
}

function reasonOf(check: IdentityCheck): string {
  return isOpen(check) ? '超时未完成' : check.reason;
}

/** Not the same for everybody, so that a recording of one person serves no other. */
function actionsOf(checkId: string): readonly FaceAction[] {
  return ['look', 'blink', Number(checkId.at(-1)) % 2 === 0 ? 'turn-left' : 'turn-right'];
}

async function openFace(parts: InnerParts, { app, checkId }: FaceVisit): Promise<FaceScene> {
  const { store, database, progress } = parts;
  const flow = await store.findByCheck(database.db, checkId);
  if (flow?.kind !== 'person' || flow.appId !== app.id) throw new LinkError('LINK_UNKNOWN');
  const dossier = (await store.loadDossier(database.db, flow)) as PersonDossier;
  const check = dossier.checks.find(({ id }) => id === checkId);
  if (!check) throw new LinkError('LINK_UNKNOWN');
  return { dossier, check, capture: await progress.findCapture(database.db, app.id, checkId) };
}

/** Runs a command with the face's flow locked. */
async function command<T>(
  parts: InnerParts,
  { app, checkId, isExpired }: FaceVisit,
  act: (tx: Tx, scene: FaceScene) => Promise<T>,
): Promise<T> {
  if (isExpired) throw new LinkError('LINK_EXPIRED');
  return parts.database.transaction(async (tx) => {
    const { dossier, check } = await lockCheck(parts, tx, app.id, checkId);
    const known = await parts.progress.findCapture(tx, app.id, checkId);
    return act(tx, { dossier: dossier as PersonDossier, check, capture: known });
  });
}

function giveConsent(parts: InnerParts, visit: FaceVisit, version: string): Promise<void> {
  return command(parts, visit, async (tx, { dossier, check, capture: known }) => {
    if (known) return;
    requireCapturable(parts, check);
    const { app, checkId } = visit;
    const consent = { checkId, appId: app.id, consentVersion: version, consentedAt: parts.clock.now(), tries: 0 };
    await parts.progress.saveCapture(tx, consent);
    await appendEvidence(parts, tx, dossier.verification, {
      kind: 'face-consent-given',
      content: { checkId, version },
    });
  });
}

async function capture(parts: InnerParts, visit: FaceVisit, face: SeenFace): Promise<JudgedFace> {
  const faces = requireFaces(parts);
  const facts = await reserveTry(parts, visit);
  if (!facts) return { judged: true };
  const finding = await judge(faces, { ...face, facts, wanted: actionsOf(visit.checkId) }).catch(async (error) => {
    await command(parts, visit, async (tx, { capture: known }) => {
      if (known) await parts.progress.saveCapture(tx, { ...known, tries: Math.max(0, known.tries - 1) });
    });
    throw error;
  });
  return command(parts, visit, (tx, scene) => conclude(parts, tx, scene, { finding, face, engine: faces.engine }));
}

/** Undefined: it has ended meanwhile, by a second tap or another tab. */
function reserveTry(parts: InnerParts, visit: FaceVisit): Promise<FaceCaptured['facts'] | undefined> {
  return command(parts, visit, async (tx, { dossier, check, capture: known }) => {
    if (!isOpen(check)) return undefined;
    requireCapturable(parts, check);
    if (!known) throw new ApiError('VERIFICATION_STEP_CONFLICT', { step: 'consent' });
    if (known.tries >= CAPTURE_TRIES) throw new ApiError('TOO_MANY_CHECKS', { checkId: check.id });
    await parts.progress.saveCapture(tx, { ...known, tries: known.tries + 1 });
    return dossier.verification.facts;
  });
}

async function judge(faces: FaceVerifier, captured: FaceCaptured): Promise<FaceFinding> {
  try {
    return await faces.judge(captured);
  } catch (cause) {
    if (!(cause instanceof IdentitySourceUnavailable)) throw cause;
    throw new ApiError('IDENTITY_SOURCE_UNAVAILABLE', {}, { cause });
  }
}

interface Judgement {
  readonly finding: FaceFinding;
  readonly face: SeenFace;
  readonly engine: FaceVerifier['engine'];
}

async function conclude(
  parts: InnerParts,
  tx: Tx,
  { dossier, check, capture: known }: FaceScene,
  { finding, face, engine }: Judgement,
): Promise<JudgedFace> {
  if (!isOpen(check)) return { judged: true };
  const { reason, source, requestId } = finding;
  const remainingAttempts = Math.max(0, CAPTURE_TRIES - (known?.tries ?? CAPTURE_TRIES));
  const detail = { engine, provesLiveness: engine !== 'local', likeness: face.likeness ?? null };
  if (finding.outcome === 'unusable' && remainingAttempts > 0) {
    const content = { checkId: check.id, reason, source, requestId, remainingAttempts };
    await appendEvidence(parts, tx, dossier.verification, { kind: 'face-capture-unusable', content });
    return { judged: false, reason, remainingAttempts };
  }
  const outcome = finding.outcome === 'passed' ? 'passed' : 'un_passed';
  await finish(parts, tx, dossier, { checkId: check.id, outcome, reason, source, requestId, detail });
  return { judged: true };
}

function requireCapturable(parts: InnerParts, check: IdentityCheck): void {
  requireFaces(parts);
  if (!isOpen(check) || isOverdue(check, parts.clock.now())) throw new ApiError('CHECK_ENDED', { checkId: check.id });
}

function requireFaces({ faces }: InnerParts): FaceVerifier {
  if (!faces) throw new ApiError('FACE_UNAVAILABLE');
  return faces;
}
