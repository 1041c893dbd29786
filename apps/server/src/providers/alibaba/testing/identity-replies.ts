/** What Alibaba Cloud documents to answer about the people and companies of the contract. */
import {
  CONTRACT_COMPANY,
  CONTRACT_PERSON,
  CONTRACT_SILENT,
  CONTRACT_SILENT_COMPANY,
  CONTRACT_STRANGE_COMPANY,
  CONTRACT_STRANGER,
} from '../../../modules/identity/testing/contract-people.ts';
import { type AlibabaReply, type FakeAlibaba, refused } from './fake-alibaba.ts';

export const CONTRACT_FACTS = {
  ...{ person: CONTRACT_PERSON, company: CONTRACT_COMPANY, stranger: CONTRACT_STRANGER },
  ...{ strangeCompany: CONTRACT_STRANGE_COMPANY, silentPerson: CONTRACT_SILENT },
  silentCompany: CONTRACT_SILENT_COMPANY,
};

export function teachPeople({ replies }: FakeAlibaba): void {
  const { name, idNumber, mobile, bankCardNumber } = CONTRACT_PERSON;
  const judge =
    (SubCode: string, fits: (asked: URLSearchParams) => boolean) =>
    (asked: URLSearchParams): AlibabaReply => {
      if (asked.get('ParamType') !== 'normal') return { Code: '401' };
      if (asked.get('IdentifyNum') === CONTRACT_SILENT.idNumber) return { Code: '402', Message: '权威源服务异常' };
      if (asked.get('IdentifyNum') !== idNumber) return { Code: '200', ResultObject: { BizCode: '3', SubCode: '301' } };
      const isRight = asked.get('UserName') === name && fits(asked);
      return { Code: '200', ResultObject: isRight ? { BizCode: '1', SubCode: '101' } : { BizCode: '2', SubCode } };
    };
  const isMobile = (asked: URLSearchParams): boolean => asked.get('Mobile') === mobile;
  replies.set(
    'Id2MetaVerify',
    judge('201', () => true),
  );
  replies.set('Mobile3MetaDetailVerify', judge('204', isMobile));
  replies.set(
    'BankMetaVerify',
    judge('201', (asked) => {
      const isFour = asked.get('ProductType') === 'BANK_CARD_4_META' && asked.get('VerifyMode') === 'VERIFY_BANK_CARD';
      return isFour && isMobile(asked) && asked.get('BankCard') === bankCardNumber;
    }),
  );
}

export function teachCompanies({ replies }: FakeAlibaba): void {
  const { name, idNumber, representativeName, representativeIdNumber } = CONTRACT_COMPANY;
  replies.set('EntElementVerifyV2', (asked) => {
    const must = ['SceneCode', 'MerchantBizId', 'MerchantUserId', 'UserAuthorization', 'InfoVerifyType'];
    if (must.some((field) => !asked.get(field))) return { raw: refused('MissingParameter', 400) };
    if (asked.get('LicenseNo') === CONTRACT_SILENT_COMPANY.idNumber) return { raw: refused('InternalError', 500) };
    if (asked.get('LicenseNo') !== idNumber) return { Code: 'Success', Result: { BizCode: '3' } };
    const differing = [
      ...(asked.get('EntName') === name ? [] : ['EntNameFlag']),
      ...(asked.get('LegalPersonName') === representativeName ? [] : ['LegalPersonNameFlag']),
      ...(asked.get('InfoVerifyType') === 'ENT_3META' || asked.get('LegalPersonCertNo') === representativeIdNumber
        ? []
        : ['LegalPersonCertNoFlag']),
    ];
    const BizCode = differing.length === 0 ? '1' : '2';
    return { Code: 'Success', Result: { BizCode, ReasonDetail: differing.join(','), Status: '1' } };
  });
}
