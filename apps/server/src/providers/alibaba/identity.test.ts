import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  IdentityCheckNotOffered,
  type IdentityRegistry,
  IdentitySourceUnavailable,
} from '../../modules/identity/ports.ts';
import { CONTRACT_COMPANY, CONTRACT_PERSON } from '../../modules/identity/testing/contract-people.ts';
import { describeIdentityRegistry } from '../../modules/identity/testing/registry-contract.ts';
import { createAlibabaRegistry } from './identity.ts';
import { type AlibabaReply, type FakeAlibaba, refused, startFakeAlibaba } from './testing/fake-alibaba.ts';
import { CONTRACT_FACTS, teachCompanies, teachPeople } from './testing/identity-replies.ts';

describeIdentityRegistry('Alibaba Cloud', async () => {
  const vendor = await startFakeAlibaba();
  teachPeople(vendor);
  teachCompanies(vendor);
  return {
    registry: createAlibabaRegistry({ api: vendor.api, scene: 'signet' }),
    ...CONTRACT_FACTS,
    close: vendor.close,
  };
});

let vendor: FakeAlibaba;
let registry: IdentityRegistry;
beforeEach(async () => {
  vendor = await startFakeAlibaba({ tryMs: 300 });
  registry = createAlibabaRegistry({ api: vendor.api, scene: 'lease_2026' });
});
afterEach(() => vendor.close());

const ask = () => registry.checkNameAndId(CONTRACT_PERSON);
const say = (action: string, reply: AlibabaReply) => vendor.replies.set(action, () => reply);

describe('Alibaba Cloud is asked', () => {
  it('with the documented names of everything, also where a name holds reserved characters', async () => {
    teachCompanies(vendor);
    const name = "北京(示例)*&='科技'有限公司+~";
    await registry.checkCompanyRepresentative({ ...CONTRACT_COMPANY, name });

    const [{ headers, query, method }] = vendor.received as [(typeof vendor.received)[0]];
    expect([method, headers['x-acs-action'], headers['x-acs-version']]).toEqual([
      ...['POST', 'EntElementVerifyV2', '2022-11-25'],
    ]);
    expect(Object.fromEntries(query)).toEqual({
      ...{ SceneCode: 'lease_2026', MerchantBizId: expect.stringMatching(/^\d{19}$/), MerchantUserId: 'signet' },
      ...{ UserAuthorization: '1', InfoVerifyType: 'ENT_4META', LicenseNo: '91110105MA01D00006', EntName: name },
      ...{ LegalPersonName: '张三', LegalPersonCertNo: '110101199003078857' },
    });
  });

  it('not at all about documents that it does not know', async () => {
    const passport = { ...CONTRACT_PERSON, idDocumentType: 'CRED_PSN_PASSPORT' };
    const oldNumber = { ...CONTRACT_COMPANY, idDocumentType: 'CRED_CORP_REGCODE' };

    await expect(registry.checkCarrier(passport)).rejects.toBeInstanceOf(IdentityCheckNotOffered);
    await expect(registry.checkCompanyRecord(oldNumber)).rejects.toBeInstanceOf(IdentityCheckNotOffered);
    expect(vendor.received).toEqual([]);
  });
});

describe('a result of Alibaba Cloud', () => {
  it.each([
    ['checkNameAndId', 'Id2MetaVerify', { BizCode: '2' }, '信息与本人不一致'],
    ['checkNameAndId', 'Id2MetaVerify', { BizCode: '3' }, '未查得'],
    ['checkCarrier', 'Mobile3MetaDetailVerify', { BizCode: '2', SubCode: '202' }, '手机号与证件号不一致'],
    ['checkCarrier', 'Mobile3MetaDetailVerify', { BizCode: '2', SubCode: '999' }, '信息与本人不一致'],
    ['checkBankCard', 'BankMetaVerify', { BizCode: '2', SubCode: '210' }, '银行卡已挂失'],
    ['checkBankCard', 'BankMetaVerify', { BizCode: '3', SubCode: '304' }, '未查得'],
  ] as const)('%s by %s: %o means %s', async (check, action, ResultObject, reason) => {
    say(action, { Code: '200', ResultObject });

    expect(await registry[check](CONTRACT_PERSON)).toMatchObject({
      ...{ outcome: 'un_passed', reason, source: `alibaba:cloudauth.${action}` },
    });
  });

  it('says of a name that is none that it does not pass', async () => {
    say('Id2MetaVerify', { Code: '401', Message: '参数非法' });
    expect(await ask()).toMatchObject({ outcome: 'un_passed', reason: '姓名或号码不合法' });
  });

  it.each([
    [{ Code: '200' }, 1],
    [{ Code: '200', ResultObject: null }, 1],
    [{ Code: '200', ResultObject: { BizCode: '0' } }, 1],
    [{ Code: '200', ResultObject: { BizCode: 1 } }, 1],
    [{ Code: '402' }, 2],
    [{ Code: '403' }, 2],
    [{ Code: '410' }, 1],
    [{ Code: '411' }, 1],
    [{ Code: '412' }, 1],
    [{ Code: '500' }, 2],
    [{ ResultObject: { BizCode: '1' } }, 1],
  ])('passes nobody when it is %o, and is asked %i times', async (reply, requests) => {
    say('Id2MetaVerify', reply);

    await expect(ask()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(vendor.received).toHaveLength(requests);
  });

  it.each([
    [{ BizCode: '1', Status: '3' }, '企业已注销'],
    [{ BizCode: '1', Status: 4 }, '企业已吊销'],
    [{ BizCode: '2', ReasonDetail: 'LegalPersonNameFlag,LegalPersonCertNoFlag' }, '法定代表人姓名不一致'],
    [{ BizCode: '2' }, '企业信息不一致'],
    [{ BizCode: '3' }, '未查得'],
  ])('about a company: %o means %s', async (Result, reason) => {
    say('EntElementVerifyV2', { Code: 'Success', Result });
    expect(await registry.checkCompanyRecord(CONTRACT_COMPANY)).toMatchObject({ outcome: 'un_passed', reason });
  });

  it.each([
    [{ Code: 'Success' }],
    [{ Code: 'Success', Result: { Status: '1' } }],
    [{ Code: 'Fail', Result: { BizCode: '1' } }],
  ])('about a company passes nobody when it is %o', async (reply) => {
    say('EntElementVerifyV2', reply);
    await expect(registry.checkCompanyRecord(CONTRACT_COMPANY)).rejects.toBeInstanceOf(IdentitySourceUnavailable);
  });
});

describe('a call of Alibaba Cloud', () => {
  it.each([
    ['is refused', { raw: refused('SignatureDoesNotMatch', 400) }, 1, 'refused', 'SignatureDoesNotMatch'],
    ['is throttled', { raw: refused('Throttling.User', 400) }, 2, 'throttled', 'Throttling.User'],
    ['breaks inside', { raw: refused('ServiceUnavailable', 503) }, 2, 'unreachable', 'ServiceUnavailable'],
    ['is cut off', { raw: 'cut' }, 2, 'unreachable', 'UND_ERR_SOCKET'],
    ['gets no answer in time', { raw: 'silence' }, 2, 'timed-out', undefined],
    ['meets a broken gateway', { raw: { status: 502, body: '<html>' } }, 2, 'unreachable', 'HTTP_502'],
    ['gets another language', { raw: { body: 'ok' } }, 1, 'malformed', 'HTTP_200'],
    ['gets an answer without its number', { raw: { body: { Code: '200' } } }, 1, 'malformed', undefined],
  ] as const)('that %s ends within its time, asks again where that helps, and is named', async (...row) => {
    const [, reply, requests, reason, code] = row;
    say('Id2MetaVerify', reply as AlibabaReply);

    const error = await ask().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(IdentitySourceUnavailable);
    expect((error as Error).cause).toMatchObject({ reason, code });
    expect(vendor.received).toHaveLength(requests);
    expect(vendor.logged()).not.toMatch(/张三|110101199003078857/);
  });
});
