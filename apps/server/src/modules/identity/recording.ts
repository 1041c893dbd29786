/** Writes a check into its flow: the row, the flow's progress, the evidence and what the app is told, in one transaction. */
import type { Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import { maskIdNumber, maskName, maskPhone } from '../../kernel/mask.ts';
import { tellWaitingCompanies } from './agent-seeking.ts';
import { announce, announceCompliance } from './announcing.ts';
import type { InnerParts } from './parts.ts';
import { splitPersonal } from './personal-facts.ts';
import type { RegistryFinding } from './ports.ts';
import {
  type CheckKind,
  type CheckStatus,
  type CompanyDossier,
  type Dossier,
  holdOf,
  type IdentityCheck,
  isCompliant,
  isHolding,
  type PersonDossier,
  type Verification,
} from './verification.ts';

export interface NewCheck extends Omit<RegistryFinding, 'outcome'> {
  readonly kind: CheckKind;
  readonly outcome: CheckStatus;
  readonly mobile?: string;
  /** Given when the check shares the id of what it is about, e.g. an SMS code. */
  readonly id?: string;
  /** Of an open check. */
  readonly expiresAt?: Date;
  /** A failure after which the same thing may be tried again is none yet. */
  readonly isRepeatable?: boolean;
  /** For the evidence only; masked or hashed. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** How an open check ends. */
export interface CheckEnd extends RegistryFinding {
  readonly checkId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The answer to a call that carried out one check. */
export interface CheckedItem {
  readonly verificationId: string;
  readonly checkId: string;
  readonly outcome: CheckStatus;
}

interface Recorded<D extends Dossier> {
  readonly dossier: D;
  readonly check: IdentityCheck;
}

export async function recordCheck<D extends Dossier>(
  parts: InnerParts,
  tx: Tx,
  dossier: D,
  newCheck: NewCheck,
): Promise<Recorded<D>> {
  const { requestId, detail, isRepeatable = false, ...found } = newCheck;
  const check: IdentityCheck = {
    ...found,
    id: newCheck.id ?? newId19(),
    mobile: newCheck.mobile,
    verificationId: dossier.verification.id,
    at: parts.clock.now(),
    expiresAt: newCheck.expiresAt,
    endedAt: undefined,
  };
  await parts.store.insertCheck(tx, { ...check, requestId });
  const checked = { ...dossier, checks: [...dossier.checks, check] };
  const entry = { kind: 'identity-checked', content: { ...describeCheck(check, requestId), ...detail } };
  return { check, dossier: await advance(parts, tx, checked, { check, entry, isRepeatable }) };
}

/** The caller holds the lock of the flow and has seen that the check is open. */
export async function endCheck<D extends Dossier>(
  parts: InnerParts,
  tx: Tx,
  dossier: D,
  { checkId, detail, ...end }: CheckEnd,
): Promise<Recorded<D>> {
  const { outcome, reason, source, requestId } = end;
  const open = dossier.checks.find(({ id }) => id === checkId);
  if (!open) throw new Error('a check to end must be in its flow');
  const check: IdentityCheck = { ...open, outcome, reason, source, endedAt: parts.clock.now() };

  await parts.store.saveCheck(tx, { ...check, requestId });
  const checks = dossier.checks.map((each) => (each.id === checkId ? check : each));
  const entry = { kind: 'identity-check-ended', content: { ...describeCheck(check, requestId), ...detail } };
  return { check, dossier: await advance(parts, tx, { ...dossier, checks }, { check, entry, isRepeatable: false }) };
}

/** The company's agent is known from now on; what has been checked before counts for them. */
export async function recordAgent(
  parts: InnerParts,
  tx: Tx,
  company: CompanyDossier,
  { agent, namedBy }: { readonly agent: PersonDossier; readonly namedBy: 'caller' | 'letter' },
): Promise<CompanyDossier> {
  const agentVerificationId = agent.verification.id;
  const bound = { ...company, agent, verification: { ...company.verification, agentVerificationId } };
  const entry = { kind: 'verification-agent-bound', content: { agentVerificationId, namedBy } };
  const { dossier, isFirstCompliant } = await settle(parts, tx, bound, { entry, isProgress: true });
  const proof = dossier.checks.findLast(({ outcome }) => outcome === 'passed');
  if (isFirstCompliant && proof) await announceCompliance(parts, tx, dossier.verification, proof);
  return dossier;
}

/** Only what passed counts as progress: failing keeps no flow alive, but the end of a long wait leaves time for another try. */
async function advance<D extends Dossier>(
  parts: InnerParts,
  tx: Tx,
  checked: D,
  { check, entry, isRepeatable }: { check: IdentityCheck; entry: NewEntry; isRepeatable: boolean },
): Promise<D> {
  const isProgress = check.outcome === 'passed' || (check.endedAt !== undefined && isHolding(check.kind));
  const { dossier, isFirstCompliant } = await settle(parts, tx, checked, { entry, isProgress });
  await announce(parts, tx, dossier.verification, { check, isFirstCompliant, isRepeatable });
  return dossier;
}

/** Saves what a flow has become, with its evidence. */
async function settle<D extends Dossier>(
  parts: InnerParts,
  tx: Tx,
  changed: D,
  { entry, isProgress }: { readonly entry: NewEntry; readonly isProgress: boolean },
): Promise<{ readonly dossier: D; readonly isFirstCompliant: boolean }> {
  const now = parts.clock.now();
  const isFirstCompliant = !changed.verification.certifiedAt && isCompliant(changed);
  const verification = {
    ...changed.verification,
    heldUntil: holdOf(changed.checks),
    ...(isProgress && { lastProgressAt: now }),
    ...(isFirstCompliant && { certifiedAt: now }),
  };

  await parts.store.save(tx, verification);
  await appendEvidence(parts, tx, verification, entry);
  if (isFirstCompliant) await appendEvidence(parts, tx, verification, { kind: 'verification-compliant', content: {} });
  if (isFirstCompliant && verification.kind === 'person') await tellWaitingCompanies(parts, tx, verification);
  return { dossier: { ...changed, verification }, isFirstCompliant };
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

interface NewEntry {
  readonly kind: string;
  readonly content: Record<string, unknown>;
}

/** Masked facts can be read, the keyed hash proves later which facts they were. */
export async function appendEvidence(
  parts: InnerParts,
  tx: Tx,
  verification: Verification,
  entry: NewEntry,
): Promise<void> {
  const factsHash = parts.secretBox.keyedHash(JSON.stringify(verification.facts), 'evidence.identity-facts');
  await parts.evidence.append(tx, {
    appId: verification.appId,
    subject: `verification:${verification.id}`,
    kind: entry.kind,
    ...splitPersonal({ ...entry.content, factsHash: Buffer.from(factsHash).toString('hex') }),
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
