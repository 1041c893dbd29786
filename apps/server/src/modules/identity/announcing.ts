/** What the app is told of a flow (open API §7), in the transaction that changes it. */
import type { Tx } from '../../kernel/database.ts';
import type { CallbackEvent } from '../callbacks/index.ts';
import { mayTryAgain } from './page/leading.ts';
import type { InnerParts } from './parts.ts';
import type { IdentityCheck, Verification } from './verification.ts';

/** Verifies the account that a flow was begun for; `users`, which stands above, does it. */
export const CERTIFY_ACCOUNT_TASK = 'users.certify-account';

export interface CertifyAccountJob {
  readonly appId: string;
  readonly accountId: string;
  readonly verificationId: string;
}

/** What happened to a flow by one check. */
export interface Step {
  readonly check: IdentityCheck;
  readonly isFirstCompliant: boolean;
  readonly isRepeatable: boolean;
}

export async function announce(parts: InnerParts, tx: Tx, verification: Verification, step: Step): Promise<void> {
  const ended = endEvent(verification, step.check);
  if (ended) await publish(parts, tx, verification, ended);
  if (step.isFirstCompliant) return announceCompliance(parts, tx, verification, step.check);
  const hasFailed = isFinalFailure(verification, step) && !(await mayTryAgain(parts, tx, verification, step.check));
  if (hasFailed) await publish(parts, tx, verification, resultEvent(verification, step.check, false));
}

/** A flow has become compliant: by this check, or by an agent who makes an earlier one count. */
export async function announceCompliance(
  parts: InnerParts,
  tx: Tx,
  verification: Verification,
  check: IdentityCheck,
): Promise<void> {
  const { id, appId, accountId } = verification;
  if (accountId === undefined) return publish(parts, tx, verification, resultEvent(verification, check, true));
  // Told once the account is verified, so that an app which acts on it at once finds it so.
  const job: CertifyAccountJob = { appId, accountId, verificationId: id };
  await parts.jobs.add(tx, CERTIFY_ACCOUNT_TASK, job, { jobKey: `${CERTIFY_ACCOUNT_TASK}:${id}` });
}

function publish({ callbacks }: InnerParts, tx: Tx, verification: Verification, event: CallbackEvent): Promise<void> {
  const { id, appId, businessCode = null } = verification;
  return callbacks.publish(tx, { appId, subject: `verification:${id}`, event, businessCode });
}

/** An end that has a callback of its own beside the flow's. */
function endEvent({ id: verificationId }: Verification, check: IdentityCheck): CallbackEvent | undefined {
  const { id: checkId, kind, outcome, reason } = check;
  if (outcome === 'processing') return undefined;
  if (kind === 'face') return { type: 'face-finished', data: { verificationId, checkId, outcome } };
  if (kind !== 'authorization-letter') return undefined;
  return {
    type: 'authorization-audited',
    data: { verificationId, checkId, auditStatus: outcome, auditRemark: reason || null },
  };
}

/** Of a flow that is compliant already a further failure changes nothing. */
function isFinalFailure({ certifiedAt }: Verification, { check, isRepeatable }: Step): boolean {
  return check.outcome === 'un_passed' && !isRepeatable && certifiedAt === undefined;
}

function resultEvent({ id, kind, accountId }: Verification, check: IdentityCheck, compliant: boolean): CallbackEvent {
  return {
    type: kind === 'person' ? 'person-verified' : 'company-verified',
    data: {
      verificationId: id,
      checkId: check.id,
      outcome: compliant ? 'passed' : check.outcome,
      compliant,
      accountId: accountId ?? null,
    },
  };
}
