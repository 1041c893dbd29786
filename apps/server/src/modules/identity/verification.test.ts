import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyFacts, PersonFacts } from './ports.ts';
import {
  type CheckKind,
  type CompanyDossier,
  endOfLife,
  holdOf,
  type IdentityCheck,
  isCompliant,
  isExpired,
  overallStatus,
  type PersonDossier,
  provenMobile,
  smsMobile,
} from './verification.ts';

const at = new Date('2026-11-24T10:00:00+08:00');
const M1 = '13800000000';
const M2 = '13900000000';
const ZHANG: PersonFacts = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '110101199003078857' };
const NAMESAKE: PersonFacts = { ...ZHANG, idNumber: '110108198604120037' };
const COMPANY: CompanyFacts = {
  name: '北京示例科技有限公司',
  idDocumentType: 'CRED_ORG_USCC',
  idNumber: '91110105MA01D00006',
  legalRepresentative: { name: '张三', idNumber: ZHANG.idNumber },
};

type Step = readonly [kind: CheckKind, mobile?: string | undefined, outcome?: IdentityCheck['outcome']];

const flow = {
  appId: 'app',
  businessCode: undefined,
  createdAt: at,
  lastProgressAt: at,
  heldUntil: undefined,
  accountId: undefined,
  certifiedAt: undefined,
} as const;

function toChecks(verificationId: string, steps: readonly Step[]): IdentityCheck[] {
  return steps.map(([kind, mobile, outcome = 'passed'], i) => ({
    ...{ id: `${verificationId}-${i}`, verificationId, kind, outcome, mobile, source: 'test', reason: '', at },
    ...{ expiresAt: undefined, endedAt: undefined },
  }));
}

function person(steps: readonly Step[], facts = ZHANG, id = 'P'): PersonDossier {
  return { verification: { ...flow, id, kind: 'person', facts, usedAt: undefined }, checks: toChecks(id, steps) };
}

function company(steps: readonly Step[], agent?: PersonDossier, facts = COMPANY): CompanyDossier {
  const agentVerificationId = agent?.verification.id;
  return {
    verification: { ...flow, id: 'C', kind: 'organization', facts, agentVerificationId, usedAt: undefined },
    checks: toChecks('C', steps),
    agent,
  };
}

const CARRIER_WAY: readonly Step[] = [
  ['carrier', M1],
  ['sms-sent', M1],
  ['sms-verified', M1],
];

describe('a personal flow', () => {
  it.each<[string, readonly Step[]]>([
    ['3element, SMS sent, SMS checked', CARRIER_WAY],
    ['4element, SMS sent, SMS checked', [['bank-card', M1], ...CARRIER_WAY.slice(1)]],
    ['a face', [['face']]],
    [
      '3element way after wrong tries',
      [['carrier', M2, 'un_passed'], ...CARRIER_WAY, ['sms-verified', M1, 'un_passed']],
    ],
    ['3element way for one of two mobiles', [['carrier', M2], ...CARRIER_WAY]],
  ])('is compliant by %s', (_, steps) => {
    expect(isCompliant(person(steps))).toBe(true);
  });

  it.each<[string, readonly Step[]]>([
    ['nothing', []],
    ['2element alone', [['name-and-id']]],
    ['3element alone', [['carrier', M1]]],
    ['3element without the code given back', CARRIER_WAY.slice(0, 2)],
    ['2element with SMS', [['name-and-id'], ...CARRIER_WAY.slice(1)]],
    ['a wrong SMS code', [...CARRIER_WAY.slice(0, 2), ['sms-verified', M1, 'un_passed']]],
    ['a failed 3element with SMS', [['carrier', M1, 'un_passed'], ...CARRIER_WAY.slice(1)]],
    [
      'SMS to another mobile',
      [
        ['carrier', M1],
        ['sms-sent', M2],
        ['sms-verified', M2],
      ],
    ],
    [
      'a code checked for another mobile',
      [
        ['carrier', M1],
        ['sms-sent', M1],
        ['sms-verified', M2],
      ],
    ],
    ['a failed face', [['face', undefined, 'un_passed']]],
  ])('is not compliant by %s', (_, steps) => {
    expect(isCompliant(person(steps))).toBe(false);
  });

  it('proves the mobile that went the whole way, and sends codes to the one shown last', () => {
    const dossier = person([...CARRIER_WAY, ['carrier', M2], ['carrier', '13700000000', 'un_passed']]);

    expect(provenMobile(dossier)).toBe(M1);
    expect(smsMobile(dossier)).toBe(M2);
  });
});

const KINDS = ['name-and-id', 'carrier', 'bank-card', 'face', 'sms-sent', 'sms-verified'] as const;
const anyCheck = fc.record<IdentityCheck>({
  id: fc.uuid(),
  verificationId: fc.constantFrom('P', 'Q'),
  kind: fc.constantFrom(...KINDS),
  outcome: fc.constantFrom('passed', 'un_passed'),
  mobile: fc.constantFrom(M1, M2),
  source: fc.constant('test'),
  reason: fc.constant(''),
  at: fc.constant(at),
  expiresAt: fc.constant(undefined),
  endedAt: fc.constant(undefined),
});
const anyChecks = fc.array(anyCheck, { maxLength: 14 });
const withChecks = (checks: readonly IdentityCheck[]): PersonDossier => ({ ...person([]), checks });

describe('compliance of any personal flow', () => {
  it('does not depend on the order of checks', () => {
    const shuffled = anyChecks.chain((checks) =>
      fc.tuple(fc.constant(checks), fc.shuffledSubarray(checks, { minLength: checks.length })),
    );
    fc.assert(fc.property(shuffled, ([one, other]) => isCompliant(withChecks(one)) === isCompliant(withChecks(other))));
  });

  it('is never lost by a further check', () => {
    fc.assert(
      fc.property(anyChecks, anyCheck, (checks, more) => {
        return !isCompliant(withChecks(checks)) || isCompliant(withChecks([...checks, more]));
      }),
    );
  });

  it('never comes from mixed mobiles', () => {
    const noFace = anyChecks.map((checks) => checks.filter((check) => check.kind !== 'face'));
    fc.assert(
      fc.property(noFace, (checks) => {
        const byOneMobile = [M1, M2].some((mobile) =>
          isCompliant(withChecks(checks.filter((check) => check.mobile === mobile))),
        );
        return isCompliant(withChecks(checks)) === byOneMobile;
      }),
    );
  });

  it('never comes from checks of another flow', () => {
    fc.assert(
      fc.property(anyChecks, (checks) => {
        const own = checks.filter((check) => check.verificationId === 'P');
        return isCompliant(withChecks(checks)) === isCompliant(withChecks(own));
      }),
    );
  });
});

describe('a company flow', () => {
  const RECORD: Step = ['company-record'];
  const NUMBER: Step = ['company-representative'];
  const verified = person(CARRIER_WAY);
  const verifiedNamesake = person(CARRIER_WAY, NAMESAKE, 'N');

  it.each<[string, CompanyDossier]>([
    ['4element and its representative', company([NUMBER], verified)],
    ['3element, the register naming the agent by number', company([RECORD, NUMBER], verified)],
    ['3element and a letter', company([RECORD, ['authorization-letter']], verifiedNamesake)],
    ['3element and a payout', company([RECORD, ['payout']], verifiedNamesake)],
    ['4element after a failed 3element', company([['company-record', undefined, 'un_passed'], NUMBER], verified)],
  ])('is compliant by %s', (_, dossier) => {
    expect(isCompliant(dossier)).toBe(true);
  });

  const { idNumber: _, ...nameless } = COMPANY.legalRepresentative;
  it.each<[string, CompanyDossier]>([
    ['no agent', company([RECORD, NUMBER])],
    ['an agent without compliant flow', company([NUMBER], person([['carrier', M1]]))],
    ['failed facts', company([['company-representative', undefined, 'un_passed']], verified)],
    ['a namesake of the representative', company([NUMBER], verifiedNamesake)],
    ['another name with the same number', company([NUMBER], person(CARRIER_WAY, { ...ZHANG, name: '李四' }))],
    ['3element alone, though the names agree', company([RECORD], verified)],
    [
      '3element with a number nobody confirmed',
      company([RECORD, ['company-representative', undefined, 'un_passed']], verified),
    ],
    ['a number that is not on record', company([NUMBER], verified, { ...COMPANY, legalRepresentative: nameless })],
    ['a letter without facts', company([['authorization-letter']], verified)],
    ['a refused letter', company([RECORD, ['authorization-letter', undefined, 'un_passed']], verifiedNamesake)],
    [
      'an agent who is not the bound one',
      {
        ...company([NUMBER], verified),
        agent: { ...verified, verification: { ...verified.verification, id: 'X' }, checks: toChecks('X', CARRIER_WAY) },
      },
    ],
  ])('is not compliant by %s', (_, dossier) => {
    expect(isCompliant(dossier)).toBe(false);
  });

  it('compares names by their letters, not by their typing', () => {
    const agent = person(CARRIER_WAY, { ...ZHANG, name: '阿卜杜拉•买买提' });
    const legalRepresentative = { name: '阿卜杜拉·买买提', idNumber: ZHANG.idNumber };

    expect(isCompliant(company([NUMBER], agent, { ...COMPANY, legalRepresentative }))).toBe(true);
  });
});

describe('a flow at a glance', () => {
  it.each<[string, readonly Step[], string]>([
    ['a passed check', [['name-and-id']], 'passed'],
    ['a failed check', [['carrier', M1, 'un_passed']], 'un_passed'],
    [
      'a mended check',
      [
        ['carrier', M2, 'un_passed'],
        ['carrier', M1],
      ],
      'passed',
    ],
    ['an open code', CARRIER_WAY.slice(0, 2), 'processing'],
    ['an open face', [['name-and-id'], ['face', undefined, 'processing']], 'processing'],
    [
      'an open face beside a failed check',
      [
        ['carrier', M1, 'un_passed'],
        ['face', undefined, 'processing'],
      ],
      'un_passed',
    ],
    ['a whole way beside an open face', [...CARRIER_WAY, ['face', undefined, 'processing']], 'passed'],
    ['a wrong code', [...CARRIER_WAY.slice(0, 2), ['sms-verified', M1, 'un_passed']], 'un_passed'],
    ['the whole way', CARRIER_WAY, 'passed'],
    ['the whole way and a failure after it', [...CARRIER_WAY, ['carrier', M2, 'un_passed']], 'passed'],
  ])('shows %s', (_, steps, expected) => {
    expect(overallStatus(person(steps))).toBe(expected);
  });

  it.each<[string, IdentityCheck['kind'], boolean]>([
    ['a payout', 'payout', true],
    ['a letter', 'authorization-letter', true],
    ['no face', 'face', false],
  ])('is held by an open check: %s', (_, kind, isHeld) => {
    const [open] = toChecks('P', [[kind, undefined, 'processing']]);
    const ends = [30, 72].map((hours) => new Date(at.getTime() + hours * 3_600_000));
    const checks = ends.map((expiresAt) => ({ ...(open as IdentityCheck), expiresAt }));

    expect(holdOf(checks)).toEqual(isHeld ? ends[1] : undefined);
    expect(holdOf(checks.map((check) => ({ ...check, outcome: 'passed' })))).toBeUndefined();
  });

  it('ends a day after its last progress or with what holds it, whichever is later', () => {
    const hours = (count: number) => new Date(at.getTime() + count * 3_600_000);

    expect(endOfLife({ lastProgressAt: at, heldUntil: undefined })).toEqual(hours(24));
    expect(endOfLife({ lastProgressAt: at, heldUntil: hours(72) })).toEqual(hours(72));
    expect(endOfLife({ lastProgressAt: hours(60), heldUntil: hours(72) })).toEqual(hours(84));
  });

  it('lives 24 hours from its last progress', () => {
    const { verification } = person([]);
    const later = (ms: number) => new Date(at.getTime() + 24 * 3_600_000 + ms);

    expect(isExpired(verification, later(0))).toBe(false);
    expect(isExpired(verification, later(1))).toBe(true);
  });
});
