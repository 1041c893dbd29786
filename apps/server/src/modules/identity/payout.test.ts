import { describe, expect, it } from 'vitest';
import { judgeAmount, parseAmount, refusePayout } from './payout.ts';
import type { CompanyDossier, IdentityCheck } from './verification.ts';

const now = new Date('2026-11-24T02:00:00Z');
const hoursFromNow = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const check = (more: Partial<IdentityCheck>): IdentityCheck => ({
  ...{ id: 'check', verificationId: 'C', kind: 'payout', outcome: 'processing', mobile: undefined, source: 'test' },
  ...{ reason: '', at: now, expiresAt: hoursFromNow(72), endedAt: undefined },
  ...more,
});

const dossier = (checks: readonly IdentityCheck[]): CompanyDossier => ({
  verification: {
    ...{ id: 'C', appId: 'app', kind: 'organization', businessCode: undefined, agentVerificationId: undefined },
    facts: { name: '示例', idDocumentType: 'CRED_ORG_USCC', idNumber: '1', legalRepresentative: { name: '张三' } },
    ...{ createdAt: now, lastProgressAt: now, heldUntil: undefined },
    ...{ certifiedAt: undefined, usedAt: undefined, accountId: undefined },
  },
  checks,
  agent: undefined,
});

describe('an amount', () => {
  it.each([
    ['0.37', 37],
    ['0.3', 30],
    ['00.07', 7],
    [' 12 ', 1200],
    ['0.00', 0],
    ['0.999', undefined],
    ['.5', undefined],
    ['-0.10', undefined],
    ['1e2', undefined],
    ['0,37', undefined],
    ['', undefined],
  ])('"%s" is %s cents', (text, cents) => {
    expect(parseAmount(text)).toBe(cents);
  });
});

describe('a payout', () => {
  const proven = check({ id: 'record', kind: 'company-record', outcome: 'passed', expiresAt: undefined });
  const failed = (id: string) => check({ id, outcome: 'un_passed' });

  it.each<[string, readonly IdentityCheck[]]>([
    ['a proven company', [proven]],
    ['a proven company after four lost ones', [proven, ...['1', '2', '3', '4'].map(failed)]],
    ['a proven company whose last one is overdue', [proven, check({ expiresAt: now })]],
  ])('may begin for %s', (_, checks) => {
    expect(() => refusePayout(dossier(checks), now)).not.toThrow();
  });

  it.each<[string, readonly IdentityCheck[], string]>([
    ['nothing proven', [], 'COMPANY_NOT_PROVEN'],
    ['facts that failed', [{ ...proven, outcome: 'un_passed' }], 'COMPANY_NOT_PROVEN'],
    ['one that is open', [proven, check({})], 'PAYOUT_OPEN'],
    ['five lost ones', [proven, ...['1', '2', '3', '4', '5'].map(failed)], 'TOO_MANY_CHECKS'],
  ])('may not begin with %s', (_, checks, error) => {
    expect(() => refusePayout(dossier(checks), now)).toThrow(error);
  });
});

describe('a reported amount', () => {
  const paid = { check: check({}), status: 'paid', triesLeft: 3 } as const;

  it.each([
    ['the right one', paid, true, { outcome: 'passed', remainingAttempts: 2, isFinal: true }],
    ['a wrong one', paid, false, { outcome: 'un_passed', remainingAttempts: 2, isFinal: false }],
    [
      'the last wrong one',
      { ...paid, triesLeft: 1 },
      false,
      { outcome: 'un_passed', remainingAttempts: 0, isFinal: true },
    ],
    [
      'the right one at last',
      { ...paid, triesLeft: 1 },
      true,
      { outcome: 'passed', remainingAttempts: 0, isFinal: true },
    ],
  ] as const)('is judged: %s', (_, payout, isRight, judged) => {
    expect(judgeAmount(payout, isRight, now)).toEqual(judged);
  });

  it.each([
    ['that has not arrived', { ...paid, status: 'pending' }, now, 'PAYOUT_NOT_PAID'],
    ['that has ended', { ...paid, check: check({ outcome: 'un_passed' }) }, now, 'PAYOUT_ENDED'],
    ['72 hours later', paid, hoursFromNow(72), 'PAYOUT_ENDED'],
  ] as const)('is refused for a payout %s', (_, payout, at, error) => {
    expect(() => judgeAmount(payout, true, at)).toThrow(error);
  });
});
