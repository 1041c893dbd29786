import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import {
  type CloudFaceVerifier,
  IdentityCheckNotOffered,
  IdentitySourceUnavailable,
} from '../../modules/identity/ports.ts';
import { createTencentFaceVerifier } from './face.ts';
import { type FakeTencent, startFakeTencent, type TencentReply } from './testing/fake-tencent.ts';

const DETECT = 'faceid.DetectAuth';
const RESULT = 'faceid.GetDetectInfoEnhanced';
const FACTS = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '11010119900307881X' };
const BIZ_TOKEN = 'CE661F1A-0F15-43BF-A13E-7B1F5F7FF2A4';
const VENDOR_PAGE = `https://open.faceid.qq.com/v1/web?Token=${BIZ_TOKEN}`;
const RETURN = 'https://sign.example/face/ticket';

let vendor: FakeTencent;
let faces: CloudFaceVerifier;
beforeEach(async () => {
  vendor = await startFakeTencent({ tryMs: 300 });
  const clock = new ManualClock(new Date('2026-11-24T10:00:00Z'));
  faces = createTencentFaceVerifier({ api: vendor.api, clock, ruleId: '0' });
  vendor.replies.set(DETECT, () => ({ Url: VENDOR_PAGE, BizToken: BIZ_TOKEN }));
});
afterEach(() => vendor.close());

const begin = (more: object = {}) =>
  faces.begin({ facts: FACTS, reference: '7000000000000000001', returnUrl: RETURN, ...more });
const fetchResult = () => faces.fetchResult({ token: BIZ_TOKEN, facts: FACTS });
const tell = (Text: object) => vendor.replies.set(RESULT, () => ({ Text }));

describe('a visit to the page of Tencent Cloud', () => {
  it('is begun for the person of the facts, and comes back to ours', async () => {
    expect(await begin()).toEqual({
      ...{ token: BIZ_TOKEN, url: VENDOR_PAGE, expiresAt: new Date('2026-11-24T11:59:00Z') },
      ...{ source: 'tencent:faceid.DetectAuth', requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
    expect(JSON.parse(vendor.received[0]?.body ?? '')).toEqual({
      ...{ RuleId: '0', IdCard: FACTS.idNumber, Name: '张三', Extra: '7000000000000000001', RedirectUrl: RETURN },
    });
  });

  it.each([[undefined], [`https://sign.example/${'x'.repeat(1024)}`]])(
    'ends there without a fitting way back',
    async (url) => {
      await begin({ returnUrl: url });
      expect(JSON.parse(vendor.received[0]?.body ?? '')).not.toHaveProperty('RedirectUrl');
    },
  );

  it('is not begun for a document that the vendor does not know', async () => {
    const passport = { ...FACTS, idDocumentType: 'CRED_PSN_PASSPORT' };
    expect(() => begin({ facts: passport })).toThrow(IdentityCheckNotOffered);
    expect(vendor.received).toEqual([]);
  });

  it.each([
    ['LimitExceeded', 1],
    [{ Url: 'javascript:alert(1)', BizToken: BIZ_TOKEN }, 1],
    [{ Url: VENDOR_PAGE }, 1],
    [{ raw: 'silence' }, 2],
  ] as const)('is not begun by %o', async (reply, requests) => {
    vendor.replies.set(DETECT, () => reply as TencentReply);

    await expect(begin()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(vendor.received).toHaveLength(requests);
  });
});

describe('the result of a visit', () => {
  it('is a pass for the very person that was asked about', async () => {
    tell({ ErrCode: 0, ErrMsg: '成功', IdCard: '11010119900307881x', Name: '张三', Sim: '97.08', LiveStatus: 0 });

    expect(await fetchResult()).toMatchObject({
      ...{ outcome: 'passed', reason: '活体检测与人脸比对通过', likeness: 97.08 },
      source: 'tencent:faceid.GetDetectInfoEnhanced',
    });
    expect(JSON.parse(vendor.received[0]?.body ?? '')).toEqual({ BizToken: BIZ_TOKEN, RuleId: '0', InfoType: '1' });
  });

  it.each([
    [{ ErrCode: 0, IdCard: '110101199003078857', Name: '张三' }],
    [{ ErrCode: 0, IdCard: FACTS.idNumber, Name: '李四' }],
    [{ ErrCode: 0 }],
    [{ ErrCode: '0', IdCard: FACTS.idNumber, Name: '张三' }],
  ])('is none for %o', async (text) => {
    tell(text);
    await expect(fetchResult()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
  });

  it.each([
    [{ ErrCode: 2013, ErrMsg: '比对相似度未达到通过标准', Sim: 41.5 }, '比对相似度未达到通过标准', 41.5],
    [{ ErrCode: 2001, ErrMsg: 'liveness failed', Sim: null }, '人脸核验未通过', undefined],
    [{ ErrCode: 1, ErrMsg: `<b>失败</b>${'长'.repeat(90)}` }, `b失败b${'长'.repeat(56)}`, undefined],
  ])('is a no by %o', async (text, reason, likeness) => {
    tell(text);
    expect(await fetchResult()).toMatchObject({ outcome: 'un_passed', reason, likeness });
  });

  it('is not known as long as the person has not been filmed', async () => {
    tell({ ErrCode: null, ErrMsg: null, IdCard: FACTS.idNumber, Name: '张三' });
    expect(await fetchResult()).toBeUndefined();
  });

  it.each([['InvalidParameterValue.BizTokenExpired'], [{}], [{ Text: null }]])('is no answer by %o', async (reply) => {
    vendor.replies.set(RESULT, () => reply);
    await expect(fetchResult()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(vendor.logged()).not.toMatch(/张三|11010119900307881X/);
  });
});
