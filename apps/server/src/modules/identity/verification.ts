/** Verification flows (实名认证流程) and when they are compliant, open API §2. Pure rules. */
import { type CheckOutcome, type CompanyFacts, comparableName, type PersonFacts } from './ports.ts';

/** 认证项 as data: a new kind of check is one word here and, when it proves something, one line in a table below. */
export type CheckKind =
  | 'name-and-id'
  | 'carrier'
  | 'bank-card'
  | 'face'
  | 'sms-sent'
  | 'sms-verified'
  | 'company-record'
  | 'company-representative'
  | 'authorization-letter'
  | 'payout';

/** `processing`: a face, a payout or a letter that has not ended yet. */
export type CheckStatus = CheckOutcome | 'processing';

export interface IdentityCheck {
  readonly id: string;
  readonly verificationId: string;
  readonly kind: CheckKind;
  readonly outcome: CheckStatus;
  /** The mobile number that the check was about, if any. */
  readonly mobile: string | undefined;
  readonly source: string;
  readonly reason: string;
  readonly at: Date;
  /** When an open check counts as failed unless it has ended; undefined for one that was answered at once. */
  readonly expiresAt: Date | undefined;
  /** When an open check ended. */
  readonly endedAt: Date | undefined;
}

interface AnyVerification {
  readonly id: string;
  readonly appId: string;
  readonly businessCode: string | undefined;
  readonly createdAt: Date;
  readonly lastProgressAt: Date;
  /** An open payout or letter review keeps the flow alive until then. */
  readonly heldUntil: Date | undefined;
  /** When the flow first became compliant. */
  readonly certifiedAt: Date | undefined;
  readonly usedAt: Date | undefined;
  /** The unverified account that this flow verifies once it is compliant. */
  readonly accountId: string | undefined;
}

export interface PersonVerification extends AnyVerification {
  readonly kind: 'person';
  readonly facts: PersonFacts;
}

export interface CompanyVerification extends AnyVerification {
  readonly kind: 'organization';
  readonly facts: CompanyFacts;
  /** 经办人: the agent's own compliant personal flow. */
  readonly agentVerificationId: string | undefined;
}

export type Verification = PersonVerification | CompanyVerification;

/** A personal flow with its checks. */
export interface PersonDossier {
  readonly verification: PersonVerification;
  readonly checks: readonly IdentityCheck[];
}

/** A company flow with its checks and, once bound, its agent. */
export interface CompanyDossier {
  readonly verification: CompanyVerification;
  readonly checks: readonly IdentityCheck[];
  readonly agent: PersonDossier | undefined;
}

export type Dossier = PersonDossier | CompanyDossier;

/** Each line is a way to a compliant personal flow. All steps of a way must have passed for one and the same mobile. */
const PERSON_WAYS: readonly (readonly CheckKind[])[] = [
  ['carrier', 'sms-sent', 'sms-verified'],
  ['face'],
  ['bank-card', 'sms-sent', 'sms-verified'],
];

const COMPANY_FACT_CHECKS: readonly CheckKind[] = ['company-record', 'company-representative'];

/** What lets an agent act who is not the legal representative. */
const AGENT_MANDATES: readonly CheckKind[] = ['authorization-letter', 'payout'];

/** Checks that establish whose mobile it is, so that an SMS code may be sent to it. */
const MOBILE_CHECKS: readonly CheckKind[] = ['carrier', 'bank-card'];

/** Checks that take days: while one is open, its flow waits for it. */
const HOLDING_CHECKS: readonly CheckKind[] = ['payout', 'authorization-letter'];

export const LIFETIME_MS = 24 * 3_600_000;

/** A flow lives 24 hours from its last progress, and as long as a payout or a letter review is open. */
export function endOfLife({ lastProgressAt, heldUntil }: Pick<Verification, 'lastProgressAt' | 'heldUntil'>): Date {
  return new Date(Math.max(lastProgressAt.getTime() + LIFETIME_MS, heldUntil?.getTime() ?? 0));
}

export function isExpired(verification: Verification, now: Date): boolean {
  return now > endOfLife(verification);
}

export function isOpen(check: Pick<IdentityCheck, 'outcome'>): boolean {
  return check.outcome === 'processing';
}

export function isHolding(kind: CheckKind): boolean {
  return HOLDING_CHECKS.includes(kind);
}

/** Until when the open checks among these keep their flow alive. */
export function holdOf(checks: readonly IdentityCheck[]): Date | undefined {
  const ends = checks
    .filter((check) => isOpen(check) && isHolding(check.kind))
    .flatMap((check) => check.expiresAt ?? []);
  return ends.length === 0 ? undefined : new Date(Math.max(...ends.map((end) => end.getTime())));
}

export function isCompliant(dossier: Dossier): boolean {
  return isPersonal(dossier) ? findProof(dossier) !== undefined : isCompanyCompliant(dossier);
}

/** The mobile number that a compliant personal flow has proven; undefined for a way without one. */
export function provenMobile(dossier: PersonDossier): string | undefined {
  return findProof(dossier)?.mobile;
}

/** Where an SMS code of this flow goes: the mobile that was last shown to be this person's. */
export function smsMobile(dossier: PersonDossier): string | undefined {
  return passedChecks(dossier).findLast((check) => MOBILE_CHECKS.includes(check.kind))?.mobile;
}

/**
 * The flow at a glance: a compliant one has passed, else what each kind of check said last counts. It may be `passed` without being
 * compliant (a 2element check alone), and is `processing` while a check is open or an SMS code is out.
 */
export function overallStatus(dossier: Dossier): CheckStatus {
  if (isCompliant(dossier)) return 'passed';
  const latest = new Map(dossier.checks.map((check) => [check.kind, check]));
  if ([...latest.values()].some((check) => check.outcome === 'un_passed')) return 'un_passed';
  const isWaiting = dossier.checks.some(isOpen) || (latest.has('sms-sent') && !latest.has('sms-verified'));
  return isWaiting ? 'processing' : 'passed';
}

export function isPersonal(dossier: Dossier): dossier is PersonDossier {
  return dossier.verification.kind === 'person';
}

function findProof(dossier: PersonDossier): { mobile: string | undefined } | undefined {
  const passed = passedChecks(dossier);
  const mobiles = new Set(passed.map((check) => check.mobile));
  for (const way of PERSON_WAYS) {
    for (const mobile of mobiles) {
      const isWalked = way.every((kind) => passed.some((check) => check.kind === kind && check.mobile === mobile));
      if (isWalked) return { mobile };
    }
  }
  return undefined;
}

/** 三要素 or 四要素 of this company has passed. */
export function isCompanyProven(dossier: Pick<CompanyDossier, 'verification' | 'checks'>): boolean {
  return passedChecks(dossier).some((check) => COMPANY_FACT_CHECKS.includes(check.kind));
}

function isCompanyCompliant({ verification, checks, agent }: CompanyDossier): boolean {
  const passed = new Set(passedChecks({ verification, checks }).map((check) => check.kind));
  if (!isCompanyProven({ verification, checks }) || agent?.verification.id !== verification.agentVerificationId)
    return false;
  if (!agent || findProof(agent) === undefined) return false;

  if (AGENT_MANDATES.some((kind) => passed.has(kind))) return true;
  return passed.has('company-representative') && isRepresentative(agent.verification.facts, verification.facts);
}

/**
 * Name and number must both be those of the legal representative: names are shared by many. The number counts only once the
 * register has confirmed it (4element), which the caller asks for.
 */
function isRepresentative(agent: PersonFacts, company: CompanyFacts): boolean {
  const { name, idNumber } = company.legalRepresentative;
  return idNumber === agent.idNumber && comparableName(name) === comparableName(agent.name);
}

/** Checks of another flow are about somebody else: they never count. */
function passedChecks(dossier: { verification: Verification; checks: readonly IdentityCheck[] }): IdentityCheck[] {
  return dossier.checks.filter(
    (check) => check.outcome === 'passed' && check.verificationId === dossier.verification.id,
  );
}
