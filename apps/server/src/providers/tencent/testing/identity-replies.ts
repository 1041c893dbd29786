/** What Tencent Cloud documents to answer about the people and companies of the contract. */
import {
  CONTRACT_COMPANY,
  CONTRACT_PERSON,
  CONTRACT_SILENT,
  CONTRACT_SILENT_COMPANY,
  CONTRACT_STRANGE_COMPANY,
  CONTRACT_STRANGER,
} from '../../../modules/identity/testing/contract-people.ts';
import type { FakeTencent, TencentReply } from './fake-tencent.ts';

export const CONTRACT_FACTS = {
  ...{ person: CONTRACT_PERSON, company: CONTRACT_COMPANY, stranger: CONTRACT_STRANGER },
  ...{ strangeCompany: CONTRACT_STRANGE_COMPANY, silentPerson: CONTRACT_SILENT },
  silentCompany: CONTRACT_SILENT_COMPANY,
};

type Parameters = Readonly<Record<string, unknown>>;

export function teachPeople({ replies }: FakeTencent): void {
  const { name, idNumber, mobile, bankCardNumber } = CONTRACT_PERSON;
  const judge =
    (no: string, unknown: string, fits: (asked: Parameters) => boolean) =>
    (asked: Parameters): TencentReply => {
      if (asked.IdCard === CONTRACT_SILENT.idNumber) return 'InternalError';
      if (asked.IdCard !== idNumber) return { Result: unknown, Description: '查无' };
      const isRight = asked.Name === name && fits(asked);
      return { Result: isRight ? '0' : no, Description: isRight ? '认证通过' : '认证未通过' };
    };
  replies.set(
    'faceid.IdCardVerification',
    judge('-1', '-5', () => true),
  );
  replies.set(
    'faceid.PhoneVerification',
    judge('-4', '-9', ({ Phone }) => Phone === mobile),
  );
  replies.set(
    'faceid.BankCard4EVerification',
    judge('-1', '-1', ({ Phone, BankCard }) => Phone === mobile && BankCard === bankCardNumber),
  );
}

export function teachCompanies({ replies }: FakeTencent): void {
  const { name, idNumber, representativeName, representativeIdNumber } = CONTRACT_COMPANY;
  replies.set('ocr.VerifyBizLicenseEnterprise3', (asked) => {
    if (asked.CreditCode === CONTRACT_SILENT_COMPANY.idNumber) return { StatusCode: 1 };
    if (asked.VerifyType !== 'ENT_3META') return 'InvalidParameter';
    if (asked.CreditCode !== idNumber) return { StatusCode: 2 };
    const isRight = asked.EntName === name && asked.LrName === representativeName;
    return { StatusCode: 0, VerifyResult: isRight ? 1 : 0, OperatingStatus: '1' };
  });
  replies.set('ocr.VerifyBizLicenseEnterprise4', (asked) => {
    if (asked.CreditCode === CONTRACT_SILENT_COMPANY.idNumber) return { StatusCode: 1 };
    const same = {
      IsCreditCodeConsistent: asked.CreditCode === idNumber,
      IsEntNameConsistent: asked.EntName === name,
      IsLrNameConsistent: asked.LrName === representativeName,
      IsIdNumConsistent: asked.IdNum === representativeIdNumber,
    };
    const isRight = Object.values(same).every(Boolean);
    return {
      StatusCode: 0,
      VerifyResult: isRight ? 1 : 0,
      OperatingStatus: '1',
      OperatingPeriod: '2020-02-24/',
      ...same,
    };
  });
}
