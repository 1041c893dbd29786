/** The face page: consent, then a picture and actions that we judge, or a visit to a vendor's page. No picture outlives its judgement. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import { LinkError } from '../../tickets/index.ts';
import { finish } from '../check-access.ts';
import { outcomeAt } from '../check-state.ts';
import type { InnerParts } from '../parts.ts';
import type { FaceAction, FaceCaptured, FaceFinding, FaceVerifier, LocalFaceVerifier } from '../ports.ts';
import { appendEvidence } from '../recording.ts';
import { type IdentityCheck, isOpen } from '../verification.ts';
import { beginSession, isLive, settleSession } from './cloud-face.ts';
import {
  FACE_TRIES,
  type FaceScene,
  type FaceVisit,
  faceCommand,
  openFace,
  requireCapturable,
  requireFaces,
  unanswered,
} from './face-scene.ts';
import type { PageEnd } from './progress.ts';

export type { FaceVisit } from './face-scene.ts';

export interface FaceView {
  readonly step: 'consent' | 'capture' | 'closed';
  readonly verificationId: string;
  readonly businessCode: string | undefined;
  /** In clear. */
  readonly personName: string;
  readonly engine: FaceVerifier['engine'];
  /** Where a vendor films the person. */
  readonly cloudUrl: string | undefined;
  readonly actions: readonly FaceAction[];
  readonly end: PageEnd | undefined;
  /** The page that the face was asked for on, if one did. */
  readonly returnUrl: string | undefined;
}

export interface SeenFace extends Pick<FaceCaptured, 'picture' | 'seen' | 'likeness'> {
  /** Whether the page saw the movements by itself or the person said when each was done; kept in the evidence, judged by nobody. */
  readonly guidance: 'guided' | 'manual';
}

/** A picture that cannot be judged is no error: it has cost a try, which must be kept. */
export type JudgedFace =
  | { readonly judged: true }
  | { readonly judged: false; readonly reason: string; readonly remainingAttempts: number };

export interface FaceCeremony {
  /** @throws ApiError FACE_UNAVAILABLE where nobody can judge a face. */
  view(visit: FaceVisit): Promise<FaceView>;
  /**
   * With a vendor's engine, a visit to its page is begun; `returnUrl` is where it sends the person back to.
   * @throws ApiError IDENTITY_SOURCE_UNAVAILABLE (costs no try).
   */
  giveConsent(visit: FaceVisit, consent: FaceConsent): Promise<void>;
  /** The person is here, perhaps back from a vendor's page: ends the face if the vendor knows how it went. */
  settle(visit: FaceVisit): Promise<void>;
  /** @throws ApiError IDENTITY_SOURCE_UNAVAILABLE (costs no try), VERIFICATION_STEP_CONFLICT. */
  capture(visit: FaceVisit, face: SeenFace): Promise<JudgedFace>;
}

export interface FaceConsent {
  readonly version: string;
  readonly returnUrl: string | undefined;
}

export function createFaceCeremony(parts: InnerParts): FaceCeremony {
  return {
    view: (visit) => viewFace(parts, visit),
    giveConsent: (visit, consent) => giveConsent(parts, visit, consent),
    settle: async ({ app, checkId }) => {
      const { faces } = parts;
      if (faces?.engine === 'cloud') await settleSession(parts, faces, { appId: app.id, checkId, isBack: true });
    },
    capture: (visit, face) => capture(parts, visit, face),
  };
}

async function viewFace(parts: InnerParts, visit: FaceVisit): Promise<FaceView> {
  const { app, checkId, verificationId } = visit;
  const { dossier, check, capture: known } = await openFace(parts, visit);
  const outcome = outcomeAt(check, parts.clock.now());
  const end =
    outcome === 'processing' ? undefined : { status: outcome, reason: outcome === 'passed' ? null : reasonOf(check) };
  if (!end && visit.isExpired) throw new LinkError('LINK_EXPIRED');
  const leading = await parts.progress.findByFace(parts.database.db, app.id, checkId);
  const engine = end ? (parts.faces?.engine ?? 'local') : requireFaces(parts).engine;
  const session = engine === 'cloud' && known && isLive(known, parts.clock.now()) ? known.session : null;
  const isReady = engine === 'cloud' ? session !== null : known !== undefined;
  return {
    ...{ verificationId, end, actions: actionsOf(checkId), engine, cloudUrl: end ? undefined : session?.url },
    step: end ? 'closed' : isReady ? 'capture' : 'consent',
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

function giveConsent(parts: InnerParts, visit: FaceVisit, { version, returnUrl }: FaceConsent): Promise<void> {
  const faces = requireFaces(parts);
  if (faces.engine === 'cloud') return beginSession(parts, visit, { faces, version, returnUrl });
  return faceCommand(parts, visit, async (tx, { dossier, check, capture: known }) => {
    if (known) return;
    requireCapturable(parts, check);
    const { app, checkId } = visit;
    const consent = { checkId, appId: app.id, consentVersion: version, consentedAt: parts.clock.now() };
    await parts.progress.saveCapture(tx, { ...consent, tries: 0, session: null });
    await appendEvidence(parts, tx, dossier.verification, {
      kind: 'face-consent-given',
      content: { checkId, version },
    });
  });
}

async function capture(parts: InnerParts, visit: FaceVisit, face: SeenFace): Promise<JudgedFace> {
  const faces = requireFaces(parts);
  // A vendor films on its own page.
  if (faces.engine === 'cloud') throw new ApiError('VERIFICATION_STEP_CONFLICT', { step: 'cloud' });
  const facts = await reserveTry(parts, visit);
  if (!facts) return { judged: true };
  const finding = await judge(faces, { ...face, facts, wanted: actionsOf(visit.checkId) }).catch(async (error) => {
    await faceCommand(parts, visit, async (tx, { capture: known }) => {
      if (known) await parts.progress.saveCapture(tx, { ...known, tries: Math.max(0, known.tries - 1) });
    });
    throw error;
  });
  return faceCommand(parts, visit, (tx, scene) => conclude(parts, tx, scene, { finding, face }));
}

/** Undefined: it has ended meanwhile, by a second tap or another tab. */
function reserveTry(parts: InnerParts, visit: FaceVisit): Promise<FaceCaptured['facts'] | undefined> {
  return faceCommand(parts, visit, async (tx, { dossier, check, capture: known }) => {
    if (!isOpen(check)) return undefined;
    requireCapturable(parts, check);
    if (!known) throw new ApiError('VERIFICATION_STEP_CONFLICT', { step: 'consent' });
    if (known.tries >= FACE_TRIES) throw new ApiError('TOO_MANY_CHECKS', { checkId: check.id });
    await parts.progress.saveCapture(tx, { ...known, tries: known.tries + 1 });
    return dossier.verification.facts;
  });
}

async function judge(faces: LocalFaceVerifier, captured: FaceCaptured): Promise<FaceFinding> {
  try {
    return await faces.judge(captured);
  } catch (error) {
    throw unanswered(error);
  }
}

interface Judgement {
  readonly finding: FaceFinding;
  readonly face: SeenFace;
}

async function conclude(
  parts: InnerParts,
  tx: Tx,
  { dossier, check, capture: known }: FaceScene,
  { finding, face }: Judgement,
): Promise<JudgedFace> {
  if (!isOpen(check)) return { judged: true };
  const { reason, source, requestId } = finding;
  const remainingAttempts = Math.max(0, FACE_TRIES - (known?.tries ?? FACE_TRIES));
  const detail = detailOf(face);
  if (finding.outcome === 'unusable' && remainingAttempts > 0) {
    const content = { checkId: check.id, reason, source, requestId, remainingAttempts, ...detail };
    await appendEvidence(parts, tx, dossier.verification, { kind: 'face-capture-unusable', content });
    return { judged: false, reason, remainingAttempts };
  }
  const outcome = finding.outcome === 'passed' ? 'passed' : 'un_passed';
  await finish(parts, tx, dossier, { checkId: check.id, outcome, reason, source, requestId, detail });
  return { judged: true };
}

/** For the evidence: what was done, and what must not be read into it. A browser's likeness proves nothing, however high. */
function detailOf({ guidance, likeness }: SeenFace) {
  const proves = { provesLiveness: false, comparesWithReference: false };
  return { engine: 'local', guidance, ...proves, likeness: likeness ?? null };
}
