/** 查询认证信息: a flow as its app may see it. */
import { ApiError } from '@signet/protocol/errors';
import { outcomeAt } from './check-state.ts';
import { type FlowReference, requireOwn } from './flow-access.ts';
import type { VerificationPage } from './page-store.ts';
import type { InnerParts } from './parts.ts';
import {
  type CheckStatus,
  type Dossier,
  type IdentityCheck,
  isCompliant,
  isPersonal,
  overallStatus,
  smsMobile,
  type Verification,
} from './verification.ts';

/** The facts are in clear, surfaces mask them. */
export interface VerificationReport {
  readonly verification: Verification;
  readonly checks: readonly IdentityCheck[];
  readonly mobile: string | undefined;
  readonly isCompliant: boolean;
  readonly status: CheckStatus;
}

/** A page whose flow has not begun: nobody has given the facts there yet. */
export interface AwaitedPage {
  readonly page: VerificationPage;
  readonly status: CheckStatus;
}

export async function getVerification(
  parts: InnerParts,
  appId: string,
  which: FlowReference,
): Promise<VerificationReport> {
  const verification = requireOwn(await findFlow(parts, appId, which), appId);
  const loaded: Dossier = await parts.store.loadDossier(parts.database.db, verification);
  const now = parts.clock.now();
  const checks = loaded.checks.map((check) => ({ ...check, outcome: outcomeAt(check, now) }));
  const dossier: Dossier = { ...loaded, checks };
  return {
    ...{ verification, checks, status: overallStatus(dossier), isCompliant: isCompliant(dossier) },
    mobile: isPersonal(dossier) ? smsMobile(dossier) : undefined,
  };
}

/** The page that is meant, if it is newer than any flow of that business code and its own flow has not begun. */
export async function awaitedPage(
  parts: InnerParts,
  appId: string,
  { verificationId, businessCode = '' }: FlowReference,
): Promise<AwaitedPage | undefined> {
  const { database, pages, store, clock } = parts;
  const page =
    verificationId === undefined
      ? await pages.findNewest(database.db, appId, businessCode)
      : await pages.findByFlow(database.db, appId, verificationId);
  if (!page || (await store.find(database.db, page.verificationId))) return undefined;
  const newest = verificationId === undefined && (await store.findNewest(database.db, appId, businessCode));
  if (newest && newest.createdAt > page.createdAt) return undefined;
  return { page, status: page.expiresAt <= clock.now() ? 'un_passed' : 'processing' };
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

/** A number that a page was given and whose flow has not begun is refused by a code of its own. */
export function explainAwaiting({ database, pages }: InnerParts) {
  return async <T>(appId: string, { verificationId }: FlowReference, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const isUnknown = error instanceof ApiError && error.error === 'FLOW_NOT_FOUND' && verificationId !== undefined;
      if (!isUnknown || !(await pages.findByFlow(database.db, appId, verificationId))) throw error;
      throw new ApiError('FLOW_AWAITS_PAGE', { verificationId }, { cause: error });
    }
  };
}
