import { openApi } from '@signet/protocol/open-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../modules/apps/index.ts';
import {
  APP,
  EXAMPLE_COMPANY,
  type IdentityFixture,
  startIdentity,
  ZHANG_SAN,
} from '../../../modules/identity/testing/identity-fixture.ts';
import { companyIdentityRoutes } from './company-identity.ts';
import { personIdentityRoutes } from './person-identity.ts';
import { sandboxPeopleRoutes } from './sandbox-people.ts';
import { verificationReportRoutes } from './verification-report.ts';

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

type Name = keyof typeof openApi;

/** As the gateway calls a route: the input parsed, the result held against its declaration. */
async function call(name: Name, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const routes = [
    ...personIdentityRoutes(given),
    ...companyIdentityRoutes({ ...given, files: { upload: () => Promise.reject(new Error('no upload is expected')) } }),
    ...verificationReportRoutes(given),
    ...sandboxPeopleRoutes(given),
  ];
  const route = routes.find(({ endpoint }) => endpoint === openApi[name]);
  const parsed = openApi[name].input.parse(input) as Record<string, unknown>;
  const result = await route?.handle({
    app: APP as unknown as App,
    input: parsed,
    upload: undefined,
    address: '127.0.0.1',
  });
  expect(openApi[name].result.parse(result)).toEqual(result);
  return result as Record<string, unknown>;
}

const PERSON = { psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' };
const RECORD = {
  ...{ corpName: EXAMPLE_COMPANY.name, corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: EXAMPLE_COMPANY.idNumber },
  legalRepName: '张三',
};

describe('identity on the wire', () => {
  it('plays a person and a company from first check to compliant flow', async () => {
    const checked = await call('checkPersonCarrier', { ...PERSON, psnMobile: 13800000000, businessCode: 'B-1' });
    expect(checked).toEqual({
      ...{ verifyStatus: 'passed', flowNo: expect.stringMatching(/^OPFN\d{6}[A-Za-z]{12}$/) },
      serviceId: expect.any(String),
    });
    const { flowNo } = checked;

    const sent = await call('sendPersonSmsCode', { flowNo });
    expect(sent).toEqual({ flowNo, serviceId: expect.any(String), expireSeconds: 300 });
    const messages = await call('listSandboxMessages', { phone: 13800000000 });
    const [message] = messages.list as { phone: string; text: string; code: string; time: string }[];
    expect(message).toMatchObject({ phone: '13800000000', time: '2026-11-24 10:00:00' });
    expect(message?.text).toContain(message?.code);

    const judged = await call('verifyPersonSmsCode', { flowNo, serviceId: sent.serviceId, smsCode: message?.code });
    expect(judged).toMatchObject({ verifyStatus: 'passed', flowNo, remainingAttempts: 4 });

    const company = await call('checkCompanyRepresentative', {
      ...{ ...RECORD, flowNo, legalRepIDCardType: PERSON.psnIDCardType, legalRepIDCardNum: PERSON.psnIDCardNum },
    });
    expect(await call('getVerification', { flowNo: company.flowNo })).toMatchObject({
      ...{ certType: 'corp', verifyStatus: 'passed', compliant: true, agentFlowNo: flowNo, businessCode: null },
      facts: {
        corpName: '北京示例科技有限公司',
        corpIDCardNum: '911***********0006',
        legalRepIDCardNum: '110***********8857',
      },
      items: [{ item: '4element', verifyStatus: 'passed', source: 'sandbox', time: '2026-11-24 10:00:00' }],
      certifiedTime: '2026-11-24 10:00:00',
    });
    expect(await call('getVerification', { businessCode: 'B-1' })).toMatchObject({
      ...{ flowNo, certType: 'psn', compliant: true, agentFlowNo: null, businessCode: 'B-1' },
      facts: { psnName: '张三', psnIDCardNum: '110***********8857', psnMobile: '138****0000' },
      items: [{ item: '3element' }, { item: 'sendSms' }, { item: 'verifySms' }],
    });
  });

  it('answers 2element and 3element of facts that differ with un_passed', async () => {
    expect(await call('checkPersonNameAndId', { ...PERSON, psnName: '张四' })).toMatchObject({
      verifyStatus: 'un_passed',
    });
    expect(await call('checkCompanyRecord', { ...RECORD, legalRepName: '李娜' })).toMatchObject({
      verifyStatus: 'un_passed',
    });
  });

  it('answers a wrong code with the tries that are left', async () => {
    const { verificationId: flowNo } = await given.carrier(ZHANG_SAN);
    await call('sendPersonSmsCode', { flowNo });

    const judged = await call('verifyPersonSmsCode', { flowNo, verifyCode: 'x' });
    expect(judged).toMatchObject({ verifyStatus: 'un_passed', remainingAttempts: 4 });
  });

  it('shows the registry with what each call will say', async () => {
    const shown = await call('listSandboxRegistry', { keyword: '孙伟' });
    expect(shown).toEqual({
      total: 1,
      list: [
        {
          kind: 'person',
          facts: {
            psnName: '孙伟',
            psnIDCardType: 'CRED_PSN_CH_IDCARD',
            psnIDCardNum: '610103199805090015',
            psnMobile: '13800000011',
            psnBankCardNo: '6222020200000000188',
          },
          behaviour: {
            'psnCert/2element': 'passed: 一致',
            'psnCert/3element': 'un_passed: 手机号已销号',
            'psnCert/4element': 'passed: 一致',
          },
        },
      ],
    });
    const [company] = (await call('listSandboxRegistry', { keyword: '青岛简档' })).list as { facts: object }[];
    expect(openApi.checkCompanyRepresentative.input.safeParse(company?.facts).success).toBe(true);
  });

  it('refuses a document type that does not fit the number', () => {
    const parsed = openApi.checkCompanyRecord.input.safeParse({ ...RECORD, corpIDCardType: 'CRED_ORG_REGCODE' });
    expect(parsed.error?.issues).toMatchObject([{ path: ['corpIDCardNum'], message: '与corpIDCardType不符' }]);
  });
});
