/** Binds an agent (经办人) to a company's flow: named by the caller's `agentFlowNo`, or by the letter. */
import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import { judgeAgent } from './certification.ts';
import { requireKind, requireOwn } from './flow-access.ts';
import type { LetterAgent } from './letter-store.ts';
import type { InnerParts } from './parts.ts';
import { recordAgent } from './recording.ts';
import { type CompanyDossier, isExpired, type PersonDossier } from './verification.ts';

/** The personal flow that a caller names, as long as it may stand for an agent of this company. */
export async function admitNamedAgent(
  parts: InnerParts,
  db: Db | Tx,
  company: CompanyDossier,
  agentVerificationId: string,
): Promise<PersonDossier> {
  const { appId } = company.verification;
  const flow = requireKind(requireOwn(await parts.store.find(db, agentVerificationId), appId), 'person');
  const person = (await parts.store.loadDossier(db, flow)) as PersonDossier;
  const judgement = await judge(parts, db, company, person);
  if (judgement === 'bind' || judgement === 'bound') return person;
  throw new ApiError(judgement, { agentVerificationId }, { detail: REASONS[judgement] });
}

const REASONS = {
  FLOW_OF_ANOTHER_APP: '经办人',
  FLOW_EXPIRED: '经办人的个人认证流程',
  FLOW_NOT_COMPLIANT: '经办人的个人认证流程尚未合规',
  FLOW_FACTS_DIFFER: '经办人',
} as const;

/** The caller holds the lock of the company's flow. */
export async function bindNamedAgent(
  parts: InnerParts,
  tx: Tx,
  company: CompanyDossier,
  agentVerificationId: string | undefined,
): Promise<CompanyDossier> {
  if (agentVerificationId === undefined) return company;
  if (company.verification.agentVerificationId === agentVerificationId) return company;
  const agent = await admitNamedAgent(parts, tx, company, agentVerificationId);
  return company.agent ? company : recordAgent(parts, tx, company, { agent, namedBy: 'caller' });
}

/** Whoever the letter names becomes the agent once they are compliantly verified in this app; until then nothing happens. */
export async function bindAgentOfLetter(
  parts: InnerParts,
  tx: Tx,
  company: CompanyDossier,
  { idNumber }: LetterAgent,
): Promise<CompanyDossier> {
  if (company.agent) return company;
  const named = { appId: company.verification.appId, idNumber };
  await parts.letters.lockPerson(tx, named);
  const flow = await parts.store.findCertified(tx, named);
  if (flow?.kind !== 'person') return company;
  const agent = (await parts.store.loadDossier(tx, flow)) as PersonDossier;
  if ((await judge(parts, tx, company, agent)) !== 'bind') return company;
  return recordAgent(parts, tx, company, { agent, namedBy: 'letter' });
}

/** A job's turn: companies whose letters named this person before they were verified. */
export async function bindWaitingCompanies(parts: InnerParts, personVerificationId: string): Promise<void> {
  const { database, store, letters, clock } = parts;
  const flow = await store.find(database.db, personVerificationId);
  if (flow?.kind !== 'person') return;
  const { name, idNumber } = flow.facts;
  for (const verificationId of await letters.listWaiting(database.db, { appId: flow.appId, idNumber })) {
    await database.transaction(async (tx) => {
      const company = await store.lock(tx, verificationId);
      if (company?.kind !== 'organization' || company.usedAt || isExpired(company, clock.now())) return;
      const dossier = (await store.loadDossier(tx, company)) as CompanyDossier;
      await bindAgentOfLetter(parts, tx, dossier, { name, idNumber });
    });
  }
}

async function judge({ letters, clock }: InnerParts, db: Db | Tx, company: CompanyDossier, person: PersonDossier) {
  const standing = await letters.listStanding(db, company.verification.id);
  return judgeAgent(company, person, { letters: standing, now: clock.now() });
}
