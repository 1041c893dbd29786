/** A company's flow that was begun without its agent finds one, in whichever order things happen. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_TASK } from './agent-seeking.ts';
import {
  APP,
  EXAMPLE_COMPANY,
  type IdentityFixture,
  LI_NA,
  OTHER_APP,
  startIdentity,
  ZHANG_SAN,
} from './testing/identity-fixture.ts';

let given: IdentityFixture;
beforeEach(async () => {
  given = await startIdentity();
});
afterEach(() => given.drop());

const BANK = { accountNumber: '110000000001', bankName: '中国银行', branchCode: '104100000018' };
const letterOf = ({ facts: { name, idNumber } }: typeof LI_NA) => ({
  fileCode: 'FC_LETTER',
  agent: { name, idNumber },
});
const { legalRepresentative, ...record } = EXAMPLE_COMPANY;
const RECORD_FACTS = { ...record, legalRepresentative: { name: legalRepresentative.name } };

async function companyAlone(): Promise<string> {
  return (await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS })).verificationId;
}

const agentOf = async (verificationId: string) => {
  const { verification, isCompliant } = await given.identity.getVerification(APP, { verificationId });
  return { agent: verification.kind === 'organization' && verification.agentVerificationId, isCompliant };
};
const told = () =>
  given.published.filter(({ event }) => event.type === 'company-verified').map(({ event }) => event.data);
/** What the job runner would do. */
const runBinding = (verificationId: string) => given.identity.tasks[AGENT_TASK]?.({ verificationId }, {} as never);

describe('a company that was begun without its agent', () => {
  it('gets whom its letter names and who is verified already, and is compliant with the approval', async () => {
    const verificationId = await companyAlone();
    const agent = await given.certify(LI_NA);

    const { checkId } = await given.identity.uploadAuthorization(APP, { verificationId, ...letterOf(LI_NA) });
    const uploaded = await agentOf(verificationId);
    await given.identity.decideAuthorization({ checkId, passed: true, by: 'operator:rita' });

    expect(uploaded).toEqual({ agent, isCompliant: false });
    expect(await agentOf(verificationId)).toEqual({ agent, isCompliant: true });
    expect(told()).toMatchObject([{ verificationId, checkId, outcome: 'passed', compliant: true }]);
    expect((await given.evidenceOf({ verificationId })).map(({ kind }) => kind)).toContain('verification-agent-bound');
  });

  it('gets whom its letter names and who is verified later, and is compliant then', async () => {
    const verificationId = await companyAlone();
    const { checkId } = await given.identity.uploadAuthorization(APP, { verificationId, ...letterOf(LI_NA) });
    await given.identity.decideAuthorization({ checkId, passed: true, by: 'operator:rita' });
    const before = await agentOf(verificationId);
    const agent = await given.certify(LI_NA);
    await runBinding(agent);
    await runBinding(agent);

    expect(before).toEqual({ agent: undefined, isCompliant: false });
    expect(await agentOf(verificationId)).toEqual({ agent, isCompliant: true });
    expect(told()).toMatchObject([{ verificationId, checkId, outcome: 'passed', compliant: true }]);
    const waiting = await given.jobsNamed(AGENT_TASK);
    expect(waiting).toEqual([{ verificationId: agent }]);
  });

  it('gets whom a payout names, also the other way round with the facts', async () => {
    const verificationId = await companyAlone();
    const agent = await given.certify(LI_NA);
    await given.identity.startPayout(APP, { verificationId, agentVerificationId: agent, ...BANK });

    expect(await agentOf(verificationId)).toEqual({ agent, isCompliant: false });
  });

  it('is compliant at once when a call names its representative as the agent', async () => {
    const { verificationId } = await given.identity.checkCompanyRepresentative(APP, { facts: EXAMPLE_COMPANY });
    const agent = await given.certify(ZHANG_SAN);
    const again = { facts: RECORD_FACTS, verificationId, agentVerificationId: agent };

    expect((await given.identity.checkCompanyRecord(APP, again)).verificationId).toBe(verificationId);
    expect(await agentOf(verificationId)).toEqual({ agent, isCompliant: true });
    expect(told()).toMatchObject([{ verificationId, compliant: true }]);
  });

  it('is asked by number whether a namesake, named later, is its representative', async () => {
    const verificationId = await companyAlone();
    const agent = await given.certify(ZHANG_SAN);
    await given.identity.checkCompanyRecord(APP, { facts: RECORD_FACTS, verificationId, agentVerificationId: agent });

    const { checks } = await given.identity.getVerification(APP, { verificationId });
    expect(checks.map(({ kind }) => kind)).toEqual(['company-record', 'company-record', 'company-representative']);
    expect((await agentOf(verificationId)).isCompliant).toBe(true);
  });

  it('is bound once by a letter and an agent that end at the same moment', async () => {
    const verificationId = await companyAlone();
    const { verificationId: agent } = await given.carrier(LI_NA);
    await given.identity.sendSmsCode(APP, agent);
    const code = await given.newestCode(LI_NA.mobile);

    await Promise.all([
      given.identity.uploadAuthorization(APP, { verificationId, ...letterOf(LI_NA) }),
      given.identity.verifySmsCode(APP, { verificationId: agent, code }),
    ]);
    for (const { verificationId: named } of await given.jobsNamed(AGENT_TASK)) await runBinding(String(named));

    expect((await agentOf(verificationId)).agent).toBe(agent);
  });

  it('takes no agent of another app, unverified, or other than its letter names', async () => {
    const verificationId = await companyAlone();
    const name = (agentVerificationId: string, app = APP) =>
      given.identity.startPayout(app, { verificationId, agentVerificationId, ...BANK });
    const { verificationId: unverified } = await given.carrier(LI_NA);
    await expect(name(unverified)).rejects.toThrow('FLOW_NOT_COMPLIANT');
    await expect(name('OPFN000000AAAAAAAAAAAA')).rejects.toThrow('FLOW_NOT_FOUND');
    const stranger = await given.certify(ZHANG_SAN);
    await expect(name(stranger, OTHER_APP)).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await given.identity.uploadAuthorization(APP, { verificationId, ...letterOf(LI_NA) });

    await expect(name(stranger)).rejects.toThrow('FLOW_FACTS_DIFFER');
    expect(await agentOf(verificationId)).toEqual({ agent: undefined, isCompliant: false });
  });
});
