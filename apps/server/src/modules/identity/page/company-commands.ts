/** What an agent does for a company on its verification page, once they are verified themselves. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import { maskIdNumber } from '../../../kernel/mask.ts';
import { type AskedCompany, askCompany, recordCompany } from '../company-checks.ts';
import { uploadLetter } from '../letters.ts';
import type { CompanyMode } from '../page-setup.ts';
import type { InnerParts } from '../parts.ts';
import { type PayoutRequest, startPayout, verifyPayout } from '../payouts.ts';
import { splitPersonal } from '../personal-facts.ts';
import type { CompanyFacts } from '../ports.ts';
import type { CompanyDossier, PersonDossier } from '../verification.ts';
import { type CompanyFact, readCompanyForm } from './company-facts.ts';
import type { LetterFacts } from './letter-form.ts';
import type { JudgedFacts } from './person-commands.ts';
import { companyStep, endOf, FACT_TRIES, type PageScene } from './progress.ts';
import { command, openScene, type PageVisit, refuseExpiredLink, requireStep } from './visit.ts';

const MAX_FILE_BYTES = 10 * 1024 * 1024;

export type GivenCompanyFacts = Readonly<Partial<Record<CompanyFact, string>>>;

/** Like the facts of a person: a try is taken before anything is asked, and only what fits begins the flow. */
export async function giveCompanyFacts(
  parts: InnerParts,
  visit: PageVisit,
  given: GivenCompanyFacts,
): Promise<JudgedFacts> {
  const { facts, agentFlowId } = await reserveTry(parts, visit, given);
  const kind = facts.legalRepresentative.idNumber === undefined ? 'company-record' : 'company-representative';
  const question = { facts, verificationId: agentFlowId };
  const asked = await askCompany(parts, visit.app.id, kind, question).catch(async (error: unknown) => {
    await command(parts, visit, (tx, { progress }) =>
      parts.progress.save(tx, { ...progress, companyTries: Math.max(0, progress.companyTries - 1) }),
    );
    throw error;
  });

  return parts.database.transaction(async (tx) => {
    const scene = await openScene(parts, visit, tx);
    if (endOf(scene) || companyStep(scene) !== 'company') return { passed: true };
    return record(parts, tx, scene, asked);
  });
}

function reserveTry(
  parts: InnerParts,
  visit: PageVisit,
  given: GivenCompanyFacts,
): Promise<{ facts: CompanyFacts; agentFlowId: string }> {
  return command(parts, visit, async (tx, scene) => {
    requireStep(scene, companyStep(scene), 'company');
    const facts = readCompanyForm(scene, given);
    const { progress, person } = scene;
    if (progress.companyTries >= FACT_TRIES) throw new ApiError('TOO_MANY_CHECKS', { pageId: visit.pageId });
    await parts.progress.save(tx, { ...progress, companyTries: progress.companyTries + 1 });
    return { facts, agentFlowId: person?.verification.id ?? '' };
  });
}

async function record(parts: InnerParts, tx: Tx, scene: PageScene, asked: AskedCompany): Promise<JudgedFacts> {
  const { page, progress, now } = scene;
  const { outcome, reason, source, requestId, kind } = asked.findings[0].check;
  const flow = { appId: page.appId, businessCode: page.businessCode, newId: page.verificationId };
  if (outcome === 'passed') {
    await parts.progress.save(tx, { ...progress, companyTries: Math.max(0, progress.companyTries - 1) });
    await recordCompany(parts, tx, flow, asked);
    return { passed: true };
  }

  const remainingAttempts = Math.max(0, FACT_TRIES - progress.companyTries);
  if (remainingAttempts > 0) {
    const { name, idNumber } = asked.facts;
    await parts.evidence.append(tx, {
      ...{ appId: page.appId, subject: `verification:${page.verificationId}`, kind: 'page-facts-differ' },
      ...splitPersonal({ check: kind, reason, source, requestId, remainingAttempts, facts: { name, idNumber } }),
    });
  } else {
    await parts.progress.save(tx, { ...progress, failedAt: now, failReason: reason });
    await recordCompany(parts, tx, flow, asked);
  }
  return { passed: false, reason, remainingAttempts };
}

/** A representative who is the agent has passed with the facts; whoever still chooses that way is not known to be one. */
export function chooseWay(parts: InnerParts, visit: PageVisit, mode: CompanyMode): Promise<void> {
  return command(parts, visit, async (tx, scene) => {
    requireStep(scene, companyStep(scene), 'way', 'transfer', 'amount', 'letter', 'auditing');
    if (!scene.page.setup.company?.modes.includes(mode)) throw new ApiError('VERIFICATION_STEP_CONFLICT', { mode });
    if (mode === 'legalRep') throw new ApiError('AGENT_NOT_REPRESENTATIVE');
    await parts.progress.save(tx, { ...scene.progress, companyMode: mode });
  });
}

/** Of two taps one orders, the other finds a payout open. */
export async function orderPayout(
  parts: InnerParts,
  visit: PageVisit,
  wanted: Omit<PayoutRequest, 'verificationId'>,
): Promise<void> {
  const { page } = await sceneAt(parts, visit, 'transfer');
  const accountNumber = wanted.accountNumber.replaceAll(/[\s-]/g, '');
  const { bankName } = wanted;
  await startPayout(parts, visit.app.id, { ...wanted, accountNumber, verificationId: page.verificationId });
  const payoutAccount = { account: maskIdNumber(accountNumber), bankName };
  await command(parts, visit, (tx, { progress }) => parts.progress.save(tx, { ...progress, payoutAccount }));
}

export async function tellAmount(parts: InnerParts, visit: PageVisit, amount: string): Promise<JudgedFacts> {
  const { page } = await sceneAt(parts, visit, 'amount');
  const { outcome, remainingAttempts } = await verifyPayout(parts, visit.app.id, {
    ...{ verificationId: page.verificationId, amount },
  });
  return outcome === 'passed' ? { passed: true } : { passed: false, reason: '金额不一致', remainingAttempts };
}

export interface LetterFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The letter names the agent who is verified here, and nobody else. */
export async function giveLetter(parts: InnerParts, visit: PageVisit, file: LetterFile): Promise<void> {
  const { page, person } = await sceneAt(parts, visit, 'letter');
  if (file.bytes.length === 0) throw badParameter({ fileBase64: '文件为空或不是有效的Base64' });
  if (file.bytes.length > MAX_FILE_BYTES) throw badParameter({ fileBase64: '文件不能超过10MB' });
  const fileCode = await keepFile(parts, visit, file);
  const { name, idNumber } = (person as PersonDossier).verification.facts;
  await uploadLetter(parts, visit.app.id, { verificationId: page.verificationId, fileCode, agent: { name, idNumber } });
}

async function keepFile(parts: InnerParts, { app }: PageVisit, { fileName, bytes }: LetterFile): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signet-letter-'));
  try {
    const path = join(folder, 'letter');
    await writeFile(path, bytes, { mode: 0o600 });
    return (await parts.files.upload(app, { fileName, path })).fileCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the letter to print must say. */
export async function letterFacts(parts: InnerParts, visit: PageVisit): Promise<LetterFacts> {
  const { company, person, page } = await sceneAt(parts, visit, 'letter');
  return {
    company: (company as CompanyDossier).verification.facts,
    agent: (person as PersonDossier).verification.facts,
    ...{ appName: visit.app.name, verificationId: page.verificationId, at: parts.clock.now() },
  };
}

async function sceneAt(parts: InnerParts, visit: PageVisit, step: ReturnType<typeof companyStep>): Promise<PageScene> {
  refuseExpiredLink(visit);
  const scene = await openScene(parts, visit);
  requireStep(scene, companyStep(scene), step);
  return scene;
}
