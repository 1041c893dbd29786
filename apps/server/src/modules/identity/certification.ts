/** Turning a compliant flow into certified facts: once, whoever comes first. And who may be the agent of a company's flow. */
import { ApiError, type ApiErrorName } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import type { CertifiedFacts } from './facts.ts';
import { requireOpen } from './flow-access.ts';
import type { LetterAgent } from './letter-store.ts';
import type { InnerParts } from './parts.ts';
import { comparableName } from './ports.ts';
import { appendEvidence } from './recording.ts';
import {
  type CompanyDossier,
  type Dossier,
  isCompliant,
  isExpired,
  isPersonal,
  type PersonDossier,
  provenMobile,
  type Verification,
} from './verification.ts';

export type { CertifiedFacts } from './facts.ts';

export interface FlowClaim {
  readonly appId: string;
  readonly verificationId: string;
}

/** A letter of a company's flow that is under review or has been approved. */
export interface StandingLetter {
  readonly checkId: string;
  readonly agent: LetterAgent;
}

/** `bind`: becomes the agent. `bound`: is the agent already. Else why not. */
export type AgentJudgement =
  | 'bind'
  | 'bound'
  | Extract<ApiErrorName, 'FLOW_OF_ANOTHER_APP' | 'FLOW_NOT_COMPLIANT' | 'FLOW_EXPIRED' | 'FLOW_FACTS_DIFFER'>;

/**
 * Whether a person may become the agent (经办人) of a company's flow, before its first check as well as after its last: their own
 * flow is of the same app, compliant and alive (used up or not), the company has no other agent, and no letter that counts names
 * somebody else, since it would else speak for whoever is bound.
 */
export function judgeAgent(
  company: CompanyDossier,
  person: PersonDossier,
  { letters, now }: { readonly letters: readonly StandingLetter[]; readonly now: Date },
): AgentJudgement {
  const { verification } = person;
  if (verification.appId !== company.verification.appId) return 'FLOW_OF_ANOTHER_APP';
  if (company.agent)
    return isSamePerson(company.agent.verification.facts, verification.facts) ? 'bound' : 'FLOW_FACTS_DIFFER';
  if (!isCompliant(person)) return 'FLOW_NOT_COMPLIANT';
  if (isExpired(verification, now)) return 'FLOW_EXPIRED';
  return letters.every(({ agent }) => isSamePerson(agent, verification.facts)) ? 'bind' : 'FLOW_FACTS_DIFFER';
}

function isSamePerson(one: LetterAgent, other: LetterAgent): boolean {
  return one.idNumber === other.idNumber && comparableName(one.name) === comparableName(other.name);
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
