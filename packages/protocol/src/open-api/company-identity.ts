import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { checkResult, verifyStatus } from './person-identity.ts';
import {
  businessCode,
  corpIdNumber,
  corpIdType,
  corpName,
  flowNo,
  object,
  opt,
  personIdType,
  personName,
  residentId,
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

export const companyIdentityEndpoints = {
  checkCompanyRecord: endpoint({
    title: '企业三要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/corpCert/3element',
    input: object({ ...record, flowNo: opt(flowNo()), businessCode: opt(businessCode()) }).refine(
      typeAndNumber.check,
      typeAndNumber.problem,
    ),
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
      businessCode: opt(businessCode()),
    }).refine(typeAndNumber.check, typeAndNumber.problem),
    result: checkResult,
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
