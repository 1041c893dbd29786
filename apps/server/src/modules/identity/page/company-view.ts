/** What the company's part of a page shows, and how a payout and a letter stand. */
import { findCheck, outcomeAt } from '../check-state.ts';
import type { CompanyMode } from '../page-setup.ts';
import type { InnerParts } from '../parts.ts';
import { payoutProgress } from '../payouts.ts';
import type { PayoutStatus } from '../ports.ts';
import { type CheckStatus, isOpen } from '../verification.ts';
import { type CompanyFact, companyFields } from './company-facts.ts';
import type { FieldView } from './person-view.ts';
import { type CompanyStep, companyMode, companyStep, FACT_TRIES, type PageScene } from './progress.ts';

export interface CompanyView {
  readonly step: CompanyStep;
  readonly modes: readonly CompanyMode[];
  readonly mode: CompanyMode;
  readonly fields: readonly FieldView<CompanyFact>[];
  readonly triesLeft: number;
  readonly payout: PayoutView | null;
  readonly letter: { readonly status: 'none' | 'auditing' | 'passed' | 'un_passed'; readonly remark: string | null };
}

export interface PayoutView {
  readonly status: PayoutStatus;
  readonly failReason: string | null;
  /** Masked. */
  readonly account: string;
  readonly bankName: string;
  readonly triesLeft: number;
  readonly expiresAt: Date;
  /** Sandbox only. */
  readonly sandboxMessage?: string;
}

export async function viewCompany(parts: InnerParts, scene: PageScene): Promise<CompanyView> {
  const { page, progress } = scene;
  const modes = page.setup.company?.modes ?? [];
  return {
    ...{ step: companyStep(scene), modes, mode: companyMode(scene), fields: companyFields(scene) },
    triesLeft: Math.max(0, FACT_TRIES - progress.companyTries),
    payout: await viewPayout(parts, scene),
    letter: viewLetter(scene),
  };
}

async function viewPayout(parts: InnerParts, { company, progress }: PageScene): Promise<PayoutView | null> {
  const check = company && findCheck(company.checks, 'payout');
  if (!check) return null;
  const payout = await parts.payouts.find(parts.database.db, check.id);
  const { status = 'failed', order, triesLeft = 0, reason = '' } = payout ?? {};
  const hasFailed = !isOpen(check) && check.outcome === 'un_passed';
  const message = order && status === 'paid' && parts.payoutBank.customerMessage?.(order);
  return {
    ...{ status, triesLeft, failReason: hasFailed ? check.reason || reason : null },
    ...{ account: progress.payoutAccount?.account ?? '', bankName: progress.payoutAccount?.bankName ?? '' },
    expiresAt: check.expiresAt ?? check.at,
    ...(message && { sandboxMessage: message }),
  };
}

/** The bank is asked whenever the page asks; what it says may end the payout. */
export async function askAboutPayout(parts: InnerParts, { company, page }: PageScene): Promise<boolean> {
  const check = company && findCheck(company.checks, 'payout');
  if (!check || !isOpen(check)) return false;
  await payoutProgress(parts, page.appId, { checkId: check.id });
  return true;
}

const LETTER_STATUS: Readonly<Record<CheckStatus, 'auditing' | 'passed' | 'un_passed'>> = {
  ...{ processing: 'auditing', passed: 'passed', un_passed: 'un_passed' },
};

function viewLetter({ company, now }: PageScene): CompanyView['letter'] {
  const check = company && findCheck(company.checks, 'authorization-letter');
  if (!check) return { status: 'none', remark: null };
  return { status: LETTER_STATUS[outcomeAt(check, now)], remark: isOpen(check) ? null : check.reason || null };
}
