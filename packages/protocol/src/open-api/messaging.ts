import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { mobile, object, opt, text } from './wire-types.ts';

const smsId = () => text({ max: 32, description: '短信编号' });

/** 短信: codes and notices for purposes of the app's own. */
export const messagingEndpoints = {
  sendSmsCode: endpoint({
    title: '发送短信验证码(自有业务)',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/sms/code',
    input: object({ phone: mobile() }),
    result: z.object({ smsId: z.string(), expireSeconds: z.int() }),
  }),
  verifySmsCode: endpoint({
    title: '校验短信验证码(自有业务)',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/sms/codeVerify',
    input: object({ smsId: smsId(), code: text({ max: 16 }) }),
    result: z.object({ verifyStatus: z.enum(['passed', 'un_passed']), remainingAttempts: z.int() }),
  }),
  sendSmsNotice: endpoint({
    title: '发送通知短信',
    chapter: '开放接口',
    methods: ['POST'],
    path: '/open/api/sms/notice',
    input: object({
      phone: mobile(),
      templateCode: text({ max: 64 }),
      params: opt(z.record(z.string().max(64), text({ max: 500 }), { error: '应为对象' })),
    }),
    result: z.object({ smsId: z.string() }),
  }),
};
