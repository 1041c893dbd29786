/** Writes a check into its flow: the row, the flow's progress and the evidence, in the caller's transaction. */
import type { Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import { maskIdNumber, maskName, maskPhone } from '../../kernel/mask.ts';
import type { InnerParts } from './parts.ts';
import type { RegistryFinding } from './ports.ts';
import { type CheckKind, type Dossier, type IdentityCheck, isCompliant, type Verification } from './verification.ts';

export interface NewCheck extends RegistryFinding {
  readonly kind: CheckKind;
  readonly mobile?: string;
  /** Given when the check shares the id of what it is about, an SMS code. */
  readonly id?: string;
}

/** The answer to a call that carried out one check. */
export interface CheckedItem {
  readonly verificationId: string;
  readonly checkId: string;
  readonly outcome: IdentityCheck['outcome'];
}

/** The flow with the check in it. Only what passed counts as progress: failing does not keep a flow alive. */
export async function recordCheck<D extends Dossier>(
  parts: InnerParts,
  tx: Tx,
  dossier: D,
  newCheck: NewCheck,
): Promise<{ dossier: D; check: IdentityCheck }> {
  const now = parts.clock.now();
  const { requestId, ...found } = newCheck;
  const check: IdentityCheck = {
    ...found,
    id: newCheck.id ?? newId19(),
    mobile: newCheck.mobile,
    verificationId: dossier.verification.id,
    at: now,
  };
  const checked = { ...dossier, checks: [...dossier.checks, check] };
  const isFirstCompliant = !dossier.verification.certifiedAt && isCompliant(checked);
  const verification = {
    ...dossier.verification,
    ...(check.outcome === 'passed' && { lastProgressAt: now }),
    ...(isFirstCompliant && { certifiedAt: now }),
  };

  await parts.store.insertCheck(tx, { ...check, requestId });
  await parts.store.save(tx, verification);
  await appendEvidence(parts, tx, verification, { kind: 'identity-checked', content: describeCheck(check, requestId) });
  if (isFirstCompliant) await appendEvidence(parts, tx, verification, { kind: 'verification-compliant', content: {} });

  return { dossier: { ...checked, verification }, check };
}

/** A new flow begins with its facts on record. */
export async function startVerification(parts: InnerParts, tx: Tx, verification: Verification): Promise<void> {
  await parts.store.insert(tx, verification);
  await appendEvidence(parts, tx, verification, {
    kind: 'verification-started',
    content: {
      verificationKind: verification.kind,
      facts: maskFacts(verification),
      ...(verification.kind === 'organization' && { agentVerificationId: verification.agentVerificationId ?? null }),
    },
  });
}

/** Masked facts can be read, the keyed hash proves later which facts they were. */
export async function appendEvidence(
  parts: InnerParts,
  tx: Tx,
  verification: Verification,
  entry: { kind: string; content: Record<string, unknown> },
): Promise<void> {
  const factsHash = parts.secretBox.keyedHash(JSON.stringify(verification.facts), 'evidence.identity-facts');
  await parts.evidence.append(tx, {
    appId: verification.appId,
    subject: `verification:${verification.id}`,
    kind: entry.kind,
    content: { ...entry.content, factsHash: Buffer.from(factsHash).toString('hex') },
  });
}

function describeCheck(check: IdentityCheck, requestId: string): Record<string, unknown> {
  const { id, kind, outcome, source, reason, mobile } = check;
  return { checkId: id, check: kind, outcome, source, reason, requestId, mobile: mobile ? maskPhone(mobile) : null };
}

function maskFacts(verification: Verification): Record<string, unknown> {
  const { facts } = verification;
  if (verification.kind === 'person') return { name: maskName(facts.name), idNumber: maskIdNumber(facts.idNumber) };
  return {
    name: facts.name,
    idNumber: facts.idNumber,
    legalRepresentative: maskName(verification.facts.legalRepresentative.name),
  };
}
