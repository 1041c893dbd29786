import { describe, expect, it } from 'vitest';
import { judgeAgent, type StandingLetter } from './certification.ts';
import type { CheckKind, CompanyDossier, IdentityCheck, PersonDossier } from './verification.ts';

const now = new Date('2026-11-24T10:00:00+08:00');
const ZHANG = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '110101199003078857' };
const NAMESAKE = { ...ZHANG, idNumber: '110108198604120037' };
const LI = { ...ZHANG, name: '李娜', idNumber: '310101198804120026' };

const flow = {
  ...{ appId: 'app-1', businessCode: undefined, createdAt: now, lastProgressAt: now, heldUntil: undefined },
  ...{ certifiedAt: undefined, usedAt: undefined, accountId: undefined },
};

function checksOf(verificationId: string, kinds: readonly CheckKind[]): IdentityCheck[] {
  return kinds.map((kind, i) => ({
    ...{ id: `${verificationId}-${i}`, verificationId, kind, outcome: 'passed', mobile: undefined, source: 'test' },
    ...{ reason: '', at: now, expiresAt: undefined, endedAt: undefined },
  }));
}

function person(facts = LI, changes: Partial<typeof flow> = {}, kinds: readonly CheckKind[] = ['face']): PersonDossier {
  const id = `flow-of-${facts.idNumber}`;
  return { verification: { ...flow, ...changes, id, kind: 'person', facts }, checks: checksOf(id, kinds) };
}

function company(agent?: PersonDossier, kinds: readonly CheckKind[] = ['company-record']): CompanyDossier {
  const facts = { name: '示例', idDocumentType: 'CRED_ORG_USCC', idNumber: '91110105MA01D00006' };
  return {
    verification: {
      ...{ ...flow, id: 'C', kind: 'organization', agentVerificationId: agent?.verification.id },
      facts: { ...facts, legalRepresentative: { name: '张三' } },
    },
    ...{ checks: checksOf('C', kinds), agent },
  };
}

const naming = (...agents: readonly { name: string; idNumber: string }[]): StandingLetter[] =>
  agents.map((agent, i) => ({ checkId: `letter-${i}`, agent }));
const dayAgo = new Date(now.getTime() - 86_400_001);

type Case = readonly [CompanyDossier, PersonDossier, StandingLetter[]];

describe('the agent of a company', () => {
  it.each<[string, Case, ReturnType<typeof judgeAgent>]>([
    ['a verified person, before any check', [company(undefined, []), person(), []], 'bind'],
    ['a verified person, after the facts', [company(), person(), []], 'bind'],
    ['a verified person, after the payout', [company(undefined, ['company-record', 'payout']), person(), []], 'bind'],
    ['one whom the letter names', [company(), person(), naming(LI)], 'bind'],
    ['one whom every letter names', [company(), person(), naming(LI, { ...LI, name: ' 李 娜' })], 'bind'],
    ['one whose flow has become a user', [company(), person(LI, { usedAt: now } as never), []], 'bind'],
    ['the agent who is bound', [company(person()), person(), []], 'bound'],
    [
      'the agent who is bound, by a flow that is over',
      [company(person()), person(LI, { lastProgressAt: dayAgo }), []],
      'bound',
    ],
    ['another than the bound agent', [company(person()), person(ZHANG), []], 'FLOW_FACTS_DIFFER'],
    ['a namesake of the bound agent', [company(person(ZHANG)), person(NAMESAKE), []], 'FLOW_FACTS_DIFFER'],
    ['another than the letter names', [company(), person(ZHANG), naming(LI)], 'FLOW_FACTS_DIFFER'],
    ['a namesake of whom the letter names', [company(), person(NAMESAKE), naming(ZHANG)], 'FLOW_FACTS_DIFFER'],
    ['another than one of two letters names', [company(), person(), naming(LI, ZHANG)], 'FLOW_FACTS_DIFFER'],
    ['a person of another app', [company(), person(LI, { appId: 'app-2' }), []], 'FLOW_OF_ANOTHER_APP'],
    ['a person who is not verified', [company(), person(LI, {}, ['name-and-id']), []], 'FLOW_NOT_COMPLIANT'],
    ['a person whose flow is over', [company(), person(LI, { lastProgressAt: dayAgo }), []], 'FLOW_EXPIRED'],
  ])('%s', (_, [dossier, agent, letters], judgement) => {
    expect(judgeAgent(dossier, agent, { letters, now })).toBe(judgement);
  });
});
