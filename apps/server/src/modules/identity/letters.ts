/** 企业经办人授权书: an uploaded letter that a reviewer of the platform approves or refuses. */
import { ApiError } from '@signet/protocol/errors';
import { newId19 } from '../../kernel/ids.ts';
import { maskIdNumber, maskName } from '../../kernel/mask.ts';
import { bindAgentOfLetter, bindNamedAgent } from './agent-binding.ts';
import { type CheckReference, findReferenced, finish, lockCheck } from './check-access.ts';
import { findCheck, isOverdue, outcomeAt } from './check-state.ts';
import { refuseOtherPerson } from './facts.ts';
import { requireKind, requireOpen } from './flow-access.ts';
import type { Letter, LetterAgent } from './letter-store.ts';
import type { InnerParts } from './parts.ts';
import type { CompanyFacts } from './ports.ts';
import { type CheckedItem, recordCheck } from './recording.ts';
import { type CheckStatus, type CompanyDossier, type IdentityCheck, isOpen } from './verification.ts';

const SOURCE = 'review';
const MAX_LETTERS = 10;
/** A letter that nobody has looked at by then is refused, so that no flow stays open for ever. */
const REVIEW_MS = 30 * 86_400_000;

export interface LetterRequest {
  readonly verificationId: string;
  readonly fileCode: string;
  readonly agent: LetterAgent;
  /** The agent's own compliant flow; unless given, it is sought by the name and number in the letter. */
  readonly agentVerificationId?: string | undefined;
}

export interface LetterReport {
  readonly verificationId: string;
  readonly checkId: string;
  readonly status: CheckStatus;
  /** Why it was refused, or what the reviewer noted. */
  readonly remark: string | null;
}

export interface LetterDecision {
  readonly checkId: string;
  readonly passed: boolean;
  readonly remark?: string | undefined;
  /** Who decides, e.g. `operator:name`. */
  readonly by: string;
}

/** What a reviewer has to look at: the file, and what it must say. Facts are in clear. */
export interface OpenLetter extends Letter {
  readonly uploadedAt: Date;
  readonly company: CompanyFacts;
}

export async function uploadLetter(parts: InnerParts, appId: string, request: LetterRequest): Promise<LetterReport> {
  const { verificationId, fileCode, agentVerificationId } = request;
  const agent = { name: request.agent.name.trim(), idNumber: request.agent.idNumber.toUpperCase() };
  const [file] = await parts.files.getMany(parts.database.db, appId, [fileCode]);
  const sha256 = Buffer.from(file?.sha256 ?? []).toString('hex');

  return parts.database.transaction(async (tx) => {
    const now = parts.clock.now();
    const locked = requireKind(requireOpen(await parts.store.lock(tx, verificationId), appId, now), 'organization');
    const found = (await parts.store.loadDossier(tx, locked)) as CompanyDossier;
    const dossier = await bindNamedAgent(parts, tx, found, agentVerificationId);
    refuseLetter(dossier, agent, now);

    const { check, dossier: handedIn } = await recordCheck(parts, tx, dossier, {
      ...{ id: newId19(), kind: 'authorization-letter', outcome: 'processing', reason: '待审核', source: SOURCE },
      ...{ requestId: fileCode, expiresAt: new Date(now.getTime() + REVIEW_MS) },
      detail: { fileCode, sha256, agent: maskName(agent.name), agentIdNumber: maskIdNumber(agent.idNumber) },
    });
    await parts.letters.insert(tx, { checkId: check.id, appId, verificationId, fileCode, agent });
    await bindAgentOfLetter(parts, tx, handedIn, agent);
    return toReport(check, now);
  });
}

export async function letterStatus(parts: InnerParts, appId: string, which: CheckReference): Promise<LetterReport> {
  const checks = await findReferenced(parts, appId, which);
  const check = checks && findCheck(checks, 'authorization-letter', which.checkId);
  if (!check) throw new ApiError('LETTER_NOT_FOUND', { ...which });
  return toReport(check, parts.clock.now());
}

/** One decision stands; a second one is refused. */
export function decideLetter(parts: InnerParts, decision: LetterDecision): Promise<CheckedItem> {
  const { checkId, passed, by } = decision;
  return parts.database.transaction(async (tx) => {
    const { dossier, check } = await lockCheck(parts, tx, undefined, checkId);
    if (check.kind !== 'authorization-letter') throw new ApiError('LETTER_NOT_FOUND', { checkId });
    if (!isOpen(check) || isOverdue(check, parts.clock.now())) throw new ApiError('CHECK_ENDED', { checkId });

    const reason = decision.remark?.trim() || (passed ? '' : '授权书不符合要求');
    const outcome = passed ? 'passed' : 'un_passed';
    await parts.letters.saveDecider(tx, checkId, by);
    await finish(parts, tx, dossier, {
      ...{ checkId, outcome, reason, source: SOURCE, requestId: checkId, detail: { decidedBy: by } },
    });
    return { verificationId: dossier.verification.id, checkId, outcome };
  });
}

export async function listOpenLetters(
  { database, letters, store }: InnerParts,
  { pageNumber, pageSize }: { readonly pageNumber: number; readonly pageSize: number },
): Promise<{ list: OpenLetter[]; total: number }> {
  const page = { limit: pageSize, offset: (pageNumber - 1) * pageSize };
  const { list, total } = await letters.listOpen(database.db, page);
  const full = await Promise.all(
    list.map(async (letter) => {
      const flow = await store.find(database.db, letter.verificationId);
      return flow?.kind === 'organization' ? [{ ...letter, company: flow.facts }] : [];
    }),
  );
  return { list: full.flat(), total };
}

/** For the platform's reviewers: a letter of any app, whether decided or not. */
export async function findLetter({ database, letters }: InnerParts, checkId: string): Promise<Letter> {
  const letter = await letters.find(database.db, checkId);
  if (!letter) throw new ApiError('LETTER_NOT_FOUND', { checkId });
  return letter;
}

/** A letter for somebody else than the bound agent proves nothing for this flow. */
function refuseLetter({ verification, checks, agent: bound }: CompanyDossier, named: LetterAgent, now: Date): void {
  const context = { verificationId: verification.id };
  if (bound) {
    const { facts } = bound.verification;
    refuseOtherPerson(facts, { ...named, idDocumentType: facts.idDocumentType });
  }
  const earlier = checks.filter(({ kind }) => kind === 'authorization-letter');
  if (earlier.some((check) => isOpen(check) && !isOverdue(check, now))) throw new ApiError('LETTER_OPEN', context);
  if (earlier.length >= MAX_LETTERS) throw new ApiError('TOO_MANY_CHECKS', context);
}

function toReport(check: IdentityCheck, now: Date): LetterReport {
  const { verificationId, id: checkId, reason } = check;
  const status = outcomeAt(check, now);
  const remark = isOpen(check) ? null : reason || null;
  return { verificationId, checkId, status, remark };
}
