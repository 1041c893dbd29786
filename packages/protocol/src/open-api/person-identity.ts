import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { businessCode, flowNo, mobile, object, opt, personIdType, personName, residentId, text } from './wire-types.ts';

export const verifyStatus = z.enum(['passed', 'un_passed', 'processing']);

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
