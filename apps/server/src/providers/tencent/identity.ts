/**
 * 身份核验 by Tencent Cloud: people by faceid (人脸核身, 2018-03-01), companies by the business-licence checks of ocr
 * (2018-11-19). A result that is not in these tables is no answer, so that nothing new can pass.
 */
import { RemoteCallError } from '../../kernel/remote-call.ts';
import {
  askSource,
  type CompanyQuestion,
  IdentityCheckNotOffered,
  type IdentityRegistry,
  type PersonFacts,
  type RegistryFinding,
} from '../../modules/identity/ports.ts';
import { TENCENT, type TencentAnswer, type TencentApi } from './api.ts';

const FACEID = { service: 'faceid', version: '2018-03-01', isRepeatable: true } as const;
const OCR = { service: 'ocr', version: '2018-11-19', isRepeatable: true } as const;

const RESIDENT_CARD = 'CRED_PSN_CH_IDCARD';
/** 统一社会信用代码, under both of its names. */
const CREDIT_CODE = /^CRED_(ORG|CORP)_USCC$/;

export function createTencentRegistry(api: TencentApi): IdentityRegistry {
  const askPerson = async (
    action: string,
    { facts, more = {}, table }: { facts: PersonFacts; more?: Record<string, string>; table: ResultTable },
  ): Promise<RegistryFinding> => {
    if (facts.idDocumentType !== RESIDENT_CARD) throw new IdentityCheckNotOffered(facts.idDocumentType);
    const parameters = { IdCard: facts.idNumber, Name: facts.name, ...more };
    const call = { ...FACEID, action, parameters };
    return askSource(() => api.call(call, (answer) => ({ ...judge(answer, table), ...originOf(call, answer) })));
  };
  const askCompany = async (
    action: string,
    question: CompanyQuestion,
    { more, read }: { more: Record<string, string>; read: (answer: TencentAnswer) => Verdict },
  ): Promise<RegistryFinding> => {
    if (!CREDIT_CODE.test(question.idDocumentType)) throw new IdentityCheckNotOffered(question.idDocumentType);
    const { idNumber: CreditCode, name: EntName, representativeName: LrName } = question;
    const call = { ...OCR, action, parameters: { CreditCode, EntName, LrName, ...more } };
    return askSource(() => api.call(call, (answer) => ({ ...read(answer), ...originOf(call, answer) })));
  };

  return {
    checkNameAndId: (facts) => askPerson('IdCardVerification', { facts, table: NAME_AND_ID }),
    checkCarrier: ({ mobile: Phone, ...facts }) =>
      askPerson('PhoneVerification', { facts, more: { Phone }, table: CARRIER }),
    checkBankCard: ({ mobile: Phone, bankCardNumber: BankCard, ...facts }) =>
      askPerson('BankCard4EVerification', { facts, more: { Phone, BankCard }, table: BANK_CARD }),
    checkCompanyRecord: (question) =>
      askCompany('VerifyBizLicenseEnterprise3', question, { more: { VerifyType: 'ENT_3META' }, read: judgeRecord }),
    checkCompanyRepresentative: ({ representativeIdNumber: IdNum, ...question }) =>
      askCompany('VerifyBizLicenseEnterprise4', question, { more: { IdNum }, read: judgeRepresentative }),
  };
}

type Verdict = Pick<RegistryFinding, 'outcome' | 'reason'>;

const MATCH: Verdict = { outcome: 'passed', reason: '一致' };

interface ResultTable {
  readonly failed: Readonly<Record<string, string>>;
  /** Faults of the source behind the source. */
  readonly busy: readonly string[];
}

const NAME_AND_ID: ResultTable = {
  failed: {
    '-1': '姓名与证件号不一致',
    '-2': '证件号不合法',
    '-3': '姓名不合法',
    '-5': '证件库中无此记录',
  },
  busy: ['-4', '-6'],
};

const CARRIER: ResultTable = {
  failed: {
    '-4': '手机号的实名信息与本人不一致',
    '-6': '手机号不合法',
    '-7': '证件号有误',
    '-8': '姓名校验不通过',
    '-9': '未查得',
  },
  busy: ['-11'],
};

const BANK_CARD: ResultTable = {
  failed: {
    '-1': '银行卡信息与本人不一致',
    '-2': '姓名校验不通过',
    '-3': '证件号有误',
    '-4': '银行卡号有误',
    '-5': '手机号不合法',
    '-6': '持卡人信息有误',
    '-7': '银行卡未开通无卡支付',
    '-8': '银行卡被没收',
    '-9': '无效卡号',
    '-10': '银行卡无对应发卡行',
    '-11': '银行卡未初始化或为睡眠卡',
    '-12': '作弊卡或吞卡',
    '-13': '银行卡已挂失',
    '-14': '银行卡已过期',
    '-15': '受限制的银行卡',
    '-16': '银行卡密码错误次数超限',
    '-17': '发卡行不支持此交易',
    '-20': '该证件号暂不支持核验',
  },
  busy: ['-18'],
};

/** The results that cost too many questions of one person a day (-7, -12, -19) are in no table: they say nothing about the facts. */
function judge({ Result }: TencentAnswer, { failed, busy }: ResultTable): Verdict {
  const result = String(Result);
  if (result === '0') return MATCH;
  const reason = Object.hasOwn(failed, result) ? failed[result] : undefined;
  if (reason !== undefined) return { outcome: 'un_passed', reason };
  throw new RemoteCallError(busy.includes(result) ? 'unreachable' : 'refused', { code: `Result.${result}` });
}

/** 经营状态 of companies that are no more. */
const ENDED: Readonly<Record<string, string>> = {
  3: '企业已注销',
  4: '企业已吊销',
  5: '企业已撤销',
  7: '企业已撤销登记',
};

function judgeRecord(answer: TencentAnswer): Verdict {
  // 2: nothing found. With three facts the status says no more than 1 (在营) or 2 (非在营).
  if (answer.StatusCode === 2) return { outcome: 'un_passed', reason: '未查得' };
  if (!isMatch(answer)) return { outcome: 'un_passed', reason: '企业名称、证件号或法定代表人姓名不一致' };
  if (String(answer.OperatingStatus) === '2') return { outcome: 'un_passed', reason: '企业非在营' };
  return endedOr(answer, MATCH);
}

const CONSISTENT: readonly (readonly [field: string, differs: string])[] = [
  ['IsEntNameConsistent', '企业名称与证件号不一致'],
  ['IsCreditCodeConsistent', '企业名称与证件号不一致'],
  ['IsLrNameConsistent', '法定代表人姓名不一致'],
  ['IsIdNumConsistent', '法定代表人证件号不一致'],
];

function judgeRepresentative(answer: TencentAnswer): Verdict {
  if (isMatch(answer)) return endedOr(answer, MATCH);
  const different = CONSISTENT.find(([field]) => answer[field] === false)?.[1];
  return { outcome: 'un_passed', reason: different ?? '企业信息不一致' };
}

function isMatch({ StatusCode, VerifyResult }: TencentAnswer): boolean {
  if (StatusCode !== 0) throw new RemoteCallError('unreachable', { code: `StatusCode.${String(StatusCode)}` });
  if (VerifyResult !== 0 && VerifyResult !== 1) throw new RemoteCallError('malformed');
  return VerifyResult === 1;
}

function endedOr({ OperatingStatus }: TencentAnswer, otherwise: Verdict): Verdict {
  const reason = ENDED[String(OperatingStatus)];
  return reason === undefined ? otherwise : { outcome: 'un_passed', reason };
}

function originOf({ service, action }: { service: string; action: string }, { RequestId }: TencentAnswer) {
  return { source: `${TENCENT}:${service}.${action}`, requestId: RequestId };
}
