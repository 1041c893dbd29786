import { z } from 'zod';
import type { Db, Tx } from '../../kernel/database.ts';
import type { CronEntry, Task } from '../../kernel/jobs.ts';
import type { App } from '../apps/index.ts';
import { bindWaitingCompanies } from './agent-binding.ts';
import { AGENT_TASK } from './agent-seeking.ts';
import { type BranchQuery, matchesBranch, readBranchCsv } from './bank-branches.ts';
import { type BranchPage, hasBranches, listBranches, saveBranches } from './branch-store.ts';
import { consume, type FlowClaim, peek } from './certification.ts';
import type { CheckReference } from './check-access.ts';
import { type CompanyRequest, checkCompany } from './company-checks.ts';
import { completeInSandbox, endOverdueChecks, type SandboxEnd } from './completion.ts';
import { createEnding, IDENTITY_REFERENCES, type IdentityEnding } from './ending.ts';
import { eraseTraces, findTraces, type KnownPerson, type PersonTraces } from './erasure.ts';
import { type FaceRequest, faceResult, type LinkApp, type OpenedFace, openFaceCheck } from './face-checks.ts';
import type { CertifiedFacts } from './facts.ts';
import type { FlowReference } from './flow-access.ts';
import type { PersonRequest } from './flow-start.ts';
import { createLetterStore, type Letter } from './letter-store.ts';
import {
  decideLetter,
  findLetter,
  type LetterDecision,
  type LetterReport,
  type LetterRequest,
  letterStatus,
  listOpenLetters,
  type OpenLetter,
  uploadLetter,
} from './letters.ts';
import { createPageCeremony, type PageCeremony } from './page/ceremony.ts';
import { FACE_TASK, faceTurn } from './page/cloud-face.ts';
import { createFaceCeremony, type FaceCeremony } from './page/face-ceremony.ts';
import { createProgressStore } from './page/progress-store.ts';
import { createPageStore, type VerificationPage } from './page-store.ts';
import { type OpenedPage, openPage, type PageRequest } from './pages.ts';
import type { IdentityParts, InnerParts } from './parts.ts';
import { PAYOUT_TASK, payoutTurn } from './payout-progress.ts';
import { createPayoutReview, type PayoutReview } from './payout-review.ts';
import { createPayoutStore } from './payout-store.ts';
import {
  type JudgedAmount,
  type PayoutReport,
  type PayoutRequest,
  payoutProgress,
  startPayout,
  verifyPayout,
} from './payouts.ts';
import {
  type BankCardRequest,
  checkBankCard,
  checkCarrier,
  checkNameAndId,
  type MobileRequest,
} from './person-checks.ts';
import type { BankBranch } from './ports.ts';
import type { CheckedItem } from './recording.ts';
import { type AwaitedPage, awaitedPage, explainAwaiting, getVerification, type VerificationReport } from './reports.ts';
import { type CodeGuess, type SentCode, sendSmsCode, verifySmsCode } from './sms-checks.ts';
import { createVerificationStore } from './store.ts';

type AppId = Pick<App, 'id'>;
type SmsApp = Pick<App, 'id' | 'smsLimits'>;

const EXPIRE_TASK = 'identity.expire';

export interface Identity {
  checkNameAndId(app: AppId, request: PersonRequest): Promise<CheckedItem>;
  checkCarrier(app: AppId, request: MobileRequest): Promise<CheckedItem>;
  checkBankCard(app: AppId, request: BankCardRequest): Promise<CheckedItem>;
  /** A link whose page decides; the check is open until then. */
  openFaceCheck(app: LinkApp, request: FaceRequest): Promise<OpenedFace>;
  faceResult(
    app: AppId,
    which: { checkId?: string | undefined; businessCode?: string | undefined },
  ): Promise<CheckedItem>;
  /** `address` is the caller's, for the limits. */
  sendSmsCode(app: SmsApp, verificationId: string, address?: string): Promise<SentCode>;
  /** A wrong code is an answer (`un_passed`), not an error. */
  verifySmsCode(app: SmsApp, guess: CodeGuess): Promise<CheckedItem & { readonly remainingAttempts: number }>;
  checkCompanyRecord(app: AppId, request: CompanyRequest): Promise<CheckedItem>;
  checkCompanyRepresentative(app: AppId, request: CompanyRequest): Promise<CheckedItem>;
  startPayout(app: AppId, request: PayoutRequest): Promise<PayoutReport>;
  payoutProgress(app: AppId, which: CheckReference): Promise<PayoutReport>;
  verifyPayout(app: AppId, report: CheckReference & { readonly amount: string }): Promise<JudgedAmount>;
  listBankBranches(query: BranchQuery, page: BranchPage): Promise<{ list: readonly BankBranch[]; total: number }>;
  /** Adds or replaces branches, all lines or none; throws `BankCsvError`. */
  importBankBranches(csv: string): Promise<{ loaded: number }>;
  uploadAuthorization(app: AppId, request: LetterRequest): Promise<LetterReport>;
  authorizationStatus(app: AppId, which: CheckReference): Promise<LetterReport>;
  /** For the platform's reviewers: letters of all apps. */
  listOpenAuthorizations(page: {
    pageNumber: number;
    pageSize: number;
  }): Promise<{ list: OpenLetter[]; total: number }>;
  findAuthorization(checkId: string): Promise<Letter>;
  decideAuthorization(decision: LetterDecision): Promise<CheckedItem>;
  readonly payoutReview: PayoutReview;
  /** A link to a page that takes a person or a company through a whole flow. */
  openPage(app: LinkApp, request: PageRequest): Promise<OpenedPage>;
  /** What happens on such a page. */
  readonly pageCeremony: PageCeremony;
  readonly faceCeremony: FaceCeremony;
  findPage(app: AppId, pageId: string): Promise<VerificationPage | undefined>;
  /** By flow, or the newest one with that business code. */
  getVerification(app: AppId, which: FlowReference): Promise<VerificationReport>;
  /** The page that is meant by flow or business code, as long as nobody has begun there. */
  awaitedPage(app: AppId, which: FlowReference): Promise<AwaitedPage | undefined>;
  /** Test helper: ends a face, a payout or a letter. */
  completeInSandbox(app: AppId, end: SandboxEnd): Promise<CheckedItem>;
  consume(tx: Tx, claim: FlowClaim & { readonly userId: string }): Promise<CertifiedFacts>;
  peek(db: Db | Tx, claim: FlowClaim): Promise<CertifiedFacts>;
  readonly ending: IdentityEnding;
  readonly references: typeof IDENTITY_REFERENCES;
  findTraces(person: KnownPerson): Promise<PersonTraces>;
  eraseTraces(tx: Tx, traces: PersonTraces): Promise<void>;
  /** Ends what has not ended in time. */
  expireOverdue(): Promise<{ ended: number }>;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly cron: readonly CronEntry[];
}

const payoutJob = z.object({ checkId: z.string() });
const faceJob = z.object({ appId: z.string(), checkId: z.string(), round: z.int() });
const agentJob = z.object({ verificationId: z.string() });

export function createIdentity(outer: IdentityParts): Identity {
  const parts = withStores(outer);
  const known = explainAwaiting(parts);
  return {
    checkNameAndId: (app, request) => known(app.id, request, checkNameAndId(parts, app.id, request)),
    checkCarrier: (app, request) => known(app.id, request, checkCarrier(parts, app.id, request)),
    checkBankCard: (app, request) => known(app.id, request, checkBankCard(parts, app.id, request)),
    openFaceCheck: (app, request) => known(app.id, request, openFaceCheck(parts, app, request)),
    faceResult: (app, which) => faceResult(parts, app.id, which),
    sendSmsCode: (app, verificationId, address) =>
      known(app.id, { verificationId }, sendSmsCode(parts, app, { verificationId, address })),
    verifySmsCode: (app, guess) => known(app.id, guess, verifySmsCode(parts, app, guess)),
    checkCompanyRecord: (app, request) =>
      known(app.id, request, checkCompany(parts, app.id, 'company-record', request)),
    checkCompanyRepresentative: (app, request) =>
      known(app.id, request, checkCompany(parts, app.id, 'company-representative', request)),
    startPayout: (app, request) => known(app.id, request, startPayout(parts, app.id, request)),
    payoutProgress: (app, which) => known(app.id, which, payoutProgress(parts, app.id, which)),
    verifyPayout: (app, report) => known(app.id, report, verifyPayout(parts, app.id, report)),
    listBankBranches: (query, page) => listBankBranches(parts, query, page),
    importBankBranches: async (csv) => {
      const branches = readBranchCsv(csv);
      await parts.database.transaction((tx) => saveBranches(tx, branches));
      return { loaded: branches.length };
    },
    uploadAuthorization: (app, request) => known(app.id, request, uploadLetter(parts, app.id, request)),
    authorizationStatus: (app, which) => known(app.id, which, letterStatus(parts, app.id, which)),
    listOpenAuthorizations: (page) => listOpenLetters(parts, page),
    findAuthorization: (checkId) => findLetter(parts, checkId),
    decideAuthorization: (decision) => decideLetter(parts, decision),
    payoutReview: createPayoutReview(parts),
    openPage: (app, request) => openPage(parts, app, request),
    pageCeremony: createPageCeremony(parts),
    faceCeremony: createFaceCeremony(parts),
    findPage: (app, pageId) => parts.pages.find(parts.database.db, app.id, pageId),
    getVerification: (app, which) => getVerification(parts, app.id, which),
    awaitedPage: (app, which) => awaitedPage(parts, app.id, which),
    completeInSandbox: (app, end) => completeInSandbox(parts, app.id, end),
    consume: (tx, claim) => consume(parts, tx, claim),
    peek: (db, claim) => known(claim.appId, claim, peek(parts, db, claim)),
    ending: createEnding(parts),
    references: IDENTITY_REFERENCES,
    findTraces: (person) => findTraces(parts, person),
    eraseTraces: (tx, traces) => eraseTraces(parts, tx, traces),
    expireOverdue: () => endOverdueChecks(parts),
    tasks: {
      [PAYOUT_TASK]: (payload) => payoutTurn(parts, payoutJob.parse(payload).checkId),
      [FACE_TASK]: (payload) => faceTurn(parts, faceJob.parse(payload)),
      [AGENT_TASK]: (payload) => bindWaitingCompanies(parts, agentJob.parse(payload).verificationId),
      [EXPIRE_TASK]: async () => void (await endOverdueChecks(parts)),
    },
    cron: [{ task: EXPIRE_TASK, match: '* * * * *' }],
  };
}

function withStores(outer: IdentityParts): InnerParts {
  const { secretBox } = outer;
  return {
    ...outer,
    store: createVerificationStore(secretBox),
    payouts: createPayoutStore(secretBox),
    letters: createLetterStore(secretBox),
    pages: createPageStore(secretBox),
    progress: createProgressStore(secretBox),
  };
}

async function listBankBranches(
  { database, payoutBank }: InnerParts,
  query: BranchQuery,
  page: BranchPage,
): Promise<{ list: readonly BankBranch[]; total: number }> {
  const { branches = [] } = payoutBank;
  if (branches.length === 0 || (await hasBranches(database.db))) return listBranches(database.db, query, page);
  const wanted = branches.filter((branch) => matchesBranch(branch, query));
  const start = (page.pageNumber - 1) * page.pageSize;
  return { list: wanted.slice(start, start + page.pageSize), total: wanted.length };
}
