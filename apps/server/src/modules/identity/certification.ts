/** Turning a compliant flow into certified facts: once, whoever comes first. */
import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import type { CertifiedFacts } from './facts.ts';
import { requireOpen } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import { appendEvidence } from './recording.ts';
import { type Dossier, isCompliant, isPersonal, provenMobile, type Verification } from './verification.ts';

export type { CertifiedFacts } from './facts.ts';

export interface FlowClaim {
  readonly appId: string;
  readonly verificationId: string;
}

/** Uses the flow up: of any number of parallel calls exactly one gets the facts, the others `FLOW_USED`. */
export async function consume(
  parts: InnerParts,
  tx: Tx,
  claim: FlowClaim & { userId: string },
): Promise<CertifiedFacts> {
  const dossier = await requireCertified(parts, tx, claim, await parts.store.lock(tx, claim.verificationId));
  const { verification } = dossier;

  await parts.store.save(tx, { ...verification, usedAt: parts.clock.now() });
  await appendEvidence(parts, tx, verification, { kind: 'verification-used', content: { userId: claim.userId } });

  return toCertifiedFacts(dossier);
}

/** The same checks without using the flow up. */
export async function peek(parts: InnerParts, db: Db | Tx, claim: FlowClaim): Promise<CertifiedFacts> {
  const found = await parts.store.find(db, claim.verificationId);
  return toCertifiedFacts(await requireCertified(parts, db, claim, found));
}

async function requireCertified(
  parts: InnerParts,
  db: Db | Tx,
  claim: FlowClaim,
  found: Verification | undefined,
): Promise<Dossier> {
  const verification = requireOpen(found, claim.appId, parts.clock.now());
  const dossier = await parts.store.loadDossier(db, verification);
  if (!isCompliant(dossier)) throw new ApiError('FLOW_NOT_COMPLIANT', { verificationId: verification.id });
  return dossier;
}

function toCertifiedFacts(dossier: Dossier): CertifiedFacts {
  const { id: verificationId, businessCode } = dossier.verification;
  const origin = { verificationId, ...(businessCode !== undefined && { businessCode }) };
  if (isPersonal(dossier)) {
    const mobile = provenMobile(dossier);
    return { kind: 'person', ...dossier.verification.facts, ...origin, ...(mobile !== undefined && { mobile }) };
  }
  const { facts, agentVerificationId } = dossier.verification;
  return {
    ...{ kind: 'organization', ...facts, ...origin },
    ...(agentVerificationId !== undefined && { agentVerificationId }),
  };
}
