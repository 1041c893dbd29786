/** 实名认证页面: the link that a person opens, and what the page may do there. */
import { badParameter } from '@signet/protocol/errors';
import { newFlowNo, newId19 } from '../../kernel/ids.ts';
import type { ClientType, NewTicket } from '../tickets/index.ts';
import type { LinkApp } from './face-checks.ts';
import {
  COMPANY_MODES,
  type CompanyField,
  type CompanyMode,
  PERSON_MODES,
  type PersonField,
  type PersonMode,
  type Prefilled,
  readPrefilled,
  setUpStep,
  type WantedStep,
} from './page-setup.ts';
import type { VerificationPage } from './page-store.ts';
import type { InnerParts } from './parts.ts';

const DAY_MS = 86_400_000;
const DEFAULT_LIFE_MS = 7 * DAY_MS;
/** Personal data given in advance is kept as long as the link lives. */
const LONGEST_LIFE_MS = 90 * DAY_MS;

export interface PageRequest {
  readonly kind: VerificationPage['kind'];
  readonly prefilled: Prefilled;
  readonly person: WantedStep<PersonField, PersonMode>;
  readonly company?: WantedStep<CompanyField, CompanyMode>;
  readonly businessCode?: string | undefined;
  /** An unverified account of the app, which the caller has checked to be one. */
  readonly accountId?: string | undefined;
  readonly clientType: ClientType;
  readonly redirect: NewTicket['redirect'];
  /** 7 days from now unless given. */
  readonly expiresAt?: Date | undefined;
}

export interface OpenedPage {
  readonly pageId: string;
  readonly verificationId: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** The link is made first, since its address may be refused; without its page it opens nothing. */
export async function openPage(parts: InnerParts, app: LinkApp, request: PageRequest): Promise<OpenedPage> {
  const { database, pages, tickets, clock, evidence } = parts;
  const now = clock.now();
  const { kind, businessCode, accountId } = request;
  const person = setUpStep(request.person, PERSON_MODES, 'pageConfig.psnDefaultAuthMode');
  const company = request.company && setUpStep(request.company, COMPANY_MODES, 'pageConfig.corpDefaultAuthMode');
  const setup = { person, ...(company && { company }) };
  const prefilled = readPrefilled(request.prefilled, now);
  const page = {
    ...{ id: newId19(), appId: app.id, kind, verificationId: newFlowNo(now), businessCode, accountId },
    ...{ setup, prefilled, createdAt: now, expiresAt: readExpiry(request.expiresAt, now) },
  };

  const { id: pageId, verificationId, expiresAt } = page;
  const purpose = kind === 'person' ? 'verify-person' : 'verify-company';
  const { clientType, redirect } = request;
  const { url } = await tickets.issue(app, { subject: { purpose, pageId }, clientType, redirect, expiresAt });
  await database.transaction(async (tx) => {
    await pages.insert(tx, page);
    await evidence.append(tx, {
      ...{ appId: app.id, subject: `verification:${verificationId}`, kind: 'verification-page-issued' },
      content: { pageId, verificationKind: kind, modes: [...person.modes, ...(company?.modes ?? [])] },
    });
  });
  return { pageId, verificationId, url, expiresAt };
}

function readExpiry(wanted: Date | undefined, now: Date): Date {
  const expiresAt = wanted ?? new Date(now.getTime() + DEFAULT_LIFE_MS);
  const field = 'integrationConfig.expirationTime';
  if (expiresAt <= now) throw badParameter({ [field]: '不能早于当前时间' });
  if (expiresAt.getTime() - now.getTime() > LONGEST_LIFE_MS) throw badParameter({ [field]: '最长90天' });
  return expiresAt;
}
