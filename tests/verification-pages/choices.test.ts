/** What an app may choose for the pages of 实名认证: modes, defaults, fields that may be changed, and where they return to. */
import type { CompanyVerificationState, PageFailure } from '@signet/protocol/page-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  LI_NA,
  LI_NA_CARD,
  openPersonPage,
  startVerificationScene,
  type VerificationScene,
  ZHANG_SAN,
} from './verification-scene.ts';

let scene: VerificationScene;
beforeAll(async () => {
  scene = await startVerificationScene();
});
afterAll(() => scene.close());

type Answer = CompanyVerificationState & PageFailure;
type CompanyInput = Parameters<VerificationScene['companyLink']>[0];

const EXAMPLE = { name: '北京示例科技有限公司', creditCode: '91110105MA01D00006', representativeName: '张三' };
const AUTH = { corpName: EXAMPLE.name, corpIDCardNum: EXAMPLE.creditCode, legalRepName: '张三' };
const ACCOUNT = { bankName: '招商银行', branchCode: '308100005019', accountNumber: '6225880123456789' };
const redirectConfig = { redirectUrl: 'https://app.example/back?from=signet', redirectDelayTime: 3 };

/** The agent is verified; whoever follows gives the company's facts. */
async function companyPage(input: CompanyInput = {}) {
  const { url, flowNo } = await scene.companyLink(input);
  const agent = await openPersonPage(url, '/verify-company/agent');
  const post = (path: string, body: object = {}) => agent.page.post<Answer>(`/verify-company${path}`, body);
  await agent.consent();
  await agent.facts('mobile', LI_NA);
  await agent.passCode();
  return { flowNo, post, look: async () => (await agent.page.get<Answer>('/verify-company')).body };
}

describe('the modes of a person', () => {
  it('are those that the app offers, in its order, with its default first', async () => {
    const page = await scene.personPage({
      pageConfig: { psnAvailableAuthModes: ['mobile', 'bank'], psnDefaultAuthMode: 'bank' },
    });
    await page.consent();

    expect((await page.look()).person).toMatchObject({ modes: ['mobile', 'bank'], mode: 'bank' });
    expect(await page.facts('face', LI_NA)).toMatchObject({ status: 409 });
    expect((await page.facts('bank', { ...LI_NA, bankCardNumber: LI_NA_CARD })).body.person.step).toBe('code');
  });

  it('are all of them unless the app says otherwise', async () => {
    expect((await (await scene.personPage()).look()).person.modes).toEqual(['face', 'mobile', 'bank']);
  });
});

describe('the ways of a company', () => {
  it.each([
    ['a default of transfer', { corpDefaultAuthMode: 'transfer' as const }, 'transfer'],
    ['a default of letter', { corpDefaultAuthMode: 'letter' as const }, 'letter'],
    ['letter alone', { corpAvailableAuthModes: ['letter' as const] }, 'letter'],
    ['no choice', {}, 'way'],
    ['the representative first', { corpAvailableAuthModes: ['legalRep' as const, 'letter' as const] }, 'way'],
  ])('begin, with %s, at the step %s', async (_, pageConfig, step) => {
    const page = await companyPage({ pageConfig });

    expect((await page.post('/company', { facts: EXAMPLE })).body.step).toBe(step);
  });

  it('can be left for another one that is offered, also from the default', async () => {
    const page = await companyPage({ pageConfig: { corpDefaultAuthMode: 'letter' } });
    await page.post('/company', { facts: EXAMPLE });
    await page.post('/way', { mode: 'transfer' });

    expect((await page.post('/transfer', ACCOUNT)).body).toMatchObject({ step: 'amount', mode: 'transfer' });
  });
});

describe('facts of a company that the app has given', () => {
  it('are locked, those of people masked, unless the app lets them be changed', async () => {
    const page = await companyPage({ corpAuthConfig: AUTH, pageConfig: { corpEditableFields: ['corpName'] } });

    expect((await page.look()).fields).toEqual([
      { name: 'name', value: EXAMPLE.name, locked: false },
      { name: 'creditCode', value: EXAMPLE.creditCode, locked: true },
      { name: 'representativeName', value: '张*', locked: true },
      { name: 'representativeIdNumber', value: '', locked: false },
    ]);
    const wrong = await page.post('/company', { facts: { ...EXAMPLE, name: '北京别家科技有限公司' } });
    const right = await page.post('/company', { facts: { name: EXAMPLE.name, creditCode: '91310115MADR7F1F2T' } });
    expect(wrong).toMatchObject({ status: 422, body: { error: 'FACTS_DIFFER' } });
    expect(right.body.step).toBe('way');
  });

  it('need not be sent when none of them may be changed', async () => {
    const page = await companyPage({ corpAuthConfig: AUTH });

    expect((await page.post('/company', { facts: {} })).body.step).toBe('way');
  });
});

describe('the way back', () => {
  it('of a person carries the outcome, the flow and the business code', async () => {
    const { flowNo, ...page } = await scene.personPage({
      ...{ businessCode: 'back-1', integrationConfig: { clientType: 'h5', redirectConfig } },
    });
    await page.consent();
    await page.facts('mobile', ZHANG_SAN);
    const before = (await page.look()).redirect;
    const { body } = await page.passCode();

    expect(before).toBeNull();
    expect(body.redirect?.delaySeconds).toBe(3);
    expect(queryOf(body.redirect?.url)).toEqual({
      ...{ from: 'signet', businessCode: 'back-1', flowNo, status: 'passed' },
    });
  });

  it('of a person who used up the tries says so', async () => {
    const { flowNo, ...page } = await scene.personPage({
      integrationConfig: { clientType: 'h5', redirectConfig },
    });
    await page.consent();
    for (let i = 0; i < 5; i++) await page.facts('mobile', { ...ZHANG_SAN, mobile: LI_NA.mobile });

    expect(queryOf((await page.look()).redirect?.url)).toEqual({ from: 'signet', flowNo, status: 'un_passed' });
  });

  it('of a company is open while a payout or a letter is waited for, and says which', async () => {
    const page = await companyPage({
      ...{ businessCode: 'back-2', integrationConfig: { clientType: 'h5', redirectConfig } },
      pageConfig: { corpDefaultAuthMode: 'transfer' },
    });
    const { body: ordering } = await page.post('/company', { facts: EXAMPLE });
    const { body: waiting } = await page.post('/transfer', ACCOUNT);
    const [, amount = ''] = /(\d\.\d\d)元/.exec(waiting.payout?.sandboxMessage ?? '') ?? [];
    const { body: done } = await page.post('/amount', { amount });

    expect(ordering.redirect).toBeNull();
    const shared = { from: 'signet', businessCode: 'back-2', flowNo: page.flowNo };
    expect(queryOf(waiting.redirect?.url)).toEqual({ ...shared, status: 'processing' });
    expect(queryOf(done.redirect?.url)).toEqual({ ...shared, status: 'passed' });
  });
});

function queryOf(url = ''): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}
