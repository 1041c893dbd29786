import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import {
  accountId,
  businessCode,
  contractId,
  decimal,
  fileCode,
  flag,
  integer,
  list,
  object,
  oneOf,
  opt,
  paging,
  redirectConfig,
  text,
  wireTime,
} from './wire-types.ts';

export const CONTRACT_STATUSES = ['signing', 'finished', 'rejected', 'revoked', 'expired'] as const;
export const SIGN_STATUSES = ['wait', 'signing', 'finished', 'rejected', 'revoked', 'expired'] as const;
const contractStatus = z.enum(CONTRACT_STATUSES);
const signStatus = z.enum(SIGN_STATUSES);

const coordinate = () => decimal({ min: -20_000, max: 20_000 });
const whichContract = { contractId: opt(contractId()), businessCode: opt(businessCode()) };
const eitherNamed = {
  check: (input: { contractId?: string | undefined; businessCode?: string | undefined }) =>
    input.contractId !== undefined || input.businessCode !== undefined,
  problem: { message: 'contractId与businessCode至少填一项', path: ['contractId'] },
};

const signFieldPosition = object({
  positionPage: opt(integer({ min: 0, max: 100_000 })),
  positionX: opt(coordinate()),
  positionY: opt(coordinate()),
});

const signField = object({
  fileCode: fileCode(),
  signFieldStyle: opt(integer({ min: 1, max: 2 })),
  dateFormat: opt(oneOf(['YYYY-MM-DD'])),
  authorizeCode: opt(text({ max: 64 })),
  sealId: opt(text({ max: 18, pattern: /^\d+$/, message: '应为数字' })),
  signFieldPosition: opt(signFieldPosition),
  keyword: opt(
    object({
      text: text({ max: 100 }),
      occurrence: opt(integer({ min: 1, max: 10_000 })),
      offsetX: opt(coordinate()),
      offsetY: opt(coordinate()),
    }),
  ),
  size: opt(object({ width: decimal({ min: 1, max: 2000 }), height: decimal({ min: 1, max: 2000 }) })),
  kind: opt(oneOf(['seal', 'text', 'date', 'check'])),
});

const signer = object({
  accountId: accountId(),
  seqNo: opt(integer({ min: 1, max: 10_000 })),
  signFields: list(signField, { min: 1, max: 10_000 }),
  authConfig: opt(object({ willingnessAuthModes: opt(list(oneOf(['CODE_SMS', 'FACE', 'PASSWORD']), { max: 3 })) })),
  noticeConfig: opt(object({ noticeTypes: opt(integer({ min: 0, max: 1 })) })),
  agentAccountId: opt(accountId()),
  signDeadline: opt(wireTime()),
});

export const startContractInput = object({
  contractName: opt(text({ max: 200 })),
  businessCode: opt(businessCode()),
  signFileType: opt(oneOf(['PDF'])),
  docs: list(
    object({
      fileId: text({ max: 64 }),
      fileCode: fileCode(),
      fileOrder: opt(integer({ min: 1, max: 10_000 })),
      fileName: opt(text({ max: 200 })),
    }),
    { min: 1, max: 200 },
  ),
  attachmentFiles: opt(
    list(object({ fileCode: fileCode(), fileOrder: opt(integer({ min: 1, max: 10_000 })) }), { max: 200 }),
  ),
  signFlowInitiator: object({ accountId: accountId() }),
  signers: list(signer, { min: 1, max: 500 }),
  signFlowConfig: opt(
    object({
      seqSigning: opt(flag()),
      signDeadline: opt(wireTime()),
      redirectConfig: opt(redirectConfig()),
      hideUntilTurn: opt(flag()),
      autoFinish: opt(flag()),
    }),
  ),
  copyReceivers: opt(list(object({ accountId: opt(accountId()), phone: opt(text({ max: 20 })) }), { max: 200 })),
});

const position = z.object({
  positionPage: z.number().nullable(),
  positionX: z.number().nullable(),
  positionY: z.number().nullable(),
});
const document = z.object({ fileId: z.string(), fileCode: z.string(), fileOrder: z.int(), fileName: z.string() });
const attachment = z.object({ fileCode: z.string(), fileOrder: z.int(), fileName: z.string() });
const download = { fileUrl: z.string(), sha256: z.string() };
const partySummary = z.object({
  accountId: z.string(),
  seqNo: z.int(),
  signStatus,
  signTime: z.string().nullable(),
});

export const contractEndpoints = {
  startContract: endpoint({
    title: '发起合同',
    chapter: '合同',
    methods: ['POST'],
    path: '/open/contract/start',
    aliases: [
      '/open/contract/startByFile',
      '/open/contractStart',
      '/open/contract/create',
      '/open/contract/createByFile',
    ],
    input: startContractInput,
    result: z.object({
      contractId: z.string(),
      businessCode: z.string().nullable(),
      warnings: z.array(z.string()),
    }),
  }),
  getContractParty: endpoint({
    title: '查询签署方',
    chapter: '合同',
    methods: ['GET'],
    path: '/open/contract/signer',
    input: object({ ...whichContract, accountId: accountId() }).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({
      signStatus,
      seqNo: z.int(),
      signFields: z.array(
        z.object({
          fileCode: z.string(),
          fileId: z.string(),
          signFieldStyle: z.int(),
          dateFormat: z.string().nullable(),
          signFieldPosition: position,
        }),
      ),
      authConfig: z.object({ willingnessAuthModes: z.array(z.string()) }),
      noticeConfig: z.object({ noticeTypes: z.int() }),
      signTime: z.string().nullable(),
      refuseReason: z.string().nullable(),
    }),
  }),
  getContract: endpoint({
    title: '查询合同',
    chapter: '合同',
    methods: ['GET'],
    path: '/open/contract/detail',
    aliases: ['/open/contract/get', '/open/contract/query'],
    input: object(whichContract).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({
      contractId: z.string(),
      businessCode: z.string().nullable(),
      contractName: z.string(),
      contractStatus,
      createTime: z.string(),
      signDeadline: z.string(),
      finishTime: z.string().nullable(),
      docs: z.array(document),
      attachmentFiles: z.array(attachment),
      signFlowInitiator: z.object({ accountId: z.string() }),
      signers: z.array(partySummary),
    }),
  }),
  listContracts: endpoint({
    title: '查询合同列表',
    chapter: '合同',
    methods: ['GET', 'POST'],
    path: '/open/contract/list',
    input: object({
      contractStatus: opt(oneOf(CONTRACT_STATUSES)),
      accountId: opt(accountId()),
      begin: opt(wireTime()),
      end: opt(wireTime()),
      ...paging,
    }),
    result: z.object({
      list: z.array(
        z.object({
          contractId: z.string(),
          businessCode: z.string().nullable(),
          contractName: z.string(),
          contractStatus,
          createTime: z.string(),
          signDeadline: z.string(),
          finishTime: z.string().nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
  getSignUrl: endpoint({
    title: '获取签署链接',
    chapter: '合同',
    methods: ['POST'],
    path: '/open/contract/getSignUrl',
    aliases: ['/open/contract/signUrl', '/open/contract/getUrl'],
    input: object({
      ...whichContract,
      accountId: accountId(),
      clientType: opt(oneOf(['h5', 'pc'])),
      redirectConfig: opt(redirectConfig()),
      expirationTime: opt(wireTime()),
    }).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({ signUrl: z.string(), url: z.string(), expirationTime: z.string() }),
  }),
  signSilently: endpoint({
    title: '无感签署',
    chapter: '合同',
    methods: ['POST'],
    path: '/open/contract/autoSign',
    aliases: ['/open/contract/silentSign'],
    input: object({
      ...whichContract,
      accountId: accountId(),
      sealId: opt(text({ max: 18, pattern: /^\d+$/, message: '应为数字' })),
    }).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({ signStatus }),
  }),
  revokeContract: endpoint({
    title: '撤销合同',
    chapter: '合同',
    methods: ['POST'],
    path: '/open/contract/revoke',
    input: object({ ...whichContract, reason: opt(text({ max: 500 })) }).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({ contractStatus }),
  }),
  downloadContract: endpoint({
    title: '下载合同',
    chapter: '合同',
    methods: ['GET'],
    path: '/open/contract/download',
    input: object({ ...whichContract, current: opt(flag()) }).refine(eitherNamed.check, eitherNamed.problem),
    result: z.object({
      docs: z.array(document.omit({ fileOrder: true }).extend(download)),
      attachmentFiles: z.array(attachment.omit({ fileOrder: true }).extend(download)),
      urlExpireSeconds: z.int(),
    }),
  }),
};
