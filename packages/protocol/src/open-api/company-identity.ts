import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { checkResult, pageLink, personAuthConfig, personPageChoices, verifyStatus } from './person-identity.ts';
import {
  businessCode,
  corpIdNumber,
  corpIdType,
  corpName,
  fileCode,
  flowNo,
  integration,
  list,
  object,
  oneOf,
  opt,
  paging,
  personIdType,
  personName,
  residentId,
  serviceId,
  text,
} from './wire-types.ts';

const record = {
  corpName: corpName(),
  corpIDCardType: corpIdType(),
  corpIDCardNum: corpIdNumber(),
  legalRepName: personName(),
};

/** A credit code has 18 characters, a registration number 15. */
const typeAndNumber = {
  check: (input: { corpIDCardType: string; corpIDCardNum: string }) =>
    input.corpIDCardType.endsWith('USCC') === (input.corpIDCardNum.length === 18),
  problem: { message: '与corpIDCardType不符', path: ['corpIDCardNum'] },
};

/** 企业认证页面的认证方式: the legal representative acts, a payout, an authorization letter. */
export const COMPANY_PAGE_MODES = ['legalRep', 'transfer', 'letter'] as const;
export const COMPANY_PAGE_FIELDS = [
  ...(['corpName', 'corpIDCardType', 'corpIDCardNum'] as const),
  ...(['legalRepName', 'legalRepIDCardType', 'legalRepIDCardNum'] as const),
] as const;

/** The agent's own compliant flow, wherever a company's flow that has no agent yet is carried on. */
const agentFlowNo = () => opt(flowNo());

const TRANSFER_STATUSES = ['pending', 'paid', 'failed', 'returned'] as const;
const AUDIT_STATUSES = ['auditing', 'passed', 'un_passed'] as const;

const which = { flowNo: opt(flowNo()), serviceId: opt(serviceId()) };
const isNamed = (input: { flowNo?: string | undefined; serviceId?: string | undefined }) =>
  input.flowNo !== undefined || input.serviceId !== undefined;
const unnamed = { message: 'flowNo与serviceId至少填一项', path: ['flowNo'] };

/** A credit code and a registration number have different lengths; nothing to compare while one is missing. */
const companyAuthConfig = () =>
  object({
    corpName: opt(corpName()),
    corpIDCardType: opt(corpIdType()),
    corpIDCardNum: opt(corpIdNumber()),
    legalRepName: opt(personName()),
    legalRepIDCardType: opt(personIdType()),
    legalRepIDCardNum: opt(residentId()),
  }).refine(
    ({ corpIDCardType, corpIDCardNum }) =>
      corpIDCardType === undefined ||
      corpIDCardNum === undefined ||
      typeAndNumber.check({ corpIDCardType, corpIDCardNum }),
    typeAndNumber.problem,
  );

export const companyIdentityEndpoints = {
  checkCompanyRecord: endpoint({
    title: '企业三要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/3element',
    input: object({
      ...record,
      flowNo: opt(flowNo()),
      agentFlowNo: agentFlowNo(),
      businessCode: opt(businessCode()),
    }).refine(typeAndNumber.check, typeAndNumber.problem),
    result: checkResult,
  }),
  checkCompanyRepresentative: endpoint({
    title: '企业四要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/4element',
    input: object({
      ...record,
      legalRepIDCardType: personIdType(),
      legalRepIDCardNum: residentId(),
      flowNo: opt(flowNo()),
      agentFlowNo: agentFlowNo(),
      businessCode: opt(businessCode()),
    }).refine(typeAndNumber.check, typeAndNumber.problem),
    result: checkResult,
  }),
  startCompanyPayout: endpoint({
    title: '发起打款认证',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/transfer',
    input: object({
      flowNo: flowNo(),
      bankAccountNo: text({ max: 32, pattern: /^\d{6,32}$/, message: '应为6至32位数字' }),
      bankName: text({ max: 100 }),
      bankBranchCode: text({ max: 12, pattern: /^\d{12}$/, message: '联行号应为12位数字' }),
      agentFlowNo: agentFlowNo(),
    }),
    result: z.object({ flowNo: z.string(), serviceId: z.string(), transferStatus: z.enum(TRANSFER_STATUSES) }),
  }),
  verifyCompanyPayout: endpoint({
    title: '验证打款金额',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/transferVerify',
    input: object({
      ...which,
      amount: text({ max: 12, pattern: /^\d{1,9}(\.\d{1,2})?$/, message: '应为金额(元),最多两位小数' }),
    }).refine(isNamed, unnamed),
    result: checkResult.extend({ remainingAttempts: z.int() }),
  }),
  getCompanyPayout: endpoint({
    title: '查询打款进度',
    chapter: '实名认证',
    methods: ['GET', 'POST'],
    path: '/open/corpCert/transferProgress',
    input: object(which).refine(isNamed, unnamed),
    result: z.object({
      flowNo: z.string(),
      serviceId: z.string(),
      transferStatus: z.enum(TRANSFER_STATUSES),
      failReason: z.string().nullable(),
    }),
  }),
  listBanks: endpoint({
    title: '查询打款银行信息',
    chapter: '实名认证',
    methods: ['GET', 'POST'],
    path: '/open/corpCert/banks',
    input: object({
      keyword: opt(text({ max: 64 })),
      province: opt(text({ max: 32 })),
      city: opt(text({ max: 32 })),
      ...paging,
    }),
    result: z.object({
      list: z.array(
        z.object({
          bankName: z.string(),
          bankCode: z.string(),
          bankBranchName: z.string(),
          bankBranchCode: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
  uploadAuthorization: endpoint({
    title: '上传企业经办人授权书',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/authorization/upload',
    multipart: true,
    input: object({
      flowNo: flowNo(),
      fileCode: opt(fileCode()),
      psnName: personName(),
      psnIDCardNum: residentId(),
      agentFlowNo: agentFlowNo(),
      fileName: opt(text({ max: 200 })),
    }),
    result: z.object({ flowNo: z.string(), serviceId: z.string(), auditStatus: z.enum(AUDIT_STATUSES) }),
  }),
  getAuthorization: endpoint({
    title: '查询企业经办人授权书审核结果',
    chapter: '实名认证',
    methods: ['GET', 'POST'],
    path: '/open/corpCert/authorization/query',
    input: object(which).refine(isNamed, unnamed),
    result: z.object({
      flowNo: z.string(),
      serviceId: z.string(),
      auditStatus: z.enum(AUDIT_STATUSES),
      auditRemark: z.string().nullable(),
    }),
  }),
  getCompanyPage: endpoint({
    title: '获取企业实名认证地址(页面)',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/getUrl',
    input: object({
      corpAuthConfig: opt(companyAuthConfig()),
      psnAuthConfig: opt(personAuthConfig()),
      pageConfig: opt(
        object({
          ...personPageChoices,
          corpEditableFields: opt(list(oneOf(COMPANY_PAGE_FIELDS), { max: 10 })),
          corpDefaultAuthMode: opt(oneOf(COMPANY_PAGE_MODES)),
          corpAvailableAuthModes: opt(list(oneOf(COMPANY_PAGE_MODES), { max: 10 })),
        }),
      ),
      integrationConfig: integration(),
      businessCode: opt(businessCode()),
    }),
    result: pageLink,
  }),
  getVerification: endpoint({
    title: '查询认证信息',
    chapter: '实名认证',
    methods: ['GET'],
    path: '/open/cert/get',
    aliases: ['/open/certGet', '/open/cert/info', '/open/cert/detail'],
    input: object({ flowNo: opt(flowNo()), businessCode: opt(businessCode()) }).refine(
      (input) => input.flowNo ?? input.businessCode,
      { message: 'flowNo与businessCode至少填一项', path: ['flowNo'] },
    ),
    result: z.object({
      flowNo: z.string(),
      businessCode: z.string().nullable(),
      certType: z.enum(['psn', 'corp']),
      verifyStatus,
      compliant: z.boolean(),
      /** Identity facts of the flow under their wire names, numbers and phones masked. */
      facts: z.record(z.string(), z.string()),
      agentFlowNo: z.string().nullable(),
      items: z.array(
        z.object({ serviceId: z.string(), item: z.string(), verifyStatus, source: z.string(), time: z.string() }),
      ),
      createTime: z.string(),
      certifiedTime: z.string().nullable(),
    }),
  }),
};
