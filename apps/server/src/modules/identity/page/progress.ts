/** How far a person has come on a verification page, and which step is next. Pure rules. */

import { findCheck, isOverdue } from '../check-state.ts';
import type { CompanyMode, PayoutAccount, PersonMode } from '../page-setup.ts';
import type { VerificationPage } from '../page-store.ts';
import type { IdentityCheck } from '../verification.ts';
import {
  type CompanyDossier,
  isCompanyProven,
  isCompliant,
  isExpired,
  isOpen,
  type PersonDossier,
  smsMobile,
} from '../verification.ts';

/** Facts of a person, and of a company, that may fail to fit on one page. */
export const FACT_TRIES = 5;

export interface FaceLinks {
  readonly faceUrl: string;
  /** The page that the face was asked for on. */
  readonly returnUrl: string;
}

export interface PageProgress {
  readonly pageId: string;
  readonly appId: string;
  readonly consentVersion: string | null;
  readonly consentedAt: Date | null;
  readonly personFlowId: string | null;
  readonly personMode: PersonMode | null;
  /** Checks that did not pass, and those that are being asked about right now. */
  readonly personTries: number;
  readonly isEditing: boolean;
  readonly pictureConsentVersion: string | null;
  readonly pictureConsentedAt: Date | null;
  /** Pictures that were read, and the one that is being read. */
  readonly pictureTries: number;
  readonly faceCheckId: string | null;
  readonly faceLinks: FaceLinks | null;
  readonly companyMode: CompanyMode | null;
  readonly companyTries: number;
  readonly payoutAccount: PayoutAccount | null;
  readonly failedAt: Date | null;
  readonly failReason: string | null;
}

export function freshProgress({ id, appId }: Pick<VerificationPage, 'id' | 'appId'>): PageProgress {
  return {
    ...{ pageId: id, appId, consentVersion: null, consentedAt: null },
    ...{ personFlowId: null, personMode: null, personTries: 0, isEditing: false, faceCheckId: null, faceLinks: null },
    ...{ pictureConsentVersion: null, pictureConsentedAt: null, pictureTries: 0 },
    ...{ companyMode: null, companyTries: 0, payoutAccount: null, failedAt: null, failReason: null },
  };
}

/** Everything that decides what a page shows. */
export interface PageScene {
  readonly page: VerificationPage;
  readonly progress: PageProgress;
  readonly person: PersonDossier | undefined;
  readonly company: CompanyDossier | undefined;
  readonly now: Date;
}

export type PersonStep = 'consent' | 'facts' | 'code' | 'face' | 'done';
export type CompanyStep = 'agent' | 'company' | 'way' | 'transfer' | 'amount' | 'letter' | 'auditing';

export interface PageEnd {
  readonly status: 'passed' | 'un_passed';
  readonly reason: string | null;
}

/** How the page ended; undefined while the person can still do something there. */
export function endOf({ page, progress, person, company, now }: PageScene): PageEnd | undefined {
  const flow = page.kind === 'person' ? person?.verification : company?.verification;
  if (flow?.certifiedAt) return { status: 'passed', reason: null };
  if (progress.failedAt) return { status: 'un_passed', reason: progress.failReason };
  if (flow && isExpired(flow, now)) return { status: 'un_passed', reason: '认证超时未完成,请联系发起方重新获取链接' };
  return undefined;
}

export function personMode({ page, progress }: Pick<PageScene, 'page' | 'progress'>): PersonMode {
  return progress.personMode ?? page.setup.person.defaultMode;
}

export function personStep(scene: PageScene): PersonStep {
  const { progress, person, now } = scene;
  if (!progress.consentedAt) return 'consent';
  if (!person) return 'facts';
  if (isCompliant(person)) return 'done';
  if (progress.isEditing) return 'facts';
  if (personMode(scene) !== 'face') return smsMobile(person) === undefined ? 'facts' : 'code';
  return openFace(person, progress, now) ? 'face' : 'facts';
}

/** The face that the page waits for. */
export function openFace(person: PersonDossier, { faceCheckId }: PageProgress, now: Date): IdentityCheck | undefined {
  const check = person.checks.find(({ id }) => id === faceCheckId);
  return check && isOpen(check) && !isOverdue(check, now) ? check : undefined;
}

/** The way chosen on the page, else the one that the app has made the default. */
export function companyMode({ page, progress }: Pick<PageScene, 'page' | 'progress'>): CompanyMode {
  return progress.companyMode ?? page.setup.company?.defaultMode ?? 'legalRep';
}

export function companyStep(scene: PageScene): CompanyStep {
  const { company, now } = scene;
  if (!company) return personStep(scene) === 'done' ? 'company' : 'agent';
  if (!isCompanyProven(company)) return 'company';
  const isWaiting = (kind: 'payout' | 'authorization-letter'): boolean => {
    const check = findCheck(company.checks, kind);
    return check !== undefined && isOpen(check) && !isOverdue(check, now);
  };
  const mode = companyMode(scene);
  if (mode === 'transfer') return isWaiting('payout') ? 'amount' : 'transfer';
  if (mode === 'letter') return isWaiting('authorization-letter') ? 'auditing' : 'letter';
  return 'way';
}
