/** A flow that a page leads does not fail by one check: the person may try again there. */
import type { Tx } from '../../../kernel/database.ts';
import type { InnerParts } from '../parts.ts';
import type { IdentityCheck, Verification } from '../verification.ts';
import { FACT_TRIES } from './progress.ts';

/** Writes down, with the face that used up the last try, that the page has ended. */
export async function mayTryAgain(
  { progress: store, clock }: InnerParts,
  tx: Tx,
  { appId, id }: Verification,
  check: IdentityCheck,
): Promise<boolean> {
  const progress = await store.findByFlow(tx, appId, id);
  if (!progress || progress.failedAt) return false;
  const isLastFace = check.kind === 'face' && progress.personTries >= FACT_TRIES;
  if (isLastFace) await store.save(tx, { ...progress, failedAt: clock.now(), failReason: check.reason });
  return !isLastFace;
}
