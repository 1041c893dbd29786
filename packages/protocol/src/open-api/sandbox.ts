import { z } from 'zod';
import { SIGN_STATUSES } from './contracts.ts';
import { endpoint } from './endpoint.ts';
import {
  accountId,
  businessCode,
  contractId,
  object,
  oneOf,
  opt,
  paging,
  serviceId,
  text,
  wireTime,
} from './wire-types.ts';

const sandboxEndpoint: typeof endpoint = (declaration) => endpoint({ ...declaration, sandboxOnly: true });
const whichParty = { contractId: opt(contractId()), businessCode: opt(businessCode()), accountId: accountId() };
const named = (input: { contractId?: string | undefined; businessCode?: string | undefined }) =>
  input.contractId !== undefined || input.businessCode !== undefined;
const unnamed = { message: 'contractId与businessCode至少填一项', path: ['contractId'] };
const signed = z.object({ signStatus: z.enum(SIGN_STATUSES) });

/** Test helpers: an integrator's automated tests play the people. Each goes through the same code as the page does. */
export const sandboxEndpoints = {
  listSandboxMessages: sandboxEndpoint({
    title: '查询沙箱短信',
    chapter: '沙箱',
    methods: ['GET'],
    path: '/open/sandbox/messages',
    input: object({ phone: opt(text({ max: 20 })), ...paging }),
    result: z.object({
      list: z.array(
        z.object({
          ...{ phone: z.string(), text: z.string(), code: z.string().nullable(), time: z.string() },
          smsStatus: z.enum(['queued', 'sent', 'failed', 'delivered', 'undelivered']),
          smsParts: z.int(),
          source: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
  grantSandboxSeal: sandboxEndpoint({
    title: '沙箱静默签授权',
    chapter: '沙箱',
    methods: ['POST'],
    path: '/open/sandbox/grantSeal',
    input: object({
      accountId: accountId(),
      sealId: opt(text({ max: 18, pattern: /^\d+$/, message: '应为数字' })),
      beginTime: opt(wireTime()),
      endTime: opt(wireTime()),
    }),
    result: z.object({ sealId: z.string(), authorizeCode: z.string() }),
  }),
  signInSandbox: sandboxEndpoint({
    title: '沙箱签署',
    chapter: '沙箱',
    methods: ['POST'],
    path: '/open/sandbox/sign',
    input: object(whichParty).refine(named, unnamed),
    result: signed,
  }),
  refuseInSandbox: sandboxEndpoint({
    title: '沙箱拒签',
    chapter: '沙箱',
    methods: ['POST'],
    path: '/open/sandbox/refuse',
    input: object({ ...whichParty, reason: opt(text({ max: 500 })) }).refine(named, unnamed),
    result: signed,
  }),
  completeInSandbox: sandboxEndpoint({
    title: '沙箱完成人脸、打款或授权书审核',
    chapter: '沙箱',
    methods: ['POST'],
    path: '/open/sandbox/complete',
    input: object({
      serviceId: serviceId(),
      verifyStatus: oneOf(['passed', 'un_passed']),
      reason: opt(text({ max: 500 })),
    }),
    result: z.object({ verifyStatus: z.enum(['passed', 'un_passed']), flowNo: z.string(), serviceId: z.string() }),
  }),
  listSandboxRegistry: sandboxEndpoint({
    title: '沙箱身份库',
    chapter: '沙箱',
    methods: ['GET'],
    path: '/open/sandbox/registry',
    input: object({ keyword: opt(text({ max: 64 })), ...paging }),
    result: z.object({
      list: z.array(
        z.object({
          kind: z.enum(['person', 'company']),
          facts: z.record(z.string(), z.string()),
          behaviour: z.record(z.string(), z.string()),
        }),
      ),
      total: z.int(),
    }),
  }),
};
