import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  APP,
  EXAMPLE_COMPANY,
  type IdentityFixture,
  LI_NA,
  NAMESAKE,
  OTHER_APP,
  RECORD_ONLY_COMPANY,
  startIdentity,
  ZHANG_SAN,
  ZHUOMA,
} from './testing/identity-fixture.ts';

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

const { legalRepresentative, ...record } = EXAMPLE_COMPANY;
const RECORD_FACTS = { ...record, legalRepresentative: { name: legalRepresentative.name } };

describe('a company flow', () => {
  it('is compliant by 4element and its legal representative as agent', async () => {
    const agentFlow = await given.certify(ZHANG_SAN);
    const facts = EXAMPLE_COMPANY;
    const checked = await given.identity.checkCompanyRepresentative(APP, { facts, verificationId: agentFlow });

    expect(checked).toMatchObject({ outcome: 'passed' });
    expect(checked.verificationId).not.toBe(agentFlow);
    const report = await given.identity.getVerification(APP, checked);
    expect(report).toMatchObject({ isCompliant: true, verification: { agentVerificationId: agentFlow } });
    expect(await given.consume(agentFlow)).toMatchObject({ kind: 'person', name: '张三' });
  });

  it('is compliant by 3element, the platform asking whether the agent is the representative', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    const checked = await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS, verificationId });

    const report = await given.identity.getVerification(APP, checked);
    expect(report.isCompliant).toBe(true);
    expect(report.checks.map(({ kind }) => kind)).toEqual(['company-record', 'company-representative']);
    expect(report.checks[0]?.id).toBe(checked.checkId);
    expect(report.verification.facts).toMatchObject({ legalRepresentative: ZHANG_SAN.facts });
  });

  it('is not compliant by a namesake of its representative', async () => {
    const verificationId = await given.certify(NAMESAKE);
    const checked = await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS, verificationId });

    expect(checked.outcome).toBe('passed');
    const report = await given.identity.getVerification(APP, checked);
    expect(report).toMatchObject({ isCompliant: false, status: 'un_passed' });
    expect(report.verification.facts).toEqual(RECORD_FACTS);
  });

  it('is not compliant when the register does not know the representative by number', async () => {
    const verificationId = await given.certify(ZHUOMA);
    const facts = RECORD_ONLY_COMPANY;

    const checked = await given.identity.checkCompanyRecord(APP, { facts, verificationId });
    await given.identity.checkCompanyRepresentative(APP, { facts, ...checked });

    expect(checked.outcome).toBe('passed');
    const report = await given.identity.getVerification(APP, checked);
    expect(report).toMatchObject({ isCompliant: false, status: 'un_passed' });
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'un_passed', 'un_passed']);
  });

  it('is not compliant by an agent of another name, and asks nothing about that agent', async () => {
    const verificationId = await given.certify(LI_NA);
    const checked = await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS, verificationId });

    const report = await given.identity.getVerification(APP, checked);
    expect(report.isCompliant).toBe(false);
    expect(report.checks).toHaveLength(1);
  });

  it('is continued under its own number and takes the number of a passed 4element in', async () => {
    const verificationId = await given.certify(NAMESAKE);
    const first = await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS, verificationId });
    const wrong = {
      ...EXAMPLE_COMPANY,
      legalRepresentative: { ...legalRepresentative, idNumber: LI_NA.facts.idNumber },
    };

    const refused = await given.identity.checkCompanyRepresentative(APP, { facts: wrong, ...first });
    const passed = await given.identity.checkCompanyRepresentative(APP, { facts: EXAMPLE_COMPANY, ...first });

    expect([refused.outcome, passed.outcome]).toEqual(['un_passed', 'passed']);
    expect(passed.verificationId).toBe(first.verificationId);
    const { verification } = await given.identity.getVerification(APP, first);
    expect(verification.facts).toEqual(EXAMPLE_COMPANY);
    await expect(given.identity.checkCompanyRepresentative(APP, { facts: wrong, ...first })).rejects.toMatchObject({
      error: 'FLOW_FACTS_DIFFER',
      msg: expect.stringContaining('法定代表人证件号'),
    });
  });

  it('binds an agent whose flow has become a user already', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    await given.consume(verificationId);
    const facts = EXAMPLE_COMPANY;

    const checked = await given.identity.checkCompanyRepresentative(APP, { facts, verificationId });
    expect(await given.identity.getVerification(APP, checked)).toMatchObject({ isCompliant: true });
  });

  it('binds no agent whose flow is not compliant, expired or of another app', async () => {
    const facts = EXAMPLE_COMPANY;
    const bind = (verificationId: string, app = APP) =>
      given.identity.checkCompanyRepresentative(app, { facts, verificationId, businessCode: 'B' });
    const open = await given.carrier(ZHANG_SAN);
    const certified = await given.certify(ZHANG_SAN);

    await expect(bind(open.verificationId)).rejects.toMatchObject({
      error: 'FLOW_NOT_COMPLIANT',
      msg: expect.stringContaining('经办人'),
    });
    await expect(bind(certified, OTHER_APP)).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await expect(bind('OPFN000000nowhere')).rejects.toThrow('FLOW_NOT_FOUND');
    given.clock.advance({ hours: 25 });
    await expect(bind(certified)).rejects.toThrow('FLOW_EXPIRED');
    await expect(given.identity.getVerification(APP, { businessCode: 'B' })).rejects.toThrow('FLOW_NOT_FOUND');
  });

  it('is no flow for personal checks', async () => {
    const { verificationId } = await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS });

    await expect(given.carrier(ZHANG_SAN, { verificationId })).rejects.toThrow('FLOW_OF_ANOTHER_KIND');
    await expect(given.identity.sendSmsCode(APP, verificationId)).rejects.toThrow('FLOW_OF_ANOTHER_KIND');
  });

  it('outlives its agent’s own flow', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    given.clock.advance({ hours: 23 });
    const checked = await given.identity.checkCompanyRepresentative(APP, { facts: EXAMPLE_COMPANY, verificationId });
    given.clock.advance({ hours: 2 });

    await expect(given.consume(verificationId)).rejects.toThrow('FLOW_EXPIRED');
    expect(await given.consume(checked.verificationId)).toEqual({
      ...EXAMPLE_COMPANY,
      kind: 'organization',
      verificationId: checked.verificationId,
      agentVerificationId: verificationId,
    });
  });
});
