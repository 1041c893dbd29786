import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import {
  IdentityCheckNotOffered,
  type IdentityRegistry,
  IdentitySourceUnavailable,
} from '../../modules/identity/ports.ts';
import { CONTRACT_COMPANY, CONTRACT_PERSON } from '../../modules/identity/testing/contract-people.ts';
import { describeIdentityRegistry } from '../../modules/identity/testing/registry-contract.ts';
import { createTencentRegistry } from './identity.ts';
import { type FakeTencent, startFakeTencent, type TencentReply } from './testing/fake-tencent.ts';
import { CONTRACT_FACTS, teachCompanies, teachPeople } from './testing/identity-replies.ts';

describeIdentityRegistry('Tencent Cloud', async () => {
  const vendor = await startFakeTencent();
  teachPeople(vendor);
  teachCompanies(vendor);
  return { registry: createTencentRegistry(vendor.api), ...CONTRACT_FACTS, close: vendor.close };
});

let vendor: FakeTencent;
let registry: IdentityRegistry;
beforeEach(async () => {
  vendor = await startFakeTencent({ tryMs: 300 });
  registry = createTencentRegistry(vendor.api);
});
afterEach(() => vendor.close());

const NAME_AND_ID = 'faceid.IdCardVerification';
const ask = () => registry.checkNameAndId(CONTRACT_PERSON);
const say = (action: string, reply: TencentReply) => vendor.replies.set(action, () => reply);

describe('Tencent Cloud is asked', () => {
  it('with the documented names of everything', async () => {
    teachPeople(vendor);
    await registry.checkBankCard(CONTRACT_PERSON);

    const [{ headers, body, method }] = vendor.received as [(typeof vendor.received)[0]];
    expect([method, headers['x-tc-action'], headers['x-tc-version']]).toEqual([
      ...['POST', 'BankCard4EVerification', '2018-03-01'],
    ]);
    expect(JSON.parse(body)).toEqual({
      ...{ IdCard: '110101199003078857', Name: '张三', Phone: '13800000000', BankCard: '6222020200000000014' },
    });
  });

  it('not at all about documents that it does not know', async () => {
    const passport = { ...CONTRACT_PERSON, idDocumentType: 'CRED_PSN_PASSPORT' };
    const oldNumber = { ...CONTRACT_COMPANY, idDocumentType: 'CRED_ORG_REGCODE' };

    await expect(registry.checkNameAndId(passport)).rejects.toBeInstanceOf(IdentityCheckNotOffered);
    await expect(registry.checkCompanyRecord(oldNumber)).rejects.toBeInstanceOf(IdentityCheckNotOffered);
    expect(vendor.received).toEqual([]);
  });
});

describe('a result of Tencent Cloud', () => {
  it.each([
    ['checkNameAndId', NAME_AND_ID, '-1', '姓名与证件号不一致'],
    ['checkNameAndId', NAME_AND_ID, '-3', '姓名不合法'],
    ['checkNameAndId', NAME_AND_ID, '-5', '证件库中无此记录'],
    ['checkCarrier', 'faceid.PhoneVerification', '-4', '手机号的实名信息与本人不一致'],
    ['checkCarrier', 'faceid.PhoneVerification', '-9', '未查得'],
    ['checkBankCard', 'faceid.BankCard4EVerification', '-13', '银行卡已挂失'],
    ['checkBankCard', 'faceid.BankCard4EVerification', '-20', '该证件号暂不支持核验'],
  ] as const)('%s by %s: %s means %s', async (check, action, Result, reason) => {
    say(action, { Result, Description: '…' });

    expect(await registry[check](CONTRACT_PERSON)).toMatchObject({
      ...{ outcome: 'un_passed', reason, source: `tencent:${action}` },
    });
  });

  it.each([
    ['the id database is out of order', { Result: '-4' }, 2],
    ['the day is used up', { Result: '-7' }, 1],
    ['nobody has documented it', { Result: '7' }, 1],
    ['it is missing', {}, 1],
    ['it is no text', { Result: { '0': 0 } }, 1],
  ])('passes nobody when %s', async (_, reply, requests) => {
    say(NAME_AND_ID, reply);

    await expect(ask()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(vendor.received).toHaveLength(requests);
  });

  it.each([
    [{ StatusCode: 0, VerifyResult: 1, OperatingStatus: '2' }, '企业非在营'],
    [{ StatusCode: 0, VerifyResult: 1, OperatingStatus: '3' }, '企业已注销'],
    [{ StatusCode: 2 }, '未查得'],
  ])('about a company: %o means %s', async (reply, reason) => {
    say('ocr.VerifyBizLicenseEnterprise3', reply);
    expect(await registry.checkCompanyRecord(CONTRACT_COMPANY)).toMatchObject({ outcome: 'un_passed', reason });
  });

  it.each([
    [{ StatusCode: 0, VerifyResult: 1, OperatingStatus: '4' }, '企业已吊销'],
    [{ StatusCode: 0, VerifyResult: 0, IsLrNameConsistent: false }, '法定代表人姓名不一致'],
    [{ StatusCode: 0, VerifyResult: 0, IsIdNumConsistent: false }, '法定代表人证件号不一致'],
    [{ StatusCode: 0, VerifyResult: 0 }, '企业信息不一致'],
  ])('about a representative: %o means %s', async (reply, reason) => {
    say('ocr.VerifyBizLicenseEnterprise4', reply);
    expect(await registry.checkCompanyRepresentative(CONTRACT_COMPANY)).toMatchObject({ outcome: 'un_passed', reason });
  });

  it.each([[{ StatusCode: 0 }], [{ StatusCode: 0, VerifyResult: '1' }], [{ VerifyResult: 1 }], [{ StatusCode: 1 }]])(
    'about a company passes nobody when it is %o',
    async (reply) => {
      say('ocr.VerifyBizLicenseEnterprise4', reply);
      await expect(registry.checkCompanyRepresentative(CONTRACT_COMPANY)).rejects.toBeInstanceOf(
        IdentitySourceUnavailable,
      );
    },
  );
});

describe('a call of Tencent Cloud', () => {
  it.each([
    ['is refused', 'AuthFailure.SignatureFailure', 1, 'refused', 'AuthFailure.SignatureFailure'],
    ['is throttled', 'RequestLimitExceeded.UinLimitExceeded', 2, 'throttled', 'RequestLimitExceeded.UinLimitExceeded'],
    ['breaks inside', 'InternalError.UnKnown', 2, 'unreachable', 'InternalError.UnKnown'],
    ['is cut off', { raw: 'cut' }, 2, 'unreachable', 'UND_ERR_SOCKET'],
    ['gets no answer in time', { raw: 'silence' }, 2, 'timed-out', undefined],
    ['is sent elsewhere', { raw: { status: 302, headers: { location: '/x' }, body: '' } }, 1, 'malformed', 'HTTP_302'],
    ['meets a broken gateway', { raw: { status: 502, body: '<html>' } }, 2, 'unreachable', 'HTTP_502'],
    ['gets another language', { raw: { body: '<html>张三</html>' } }, 1, 'malformed', 'HTTP_200'],
    ['gets nothing', { raw: { body: {} } }, 1, 'malformed', undefined],
    ['gets an answer without its number', { raw: { body: { Response: { Result: '0' } } } }, 1, 'malformed', undefined],
  ] as const)('that %s ends within its time, asks again where that helps, and is named', async (...row) => {
    const [, reply, requests, reason, code] = row;
    say(NAME_AND_ID, reply as TencentReply);

    const error = await ask().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(IdentitySourceUnavailable);
    expect((error as Error).cause).toBeInstanceOf(RemoteCallError);
    expect((error as Error).cause).toMatchObject({ reason, code });
    expect(vendor.received).toHaveLength(requests);
  });

  it('is answered when only the first try fails', async () => {
    const answers: TencentReply[] = ['RequestLimitExceeded', { Result: '0' }];
    vendor.replies.set(NAME_AND_ID, () => answers.shift() ?? 'InternalError');

    expect(await ask()).toMatchObject({ outcome: 'passed' });
  });

  it('leaves the fault in the log, and nobody’s name or number', async () => {
    say(NAME_AND_ID, 'FailedOperation.UnKnown');
    await ask().catch(() => undefined);

    expect(vendor.logged()).toContain('"code":"FailedOperation.UnKnown"');
    expect(vendor.logged()).toContain('"action":"faceid.IdCardVerification"');
    expect(vendor.logged()).not.toMatch(/张三|110101199003078857/);
  });
});
