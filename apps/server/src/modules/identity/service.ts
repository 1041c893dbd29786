import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import type { App } from '../apps/index.ts';
import { consume, type FlowClaim, peek } from './certification.ts';
import { type CompanyRequest, checkCompany } from './company-checks.ts';
import type { CertifiedFacts } from './facts.ts';
import { type FlowReference, requireOwn } from './flow-access.ts';
import type { IdentityParts, InnerParts } from './parts.ts';
import { checkCarrier, checkNameAndId, type PersonRequest } from './person-checks.ts';
import type { CheckOutcome } from './ports.ts';
import type { CheckedItem } from './recording.ts';
import { type CodeGuess, type SentCode, sendSmsCode, verifySmsCode } from './sms-checks.ts';
import { createVerificationStore } from './store.ts';
import {
  type Dossier,
  type IdentityCheck,
  isCompliant,
  isPersonal,
  overallStatus,
  smsMobile,
  type Verification,
} from './verification.ts';

type AppId = Pick<App, 'id'>;

/** A flow as an app may see it; the facts are in clear, surfaces mask them. */
export interface VerificationReport {
  readonly verification: Verification;
  readonly checks: readonly IdentityCheck[];
  readonly mobile: string | undefined;
  readonly isCompliant: boolean;
  readonly status: CheckOutcome | 'processing';
}

export interface Identity {
  checkNameAndId(app: AppId, request: PersonRequest): Promise<CheckedItem>;
  checkCarrier(app: AppId, request: PersonRequest & { readonly mobile: string }): Promise<CheckedItem>;
  sendSmsCode(app: Pick<App, 'id' | 'smsLimits'>, verificationId: string): Promise<SentCode>;
  /** A wrong code is an answer (`un_passed`), not an error. */
  verifySmsCode(
    app: Pick<App, 'id' | 'smsLimits'>,
    guess: CodeGuess,
  ): Promise<CheckedItem & { readonly remainingAttempts: number }>;
  checkCompanyRecord(app: AppId, request: CompanyRequest): Promise<CheckedItem>;
  checkCompanyRepresentative(app: AppId, request: CompanyRequest): Promise<CheckedItem>;
  /** By flow, or the newest one with that business code. */
  getVerification(app: AppId, which: FlowReference): Promise<VerificationReport>;
  consume(tx: Tx, claim: FlowClaim & { readonly userId: string }): Promise<CertifiedFacts>;
  peek(db: Db | Tx, claim: FlowClaim): Promise<CertifiedFacts>;
}

export function createIdentity(outer: IdentityParts): Identity {
  const parts: InnerParts = { ...outer, store: createVerificationStore(outer.secretBox) };
  return {
    checkNameAndId: (app, request) => checkNameAndId(parts, app.id, request),
    checkCarrier: (app, request) => checkCarrier(parts, app.id, request),
    sendSmsCode: (app, verificationId) => sendSmsCode(parts, app, verificationId),
    verifySmsCode: (app, guess) => verifySmsCode(parts, app, guess),
    checkCompanyRecord: (app, request) => checkCompany(parts, app.id, 'company-record', request),
    checkCompanyRepresentative: (app, request) => checkCompany(parts, app.id, 'company-representative', request),
    getVerification: (app, which) => getVerification(parts, app.id, which),
    consume: (tx, claim) => consume(parts, tx, claim),
    peek: (db, claim) => peek(parts, db, claim),
  };
}

async function getVerification(parts: InnerParts, appId: string, which: FlowReference): Promise<VerificationReport> {
  const { database, store } = parts;
  const verification = requireOwn(await findFlow(parts, appId, which), appId);
  const dossier: Dossier = await store.loadDossier(database.db, verification);
  return {
    verification,
    checks: dossier.checks,
    mobile: isPersonal(dossier) ? smsMobile(dossier) : undefined,
    isCompliant: isCompliant(dossier),
    status: overallStatus(dossier),
  };
}

function findFlow(
  { database, store }: InnerParts,
  appId: string,
  { verificationId, businessCode }: FlowReference,
): Promise<Verification | undefined> {
  if (verificationId !== undefined) return store.find(database.db, verificationId);
  if (businessCode !== undefined) return store.findNewest(database.db, appId, businessCode);
  throw new ApiError('FLOW_NOT_FOUND');
}
