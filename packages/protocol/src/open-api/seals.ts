import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountId, businessCode, object, oneOf, opt, paging, redirectConfig, text, wireTime } from './wire-types.ts';

const sealNumber = () => text({ max: 18, pattern: /^\d+$/, message: '应为数字' });

/** Of a silent-sign grant. */
const AUTHORIZE_STATUSES = ['pending', 'authorized', 'expired', 'cancelled'] as const;

export const sealDetail = z.object({
  sealId: z.int(),
  sealName: z.string(),
  /** 1 enabled, 2 disabled, 3 under review, 4 refused, 5 revoked. */
  status: z.int().min(1).max(5),
  /** 1 公章, 2 合同专用章, 3 法定代表人章, 4 个人名章, 5 手写签名. */
  style: z.int().min(1).max(5),
  autosignAuthorizeList: z.array(
    z.object({
      appKey: z.string(),
      authorizeCode: z.string(),
      authorizeTime: z.string().nullable(),
      beginTime: z.string(),
      endTime: z.string(),
      authorizeStatus: z.enum(AUTHORIZE_STATUSES),
    }),
  ),
  kind: z.enum(['personal', 'company']),
  imageUrl: z.string(),
});

export const sealEndpoints = {
  getSeal: endpoint({
    title: '查询印章详情',
    chapter: '印章',
    methods: ['GET'],
    path: '/open/seal/detail',
    input: object({ sealId: sealNumber() }),
    result: sealDetail,
  }),
  listSeals: endpoint({
    title: '查询印章列表',
    chapter: '印章',
    methods: ['GET', 'POST'],
    path: '/open/seal/list',
    input: object({ accountId: accountId(), ...paging }),
    result: z.object({ list: z.array(sealDetail), total: z.int() }),
  }),
  getSealGrantUrl: endpoint({
    title: '获取静默签授权地址',
    chapter: '印章',
    methods: ['POST'],
    path: '/open/seal/getAutosignAuthorizeUrl',
    aliases: ['/open/seal/autosign/getUrl'],
    input: object({
      accountId: accountId(),
      sealId: sealNumber(),
      beginTime: opt(wireTime()),
      endTime: opt(wireTime()),
      businessCode: opt(businessCode()),
      redirectConfig: opt(redirectConfig()),
      clientType: opt(oneOf(['h5', 'pc'])),
      expirationTime: opt(wireTime()),
    }),
    result: z.object({ url: z.string(), expirationTime: z.string(), authorizeCode: z.string() }),
  }),
  cancelSealGrant: endpoint({
    title: '取消静默签授权',
    chapter: '印章',
    methods: ['POST'],
    path: '/open/seal/autosign/cancel',
    input: object({ authorizeCode: text({ max: 64 }) }),
    result: z.object({ authorizeStatus: z.enum(AUTHORIZE_STATUSES) }),
  }),
};
