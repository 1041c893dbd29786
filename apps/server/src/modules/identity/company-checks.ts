/** 企业认证项 against the registry: 三要素 and 四要素, and the binding of an agent. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { admitNamedAgent, bindNamedAgent } from './agent-binding.ts';
import { askRegistry } from './asking.ts';
import { readCompanyFacts, refuseOtherCompany } from './facts.ts';
import { type FlowReference, requireAlive, requireKind, requireOpen, requireOwn } from './flow-access.ts';
import { beginning } from './flow-start.ts';
import type { InnerParts } from './parts.ts';
import {
  type CompanyFacts,
  type CompanyQuestion,
  comparableName,
  type PersonFacts,
  type RegistryFinding,
} from './ports.ts';
import { type CheckedItem, type NewCheck, recordCheck, startVerification } from './recording.ts';
import { type CompanyDossier, type CompanyVerification, isCompliant, type PersonDossier } from './verification.ts';

export interface CompanyRequest extends FlowReference {
  readonly facts: CompanyFacts;
  /** The agent's own compliant flow; binds the agent of a flow that has none. */
  readonly agentVerificationId?: string | undefined;
}

type CompanyCheckKind = 'company-record' | 'company-representative';

/** A passed question about the representative's number makes that number part of the flow's facts. */
interface CompanyFinding {
  readonly check: NewCheck;
  readonly confirms?: { readonly idDocumentType: string; readonly idNumber: string };
}

/** Which flow a call belongs to: one to continue, or a new one, with the agent whose flow was named. */
interface Admission {
  readonly company: CompanyVerification | undefined;
  readonly agent: PersonDossier | undefined;
}

export async function checkCompany(
  parts: InnerParts,
  appId: string,
  kind: CompanyCheckKind,
  request: CompanyRequest,
): Promise<CheckedItem> {
  const asked = await askCompany(parts, appId, kind, request);
  const { businessCode } = request;
  return parts.database.transaction((tx) => recordCompany(parts, tx, { appId, businessCode }, asked));
}

/** What the register said about a company, not written down yet. */
export interface AskedCompany {
  readonly facts: CompanyFacts;
  readonly admission: Admission;
  readonly findings: readonly [CompanyFinding, ...CompanyFinding[]];
}

export async function askCompany(
  parts: InnerParts,
  appId: string,
  kind: CompanyCheckKind,
  request: CompanyRequest,
): Promise<AskedCompany> {
  const facts = readCompanyFacts(request.facts, parts.clock.now());
  const admission = await admit(parts, appId, { ...request, facts });
  return { facts, admission, findings: await askAboutCompany(parts, kind, facts, admission) };
}

interface CompanyFlow {
  readonly appId: string;
  readonly businessCode: string | undefined;
  /** The number of a new flow that somebody knows already. */
  readonly newId?: string;
}

export async function recordCompany(
  parts: InnerParts,
  tx: Tx,
  { appId, businessCode, newId }: CompanyFlow,
  { facts, admission, findings }: AskedCompany,
): Promise<CheckedItem> {
  const { company, agent } = admission;
  let dossier = company
    ? await bindNamedAgent(
        parts,
        tx,
        await lockCompany(parts, tx, { appId, facts, verificationId: company.id }),
        agent?.verification.id,
      )
    : await startCompany(parts, tx, { appId, facts, agent, businessCode, ...(newId && { newId }) });
  dossier = renameBusiness(dossier, businessCode);

  const checkIds: string[] = [];
  for (const { check, confirms } of findings) {
    const recorded = await recordCheck(parts, tx, confirms ? withNumber(dossier, confirms) : dossier, check);
    dossier = recorded.dossier;
    checkIds.push(recorded.check.id);
  }
  const [first] = findings;
  return { verificationId: dossier.verification.id, checkId: checkIds[0] ?? '', outcome: first.check.outcome };
}

async function admit(
  parts: InnerParts,
  appId: string,
  { verificationId, agentVerificationId, facts }: CompanyRequest,
): Promise<Admission> {
  if (verificationId === undefined) {
    if (agentVerificationId === undefined) return { company: undefined, agent: undefined };
    return { company: undefined, agent: await admitAgent(parts, appId, agentVerificationId) };
  }
  const { database, store, clock } = parts;
  const found = requireOwn(await store.find(database.db, verificationId), appId);
  if (found.kind === 'person') {
    if ((agentVerificationId ?? found.id) !== found.id)
      throw badParameter({ agentFlowNo: '与flowNo不是同一个人的流程' });
    return { company: undefined, agent: await admitAgent(parts, appId, found.id) };
  }

  requireOpen(found, appId, clock.now());
  refuseOtherCompany(found.facts, facts);
  const dossier = (await store.loadDossier(database.db, found)) as CompanyDossier;
  if (agentVerificationId === undefined) return { company: found, agent: dossier.agent };
  const named = await admitNamedAgent(parts, database.db, dossier, agentVerificationId);
  return { company: found, agent: dossier.agent ?? named };
}

/** Binding does not use the personal flow up, and one that has become a user already still names its person. */
async function admitAgent(parts: InnerParts, appId: string, verificationId: string): Promise<PersonDossier> {
  const { database, store, clock } = parts;
  const found = requireKind(requireOwn(await store.find(database.db, verificationId), appId), 'person');
  requireAlive(found, clock.now());
  const agent = (await store.loadDossier(database.db, found)) as PersonDossier;
  if (!isCompliant(agent)) {
    throw new ApiError('FLOW_NOT_COMPLIANT', { verificationId }, { detail: '经办人的个人认证流程尚未合规' });
  }
  return agent;
}

async function askAboutCompany(
  parts: InnerParts,
  kind: CompanyCheckKind,
  facts: CompanyFacts,
  { company, agent }: Admission,
): Promise<readonly [CompanyFinding, ...CompanyFinding[]]> {
  const { name, idDocumentType, idNumber, legalRepresentative } = facts;
  const question = { name, idDocumentType, idNumber, representativeName: legalRepresentative.name };
  if (kind === 'company-representative') {
    return [await askAboutNumber(parts, question, representativeNumber(facts))];
  }

  const finding = await askRegistry(() => parts.registry.checkCompanyRecord(question));
  const record = { check: { ...finding, kind } } as const;
  const isNumberKnown = company?.facts.legalRepresentative.idNumber !== undefined;
  if (finding.outcome !== 'passed' || isNumberKnown || !agent || !isNamesake(agent, facts)) return [record];
  return [record, await askAboutNumber(parts, question, agent.verification.facts)];
}

/**
 * A 3element call does not carry the representative's number, and a shared name proves nothing: when the agent bears the
 * representative's name, the platform itself asks the register whether the agent's number is the representative's.
 */
async function askAboutNumber(
  parts: InnerParts,
  question: CompanyQuestion,
  { idDocumentType, idNumber }: Pick<PersonFacts, 'idDocumentType' | 'idNumber'>,
): Promise<CompanyFinding> {
  const finding: RegistryFinding = await askRegistry(() =>
    parts.registry.checkCompanyRepresentative({ ...question, representativeIdNumber: idNumber }),
  );
  const check = { ...finding, kind: 'company-representative' } as const;
  return finding.outcome === 'passed' ? { check, confirms: { idDocumentType, idNumber } } : { check };
}

function representativeNumber({ legalRepresentative }: CompanyFacts): { idDocumentType: string; idNumber: string } {
  const { idDocumentType = '', idNumber = '' } = legalRepresentative;
  return { idDocumentType, idNumber };
}

function isNamesake(agent: PersonDossier, facts: CompanyFacts): boolean {
  return comparableName(agent.verification.facts.name) === comparableName(facts.legalRepresentative.name);
}

async function lockCompany(
  parts: InnerParts,
  tx: Tx,
  { appId, facts, verificationId }: { appId: string; facts: CompanyFacts; verificationId: string },
): Promise<CompanyDossier> {
  const locked = requireOpen(await parts.store.lock(tx, verificationId), appId, parts.clock.now());
  if (locked.kind !== 'organization') throw new ApiError('FLOW_OF_ANOTHER_KIND', { verificationId });
  refuseOtherCompany(locked.facts, facts);
  return (await parts.store.loadDossier(tx, locked)) as CompanyDossier;
}

async function startCompany(
  parts: InnerParts,
  tx: Tx,
  start: Pick<CompanyVerification, 'appId' | 'facts' | 'businessCode'> & {
    readonly agent: PersonDossier | undefined;
    readonly newId?: string;
  },
): Promise<CompanyDossier> {
  const { agent, newId, ...given } = start;
  const verification: CompanyVerification = {
    ...given,
    ...beginning(parts.clock.now()),
    ...(newId && { id: newId }),
    ...{ kind: 'organization', agentVerificationId: agent?.verification.id },
  };
  await startVerification(parts, tx, verification);
  return { verification, checks: [], agent };
}

function renameBusiness(dossier: CompanyDossier, businessCode: string | undefined): CompanyDossier {
  if (businessCode === undefined) return dossier;
  return { ...dossier, verification: { ...dossier.verification, businessCode } };
}

function withNumber(
  dossier: CompanyDossier,
  confirmed: { readonly idDocumentType: string; readonly idNumber: string },
): CompanyDossier {
  const { verification } = dossier;
  const legalRepresentative = { ...verification.facts.legalRepresentative, ...confirmed };
  return { ...dossier, verification: { ...verification, facts: { ...verification.facts, legalRepresentative } } };
}
