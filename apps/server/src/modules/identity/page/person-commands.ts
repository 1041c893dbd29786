/** What a person does on a verification page, or a company's agent on that of the company. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import { newFlowNo } from '../../../kernel/ids.ts';
import { maskIdNumber, maskName, maskPhone } from '../../../kernel/mask.ts';
import { askRegistry } from '../asking.ts';
import { openFaceCheck } from '../face-checks.ts';
import { lockOrStartPersonal } from '../flow-start.ts';
import type { PersonMode } from '../page-setup.ts';
import type { InnerParts } from '../parts.ts';
import { splitPersonal } from '../personal-facts.ts';
import type { RegistryFinding } from '../ports.ts';
import { recordCheck } from '../recording.ts';
import { type JudgedCode, type SentCode, sendSmsCode, verifySmsCode } from '../sms-checks.ts';
import type { CheckKind } from '../verification.ts';
import { tellCompanyFailed } from './leading.ts';
import { type GivenFacts, type ReadFacts, readGivenFacts } from './person-facts.ts';
import { endOf, FACT_TRIES, openFace, type PageScene, personStep } from './progress.ts';
import { command, openScene, type PageVisit, refuseExpiredLink, requireStep } from './visit.ts';

/** Facts that do not fit are no error: they have cost a try, which must be kept. */
export type JudgedFacts =
  | { readonly passed: true }
  | { readonly passed: false; readonly reason: string; readonly remainingAttempts: number };

const PASSED: JudgedFacts = { passed: true };

/** Once; a second tap changes nothing. */
export function giveConsent(parts: InnerParts, visit: PageVisit, version: string): Promise<void> {
  return command(parts, visit, async (tx, scene) => {
    const { page, progress, now } = scene;
    if (progress.consentedAt) return;
    await parts.progress.save(tx, { ...progress, consentVersion: version, consentedAt: now });
    await parts.evidence.append(tx, {
      ...{ appId: page.appId, subject: `verification:${page.verificationId}`, kind: 'verification-consent-given' },
      content: { version, pageId: page.id },
    });
  });
}

/** The modes that this page offers now: a face needs somebody who can judge it. */
export function offeredModes({ faces }: InnerParts, { page }: Pick<PageScene, 'page'>): readonly PersonMode[] {
  return page.setup.person.modes.filter((mode) => mode !== 'face' || faces !== undefined);
}

export async function givePersonFacts(parts: InnerParts, visit: PageVisit, given: GivenFacts): Promise<JudgedFacts> {
  if (!offeredModes(parts, await openScene(parts, visit)).includes(given.mode)) throw refusedMode(given.mode);
  const read = await reserveTry(parts, visit, given);
  const judged = await ask(parts, visit, given.mode, read);
  if (judged.passed && given.mode === 'face') await openPageFace(parts, visit, read);
  return judged;
}

function refusedMode(mode: PersonMode): ApiError {
  return new ApiError(mode === 'face' ? 'FACE_UNAVAILABLE' : 'VERIFICATION_STEP_CONFLICT', { mode });
}

/** Taken before anything is asked, so that parallel guesses get no more answers than there are tries. */
function reserveTry(parts: InnerParts, visit: PageVisit, given: GivenFacts): Promise<ReadFacts> {
  return command(parts, visit, async (tx, scene) => {
    requireStep(scene, personStep(scene), 'facts');
    const read = readGivenFacts(scene, given);
    const { progress } = scene;
    if (progress.personTries >= FACT_TRIES) throw new ApiError('TOO_MANY_CHECKS', { pageId: visit.pageId });
    await parts.progress.save(tx, { ...progress, personTries: progress.personTries + 1 });
    return read;
  });
}

async function ask(parts: InnerParts, visit: PageVisit, mode: PersonMode, read: ReadFacts): Promise<JudgedFacts> {
  const check = CHECKS[mode];
  const finding = await askRegistry(() => check.ask(parts, read)).catch(async (error: unknown) => {
    await command(parts, visit, (tx, { progress }) =>
      parts.progress.save(tx, { ...progress, personTries: Math.max(0, progress.personTries - 1) }),
    );
    throw error;
  });

  return parts.database.transaction(async (tx) => {
    const scene = await openScene(parts, visit, tx);
    const isLate = endOf(scene) !== undefined || personStep(scene) !== 'facts';
    if (isLate) return PASSED;
    if (finding.outcome === 'passed') return recordFit(parts, tx, scene, { mode, read, finding });
    return recordMiss(parts, tx, scene, { mode, read, finding });
  });
}

interface Asked {
  readonly mode: PersonMode;
  readonly read: ReadFacts;
  readonly finding: RegistryFinding;
}

/** The flow begins with facts that fit, under the number that the app was given with the link. */
async function recordFit(parts: InnerParts, tx: Tx, scene: PageScene, asked: Asked): Promise<JudgedFacts> {
  const { progress } = scene;
  const verificationId = flowIdOf(scene);
  // A face has still to be shown; its try is given back when it passes, since the page has ended then.
  const personTries = asked.mode === 'face' ? progress.personTries : Math.max(0, progress.personTries - 1);
  const next = { personFlowId: verificationId, personMode: asked.mode, personTries, isEditing: false };
  await parts.progress.save(tx, { ...progress, ...next });
  await recordFinding(parts, tx, scene, { ...asked, verificationId });
  return PASSED;
}

/** The last miss ends the page: only it becomes part of a flow, which the app is told of. */
async function recordMiss(parts: InnerParts, tx: Tx, scene: PageScene, asked: Asked): Promise<JudgedFacts> {
  const { page, progress, now } = scene;
  const { reason, source, requestId } = asked.finding;
  const remainingAttempts = Math.max(0, FACT_TRIES - progress.personTries);
  if (remainingAttempts > 0) {
    await parts.evidence.append(tx, {
      ...{ appId: page.appId, subject: `verification:${page.verificationId}`, kind: 'page-facts-differ' },
      ...splitPersonal({
        ...{ check: CHECKS[asked.mode].kind, reason, source, requestId, remainingAttempts },
        facts: maskFacts(asked.read),
      }),
    });
    return { passed: false, reason, remainingAttempts };
  }

  const verificationId = flowIdOf(scene);
  await parts.progress.save(tx, { ...progress, personFlowId: verificationId, failedAt: now, failReason: reason });
  const checkId = await recordFinding(parts, tx, scene, { ...asked, verificationId });
  await tellCompanyFailed(parts, tx, progress, checkId);
  return { passed: false, reason, remainingAttempts };
}

function flowIdOf({ page, person, now }: PageScene): string {
  if (person) return person.verification.id;
  return page.kind === 'person' ? page.verificationId : newFlowNo(now);
}

async function recordFinding(
  parts: InnerParts,
  tx: Tx,
  { page, person }: PageScene,
  { mode, read, finding, verificationId }: Asked & { readonly verificationId: string },
): Promise<string> {
  const isOwnPage = page.kind === 'person';
  const accountId = isOwnPage ? page.accountId : undefined;
  const flow = { appId: page.appId, facts: read.facts, newId: verificationId, accountId };
  const dossier = await lockOrStartPersonal(parts, tx, flow, {
    ...(person && { verificationId }),
    ...(isOwnPage && { businessCode: page.businessCode }),
  });
  const { kind, detail } = CHECKS[mode];
  const { check } = await recordCheck(parts, tx, dossier, {
    ...{ ...finding, kind, detail: detail(parts, read) },
    ...(mode === 'face' ? {} : { mobile: read.mobile }),
  });
  return check.id;
}

interface ModeCheck {
  readonly kind: CheckKind;
  readonly ask: (parts: InnerParts, read: ReadFacts) => Promise<RegistryFinding>;
  /** For the evidence only; masked or hashed. */
  readonly detail: (parts: InnerParts, read: ReadFacts) => Readonly<Record<string, unknown>>;
}

const CHECKS: Readonly<Record<PersonMode, ModeCheck>> = {
  face: { kind: 'name-and-id', ask: ({ registry }, { facts }) => registry.checkNameAndId(facts), detail: () => ({}) },
  mobile: {
    kind: 'carrier',
    ask: ({ registry }, { facts, mobile }) => registry.checkCarrier({ ...facts, mobile }),
    detail: () => ({}),
  },
  bank: {
    kind: 'bank-card',
    ask: ({ registry }, { facts, mobile, bankCardNumber }) =>
      registry.checkBankCard({ ...facts, mobile, bankCardNumber }),
    detail: ({ secretBox }, { bankCardNumber }) => ({
      card: maskIdNumber(bankCardNumber),
      cardHash: Buffer.from(secretBox.keyedHash(bankCardNumber, 'evidence.bank-card')).toString('hex'),
    }),
  },
};

function maskFacts({ facts, mobile }: ReadFacts): Record<string, unknown> {
  const { name, idNumber } = facts;
  return { name: maskName(name), idNumber: maskIdNumber(idNumber), mobile: mobile === '' ? null : maskPhone(mobile) };
}

/** Links come first, since only they can fail; of two tabs the first one's face stands. */
async function openPageFace(parts: InnerParts, visit: PageVisit, { facts }: ReadFacts): Promise<void> {
  const { app, ticket, pageId } = visit;
  const { person, page, progress, now } = await openScene(parts, visit);
  if (!person || openFace(person, progress, now)) return;
  const verificationId = person.verification.id;
  const purpose = page.kind === 'person' ? 'verify-person' : 'verify-company';
  const { url: returnUrl } = await parts.tickets.issue(app, {
    ...{ subject: { purpose, pageId }, clientType: ticket.clientType, expiresAt: ticket.expiresAt },
    redirect: ticket.redirectUrl ? { url: ticket.redirectUrl, delaySeconds: ticket.redirectDelaySeconds } : null,
  });
  const { checkId, url: faceUrl } = await openFaceCheck(parts, app, { facts, verificationId, redirect: null });
  await command(parts, visit, async (tx, scene) => {
    if (scene.person && openFace(scene.person, scene.progress, scene.now)) return;
    await parts.progress.save(tx, { ...scene.progress, faceCheckId: checkId, faceLinks: { faceUrl, returnUrl } });
  });
}

export async function sendPageCode(parts: InnerParts, visit: PageVisit, address: string): Promise<SentCode> {
  const verificationId = await flowWaitingForCode(parts, visit);
  return sendSmsCode(parts, visit.app, { verificationId, address });
}

export async function checkPageCode(
  parts: InnerParts,
  visit: PageVisit,
  code: string,
): Promise<JudgedCode | undefined> {
  const scene = await openScene(parts, visit);
  if (personStep(scene) === 'done') return undefined;
  const verificationId = await flowWaitingForCode(parts, visit);
  return verifySmsCode(parts, visit.app, { verificationId, code });
}

async function flowWaitingForCode(parts: InnerParts, visit: PageVisit): Promise<string> {
  refuseExpiredLink(visit);
  const scene = await openScene(parts, visit);
  requireStep(scene, personStep(scene), 'code');
  return scene.person?.verification.id ?? '';
}

/** Back to the form, e.g. for another mobile or another mode. */
export function changeFacts(parts: InnerParts, visit: PageVisit): Promise<void> {
  return command(parts, visit, async (tx, scene) => {
    requireStep(scene, personStep(scene), 'facts', 'code', 'face');
    await parts.progress.save(tx, { ...scene.progress, isEditing: scene.person !== undefined });
  });
}
