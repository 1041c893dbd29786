import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import {
  accountId,
  bankCard,
  businessCode,
  flowNo,
  integration,
  list,
  mobile,
  object,
  oneOf,
  opt,
  personIdType,
  personName,
  redirectConfig,
  residentId,
  serviceId,
  text,
} from './wire-types.ts';

export const verifyStatus = z.enum(['passed', 'un_passed', 'processing']);

/** 个人认证页面的认证方式: face, carrier check with SMS, bank card with SMS. */
export const PERSON_PAGE_MODES = ['face', 'mobile', 'bank'] as const;
export const PERSON_PAGE_FIELDS = ['psnName', 'psnIDCardType', 'psnIDCardNum', 'psnMobile', 'psnBankCardNo'] as const;

/** What the app knows of the person already. */
export const personAuthConfig = () =>
  object({
    psnName: opt(personName()),
    psnIDCardType: opt(personIdType()),
    psnIDCardNum: opt(residentId()),
    psnMobile: opt(mobile()),
    psnBankCardNo: opt(bankCard()),
  });

export const personPageChoices = {
  psnEditableFields: opt(list(oneOf(PERSON_PAGE_FIELDS), { max: 10 })),
  psnDefaultAuthMode: opt(oneOf(PERSON_PAGE_MODES)),
  psnAvailableAuthModes: opt(list(oneOf(PERSON_PAGE_MODES), { max: 10 })),
};

export const pageLink = z.object({
  url: z.string(),
  flowNo: z.string(),
  serviceId: z.string(),
  expirationTime: z.string(),
});

const facts = { psnName: personName(), psnIDCardType: personIdType(), psnIDCardNum: residentId() };
export const checkResult = z.object({ verifyStatus, flowNo: z.string(), serviceId: z.string() });

export const personIdentityEndpoints = {
  checkPersonNameAndId: endpoint({
    title: '个人二要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/2element',
    input: object({ ...facts, flowNo: opt(flowNo()), businessCode: opt(businessCode()) }),
    result: checkResult,
  }),
  checkPersonCarrier: endpoint({
    title: '个人运营商三要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/3element',
    input: object({ ...facts, psnMobile: mobile(), flowNo: opt(flowNo()), businessCode: opt(businessCode()) }),
    result: checkResult,
  }),
  checkPersonBankCard: endpoint({
    title: '个人银行卡四要素核验',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/4element',
    input: object({
      ...facts,
      psnMobile: mobile(),
      psnBankCardNo: bankCard(),
      flowNo: opt(flowNo()),
      businessCode: opt(businessCode()),
    }),
    result: checkResult,
  }),
  openPersonFace: endpoint({
    title: '获取人脸核验地址(H5)',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/face',
    aliases: ['/open/psnCert/faceUrl', '/open/psnCert/getFaceUrl'],
    input: object({
      ...facts,
      flowNo: opt(flowNo()),
      businessCode: opt(businessCode()),
      redirectConfig: opt(redirectConfig()),
    }),
    result: z.object({
      faceUrl: z.string(),
      subFlowId: z.string(),
      serviceId: z.string(),
      flowNo: z.string(),
      expirationTime: z.string(),
    }),
  }),
  getPersonFaceResult: endpoint({
    title: '查询人脸核验结果',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/faceResult',
    input: object({ serviceId: opt(serviceId()), businessCode: opt(businessCode()) }).refine(
      (input) => input.serviceId ?? input.businessCode,
      { message: 'serviceId与businessCode至少填一项', path: ['serviceId'] },
    ),
    result: z.object({ flowNo: z.string(), verifyStatus, serviceId: z.string() }),
  }),
  getPersonPage: endpoint({
    title: '获取个人实名认证地址(页面)',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/getUrl',
    input: object({
      psnAuthConfig: opt(personAuthConfig()),
      pageConfig: opt(object(personPageChoices)),
      integrationConfig: integration(),
      businessCode: opt(businessCode()),
      accountId: opt(accountId()),
    }),
    result: pageLink,
  }),
  sendPersonSmsCode: endpoint({
    title: '发送短信验证码',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/sendSms',
    aliases: ['/open/psnCert/smsSend', '/open/psnCert/sendCode'],
    input: object({ flowNo: flowNo() }),
    result: z.object({ flowNo: z.string(), serviceId: z.string(), expireSeconds: z.int() }),
  }),
  verifyPersonSmsCode: endpoint({
    title: '校验短信验证码',
    chapter: '实名认证',
    methods: ['POST'],
    path: '/open/psnCert/verifySms',
    aliases: ['/open/psnCert/checkSms', '/open/psnCert/checkCode'],
    input: object({
      flowNo: flowNo(),
      serviceId: opt(text({ max: 64 })),
      code: opt(text({ max: 16 })),
      smsCode: opt(text({ max: 16 })),
      verifyCode: opt(text({ max: 16 })),
    }).refine((input) => input.code ?? input.smsCode ?? input.verifyCode, { message: '必填', path: ['code'] }),
    result: checkResult.extend({ remainingAttempts: z.int() }),
  }),
};
