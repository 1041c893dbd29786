import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import {
  accountId,
  corpIdNumber,
  corpIdType,
  corpName,
  flowNo,
  mobile,
  object,
  opt,
  personIdType,
  personName,
  residentId,
  text,
} from './wire-types.ts';

const created = z.object({
  accountId: z.string(),
  sealId: z.string(),
  /** Present when the default seal could not be drawn as usual (open-api: the user is created all the same). */
  sealNotice: z.string().optional(),
});
const onlyAccount = z.object({ accountId: z.string() });

export const userEndpoints = {
  createPerson: endpoint({
    title: '创建已认证个人用户',
    chapter: '用户',
    methods: ['POST'],
    path: '/open/psnCreate',
    input: object({
      accountId: accountId(),
      informPhone: mobile(),
      flowNo: opt(flowNo()),
      psnName: opt(personName()),
      psnIDCardType: opt(personIdType()),
      psnIDCardNum: opt(residentId()),
    }),
    result: created,
  }),
  modifyPerson: endpoint({
    title: '修改个人用户',
    chapter: '用户',
    methods: ['POST'],
    path: '/open/psnModify',
    aliases: ['/open/psnUpdate', '/open/psnEdit'],
    input: object({ accountId: accountId(), informPhone: opt(mobile()), flowNo: opt(flowNo()) }).refine(
      (input) => input.informPhone ?? input.flowNo,
      { message: 'informPhone与flowNo至少填一项', path: ['informPhone'] },
    ),
    result: onlyAccount,
  }),
  getPerson: endpoint({
    title: '查询个人用户',
    chapter: '用户',
    methods: ['GET'],
    path: '/open/psnGet',
    input: object({ accountId: opt(accountId()), psnIDCardNum: opt(text({ max: 18 })) }).refine(
      (input) => input.accountId ?? input.psnIDCardNum,
      { message: 'accountId与psnIDCardNum至少填一项', path: ['accountId'] },
    ),
    result: z.object({
      accountId: z.string(),
      psnId: z.string().nullable(),
      psnName: z.string().nullable(),
      psnIDCardType: z.string().nullable(),
      psnIDCardNum: z.string().nullable(),
      informPhone: z.string(),
      flowNo: z.string().nullable(),
      createTime: z.string(),
      certifiedTime: z.string().nullable(),
      psnFaceUrl: z.string().nullable(),
      sealId: z.string().nullable(),
    }),
  }),
  createCompany: endpoint({
    title: '创建已认证企业用户',
    chapter: '用户',
    methods: ['POST'],
    path: '/open/corpCreate',
    input: object({
      accountId: accountId(),
      informPhone: mobile(),
      flowNo: opt(flowNo()),
      corpName: opt(corpName()),
      corpIDCardType: opt(corpIdType()),
      corpIDCardNum: opt(corpIdNumber()),
      legalRepName: opt(personName()),
      legalRepIDCardType: opt(personIdType()),
      legalRepIDCardNum: opt(residentId()),
      agentAccountId: opt(accountId()),
    }),
    result: created,
  }),
  getCompany: endpoint({
    title: '查询企业用户',
    chapter: '用户',
    methods: ['GET'],
    path: '/open/corpGet',
    input: object({ accountId: opt(accountId()), corpIDCardNum: opt(text({ max: 18 })) }).refine(
      (input) => input.accountId ?? input.corpIDCardNum,
      { message: 'accountId与corpIDCardNum至少填一项', path: ['accountId'] },
    ),
    result: z.object({
      accountId: z.string(),
      corpId: z.string(),
      corpName: z.string(),
      corpIDCardType: z.string(),
      corpIDCardNum: z.string(),
      legalRepName: z.string(),
      informPhone: z.string(),
      flowNo: z.string().nullable(),
      sealId: z.string().nullable(),
      agentAccountId: z.string().nullable(),
      createTime: z.string(),
      certifiedTime: z.string().nullable(),
    }),
  }),
  createUnverifiedPerson: endpoint({
    title: '创建未认证用户',
    chapter: '用户',
    methods: ['POST'],
    path: '/open/psnCreateUncertified',
    aliases: ['/open/tempUserCreate', '/open/userCreate'],
    input: object({ accountId: accountId(), informPhone: mobile(), psnName: opt(personName()) }),
    result: onlyAccount,
  }),
};
