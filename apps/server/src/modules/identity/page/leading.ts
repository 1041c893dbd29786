/** A flow that a page leads does not fail by one check: the person may try again there. */
import type { Tx } from '../../../kernel/database.ts';
import type { InnerParts } from '../parts.ts';
import type { IdentityCheck, Verification } from '../verification.ts';
import { FACT_TRIES, type PageProgress } from './progress.ts';

/** Writes down, with the face that used up the last try, that the page has ended. */
export async function mayTryAgain(
  parts: InnerParts,
  tx: Tx,
  { appId, id }: Verification,
  check: IdentityCheck,
): Promise<boolean> {
  const { progress: store, clock } = parts;
  const progress = await store.findByFlow(tx, appId, id);
  if (!progress || progress.failedAt) return false;
  const isLastFace = check.kind === 'face' && progress.personTries >= FACT_TRIES;
  if (isLastFace) {
    await store.save(tx, { ...progress, failedAt: clock.now(), failReason: check.reason });
    await tellCompanyFailed(parts, tx, progress, check.id);
  }
  return !isLastFace;
}

/** An agent who cannot be verified ends the company's page too, whose own flow has not begun. */
export async function tellCompanyFailed(
  { pages, callbacks }: InnerParts,
  tx: Tx,
  { appId, pageId }: Pick<PageProgress, 'appId' | 'pageId'>,
  checkId: string,
): Promise<void> {
  const page = await pages.find(tx, appId, pageId);
  if (page?.kind !== 'organization') return;
  const { verificationId, businessCode = null, accountId = null } = page;
  await callbacks.publish(tx, {
    ...{ appId, subject: `verification:${verificationId}`, businessCode },
    event: {
      type: 'company-verified',
      data: { verificationId, checkId, outcome: 'un_passed', compliant: false, accountId },
    },
  });
}
