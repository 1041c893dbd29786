/**
 * A face that a vendor films on its own page. The visit begins with the person's consent; how it went is fetched when the person is
 * back here, or by a job, since not everybody comes back.
 */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import { finish } from '../check-access.ts';
import type { InnerParts } from '../parts.ts';
import {
  type CloudFaceFinding,
  type CloudFaceVerifier,
  type FaceSession,
  IdentitySourceUnavailable,
  type PersonFacts,
} from '../ports.ts';
import { appendEvidence } from '../recording.ts';
import { isOpen } from '../verification.ts';
import { FACE_TRIES, type FaceVisit, faceCommand, requireCapturable, unanswered, withFace } from './face-scene.ts';
import type { FaceCapture } from './progress-store.ts';

export const FACE_TASK = 'identity.face';

const FIRST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 600_000;

export function isLive({ session }: FaceCapture, now: Date): boolean {
  return session !== null && session.expiresAt > now;
}

interface Beginning {
  readonly faces: CloudFaceVerifier;
  readonly version: string;
  readonly returnUrl: string | undefined;
}

/** A second tap, or another tab, shares the visit that has begun. */
export async function beginSession(
  parts: InnerParts,
  visit: FaceVisit,
  { faces, version, returnUrl }: Beginning,
): Promise<void> {
  const facts = await reserveVisit(parts, visit, version);
  if (!facts) return;
  const session = await faces.begin({ facts, reference: visit.checkId, returnUrl }).catch(async (error: unknown) => {
    await giveBack(parts, visit);
    throw unanswered(error);
  });
  await keepSession(parts, visit, session);
}

/** Undefined: a visit is under way already. */
function reserveVisit(parts: InnerParts, visit: FaceVisit, version: string): Promise<PersonFacts | undefined> {
  return faceCommand(parts, visit, async (tx, { dossier, check, capture }) => {
    requireCapturable(parts, check);
    const now = parts.clock.now();
    if (capture && isLive(capture, now)) return undefined;
    const tries = (capture?.tries ?? 0) + 1;
    if (tries > FACE_TRIES) throw new ApiError('TOO_MANY_CHECKS', { checkId: check.id });
    const consent = { checkId: check.id, appId: visit.app.id, consentVersion: version, consentedAt: now };
    await parts.progress.saveCapture(tx, { ...consent, tries, session: null });
    await appendEvidence(parts, tx, dossier.verification, {
      kind: 'face-consent-given',
      content: { checkId: check.id, version },
    });
    return dossier.verification.facts;
  });
}

function giveBack(parts: InnerParts, visit: FaceVisit): Promise<void> {
  return faceCommand(parts, visit, async (tx, { capture }) => {
    if (capture) await parts.progress.saveCapture(tx, { ...capture, tries: Math.max(0, capture.tries - 1) });
  });
}

function keepSession(parts: InnerParts, visit: FaceVisit, session: FaceSession): Promise<void> {
  return faceCommand(parts, visit, async (tx, { dossier, check, capture }) => {
    if (!isOpen(check) || !capture || isLive(capture, parts.clock.now())) return;
    const { token, url, expiresAt, source, requestId } = session;
    await parts.progress.saveCapture(tx, { ...capture, session: { token, url, expiresAt } });
    await appendEvidence(parts, tx, dossier.verification, {
      kind: 'face-session-begun',
      content: { checkId: check.id, source, requestId },
    });
    await scheduleTurn(parts, tx, { appId: visit.app.id, checkId: check.id, round: 0 });
  });
}

export interface FaceTurn {
  readonly appId: string;
  readonly checkId: string;
  readonly round: number;
}

async function scheduleTurn({ jobs, clock }: InnerParts, tx: Tx, turn: FaceTurn): Promise<void> {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** turn.round, LONGEST_PAUSE_MS);
  const runAt = new Date(clock.now().getTime() + pause);
  await jobs.add(tx, FACE_TASK, turn, { runAt, jobKey: `${FACE_TASK}:${turn.checkId}` });
}

/** A job's turn: again later until the visit is over. */
export async function faceTurn(parts: InnerParts, turn: FaceTurn): Promise<void> {
  const { faces, database, progress, clock } = parts;
  if (faces?.engine !== 'cloud') return;
  const before = await progress.findCapture(database.db, turn.appId, turn.checkId);
  const isLast = !before || !isLive(before, clock.now());
  await settleSession(parts, faces, { ...turn, isBack: false });
  const after = await progress.findCapture(database.db, turn.appId, turn.checkId);
  if (isLast || !after?.session) return;
  await database.transaction((tx) => scheduleTurn(parts, tx, { ...turn, round: turn.round + 1 }));
}

interface Settling {
  readonly appId: string;
  readonly checkId: string;
  /** The person has come back; otherwise they may still be trying, and only a success is final. */
  readonly isBack: boolean;
}

/** A vendor that does not answer changes nothing. */
export async function settleSession(
  parts: InnerParts,
  faces: CloudFaceVerifier,
  { appId, checkId, isBack }: Settling,
): Promise<void> {
  const { database, store, progress, clock } = parts;
  const capture = await progress.findCapture(database.db, appId, checkId);
  const flow = capture?.session ? await store.findByCheck(database.db, checkId) : undefined;
  if (!capture?.session || flow?.kind !== 'person') return;
  const { token } = capture.session;
  const finding = await ask(faces, { token, facts: flow.facts });
  if (!finding) return;
  if (finding.outcome !== 'passed' && !isBack && isLive(capture, clock.now())) return;
  await database.transaction((tx) => conclude(parts, tx, { appId, checkId, token, finding }));
}

async function ask(
  faces: CloudFaceVerifier,
  session: { readonly token: string; readonly facts: PersonFacts },
): Promise<CloudFaceFinding | undefined> {
  try {
    return await faces.fetchResult(session);
  } catch (error) {
    if (!(error instanceof IdentitySourceUnavailable)) throw error;
    return undefined;
  }
}

interface Conclusion {
  readonly appId: string;
  readonly checkId: string;
  /** Of the visit that was asked about; a newer one is another matter. */
  readonly token: string;
  readonly finding: CloudFaceFinding;
}

function conclude(parts: InnerParts, tx: Tx, { finding, token, ...which }: Conclusion): Promise<void> {
  return withFace(parts, tx, which, async (_, { dossier, check, capture }) => {
    if (!isOpen(check) || capture?.session?.token !== token) return;
    const { outcome, reason, source, requestId, likeness } = finding;
    const detail = { engine: 'cloud', provesLiveness: outcome === 'passed', likeness: likeness ?? null };
    await parts.progress.saveCapture(tx, { ...capture, session: null });
    await finish(parts, tx, dossier, { checkId: check.id, outcome, reason, source, requestId, detail });
  });
}
