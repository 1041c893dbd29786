/** People and companies that the contract of identity sources is about; a vendor on this machine knows the same. */
import type { AskedCompany, AskedPerson } from './registry-contract.ts';

export const CONTRACT_PERSON = person('张三', '110101199003078857', '13800000000', '6222020200000000014');
export const CONTRACT_STRANGER = person('无名氏', '110101195001010013', '13800000098', '6222020200000000089');
export const CONTRACT_SILENT = person('冯磊', '370202198403170017', '13800000009', '6222020200000000105');
export const CONTRACT_COMPANY = company('北京示例科技有限公司', '91110105MA01D00006');
export const CONTRACT_STRANGE_COMPANY = company('查无此司', '91350203MA2Y00009T');
export const CONTRACT_SILENT_COMPANY = company('武汉离线数据有限公司', '91420100MA4K00006B');

function person(name: string, idNumber: string, mobile: string, bankCardNumber: string): AskedPerson {
  return { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber, mobile, bankCardNumber };
}

function company(name: string, idNumber: string): AskedCompany {
  return {
    ...{ name, idDocumentType: 'CRED_ORG_USCC', idNumber, representativeName: CONTRACT_PERSON.name },
    representativeIdNumber: CONTRACT_PERSON.idNumber,
  };
}
