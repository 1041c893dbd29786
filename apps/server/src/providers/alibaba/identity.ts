/**
 * 身份核验 by Alibaba Cloud: people by 信息核验 (cloudauth, 2019-03-07), companies by 企业要素核验 V2 (cloudauth, 2022-11-25). Only
 * `BizCode` 1 passes; what is in no table is no answer.
 */
import { z } from 'zod';
import { newId19 } from '../../kernel/ids.ts';
import { malformed, RemoteCallError, type RemoteFailure } from '../../kernel/remote-call.ts';
import {
  askSource,
  type CompanyQuestion,
  IdentityCheckNotOffered,
  type IdentityRegistry,
  type PersonFacts,
  type RegistryFinding,
} from '../../modules/identity/ports.ts';
import { ALIBABA, type AlibabaAnswer, type AlibabaApi } from './api.ts';

const PEOPLE = { service: 'cloudauth', version: '2019-03-07', isRepeatable: true } as const;
const COMPANIES = { service: 'cloudauth', version: '2022-11-25', isRepeatable: true } as const;

const RESIDENT_CARD = 'CRED_PSN_CH_IDCARD';
/** 统一社会信用代码, under both of its names. */
const CREDIT_CODE = /^CRED_(ORG|CORP)_USCC$/;
/** The vendor wants a name for whoever asks; ours says nothing about anybody. */
const MERCHANT_USER = 'signet';

export interface AlibabaRegistryParts {
  readonly api: AlibabaApi;
  /** 场景: the operator's own word, by which the vendor's console tells uses apart. */
  readonly scene: string;
}

export function createAlibabaRegistry({ api, scene }: AlibabaRegistryParts): IdentityRegistry {
  const askPerson = async (
    action: string,
    { facts, more = {}, reasons = {} }: { facts: PersonFacts; more?: Record<string, string>; reasons?: Reasons },
  ): Promise<RegistryFinding> => {
    if (facts.idDocumentType !== RESIDENT_CARD) throw new IdentityCheckNotOffered(facts.idDocumentType);
    const parameters = { ParamType: 'normal', IdentifyNum: facts.idNumber, UserName: facts.name, ...more };
    const call = { ...PEOPLE, action, parameters };
    return askSource(() =>
      api.call(call, (answer) => ({ ...judgePerson(answer, reasons), ...originOf(call, answer) })),
    );
  };
  const askCompany = async (question: CompanyQuestion, more: Record<string, string>): Promise<RegistryFinding> => {
    if (!CREDIT_CODE.test(question.idDocumentType)) throw new IdentityCheckNotOffered(question.idDocumentType);
    const parameters = {
      ...{ SceneCode: scene, MerchantBizId: newId19(), MerchantUserId: MERCHANT_USER, UserAuthorization: '1' },
      ...{ LicenseNo: question.idNumber, EntName: question.name, LegalPersonName: question.representativeName },
      ...more,
    };
    const call = { ...COMPANIES, action: 'EntElementVerifyV2', parameters };
    return askSource(() => api.call(call, (answer) => ({ ...judgeCompany(answer), ...originOf(call, answer) })));
  };

  return {
    checkNameAndId: (facts) => askPerson('Id2MetaVerify', { facts }),
    checkCarrier: ({ mobile: Mobile, ...facts }) =>
      askPerson('Mobile3MetaDetailVerify', { facts, more: { Mobile }, reasons: CARRIER }),
    checkBankCard: ({ mobile: Mobile, bankCardNumber: BankCard, ...facts }) =>
      askPerson('BankMetaVerify', {
        facts,
        more: { Mobile, BankCard, IdentityType: '01', VerifyMode: 'VERIFY_BANK_CARD', ProductType: 'BANK_CARD_4_META' },
        reasons: BANK_CARD,
      }),
    checkCompanyRecord: (question) => askCompany(question, { InfoVerifyType: 'ENT_3META' }),
    checkCompanyRepresentative: ({ representativeIdNumber: LegalPersonCertNo, ...question }) =>
      askCompany(question, { InfoVerifyType: 'ENT_4META', LegalPersonCertNo }),
  };
}

type Verdict = Pick<RegistryFinding, 'outcome' | 'reason'>;
/** By `SubCode`. */
type Reasons = Readonly<Record<string, string>>;

const MATCH: Verdict = { outcome: 'passed', reason: '一致' };

const CARRIER: Reasons = {
  201: '手机号与姓名、证件号均不一致',
  202: '手机号与证件号不一致',
  203: '手机号与姓名不一致',
  204: '手机号的实名信息与本人不一致',
};

const BANK_CARD: Reasons = {
  201: '持卡人信息有误',
  202: '银行卡未开通认证支付',
  203: '银行卡已过期',
  204: '受限制的银行卡',
  205: '银行卡被没收',
  206: '银行卡无效',
  207: '银行卡无对应发卡行',
  208: '银行卡未初始化或为睡眠卡',
  209: '作弊卡或吞卡',
  210: '银行卡已挂失',
  211: '银行卡密码错误次数超限',
  212: '发卡行不支持此交易',
  213: '银行卡状态异常',
  214: '未预留手机号',
  216: '银行卡异常',
  301: '银行卡不支持此项业务',
  302: '发卡行拒绝核验',
  303: '银行卡暂不支持手机号核验',
  304: '银行卡号有误',
  305: '银行卡无法核验',
};
/** Too many questions about the card: nothing is said about it. */
const ASKED_TOO_OFTEN = '306';

const PERSON = z.object({
  Code: z.union([z.string(), z.number()]).transform(String),
  ResultObject: z
    .object({ BizCode: z.string().nullish(), SubCode: z.union([z.string(), z.number()]).nullish() })
    .nullish(),
});

/** `Code` of an answer: 401 says that a name or number is none; the others that the source does not work, or not for us. */
const FAULTS: Readonly<Record<string, RemoteFailure>> = { 402: 'unreachable', 403: 'throttled', 500: 'unreachable' };

function judgePerson(answer: AlibabaAnswer, reasons: Reasons): Verdict {
  const { Code, ResultObject } = parse(PERSON, answer);
  if (Code === '401') return { outcome: 'un_passed', reason: '姓名或号码不合法' };
  if (Code !== '200') throw new RemoteCallError(FAULTS[Code] ?? 'refused', { code: `Code.${Code}` });
  const subCode = String(ResultObject?.SubCode ?? '');
  if (subCode === ASKED_TOO_OFTEN) throw new RemoteCallError('refused', { code: `SubCode.${subCode}` });
  return judgeCode(ResultObject?.BizCode, reasons[subCode] ?? '信息与本人不一致');
}

function judgeCode(bizCode: string | null | undefined, difference: string): Verdict {
  if (bizCode === '1') return MATCH;
  if (bizCode === '2') return { outcome: 'un_passed', reason: difference };
  if (bizCode === '3') return { outcome: 'un_passed', reason: '未查得' };
  throw malformed();
}

const COMPANY = z.object({
  Code: z.string(),
  Result: z
    .object({
      BizCode: z.string().nullish(),
      ReasonDetail: z.string().nullish(),
      Status: z.union([z.string(), z.number()]).nullish(),
    })
    .nullish(),
});

const DIFFERENCES: readonly (readonly [flag: string, reason: string])[] = [
  ['EntNameFlag', '企业名称与证件号不一致'],
  ['LicenseNoFlag', '企业名称与证件号不一致'],
  ['LegalPersonNameFlag', '法定代表人姓名不一致'],
  ['LegalPersonCertNoFlag', '法定代表人证件号不一致'],
];

/** 经营状态 of companies that are no more. */
const ENDED: Readonly<Record<string, string>> = { 3: '企业已注销', 4: '企业已吊销', 5: '企业已撤销' };

function judgeCompany(answer: AlibabaAnswer): Verdict {
  const { Code, Result } = parse(COMPANY, answer);
  if (Code !== 'Success') throw new RemoteCallError('refused', { code: `Code.${Code}` });
  const flags = Result?.ReasonDetail?.split(',') ?? [];
  const difference = DIFFERENCES.find(([flag]) => flags.includes(flag))?.[1] ?? '企业信息不一致';
  const judged = judgeCode(Result?.BizCode, difference);
  const ended = ENDED[String(Result?.Status ?? '')];
  return judged.outcome === 'passed' && ended !== undefined ? { outcome: 'un_passed', reason: ended } : judged;
}

function parse<T>(schema: z.ZodType<T>, answer: AlibabaAnswer): T {
  const read = schema.safeParse(answer);
  if (!read.success) throw malformed();
  return read.data;
}

function originOf({ service, action }: { service: string; action: string }, { RequestId }: AlibabaAnswer) {
  return { source: `${ALIBABA}:${service}.${action}`, requestId: RequestId };
}
