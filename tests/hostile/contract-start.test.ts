/** Contracts that must not start: each refusal has its code, names its cause and leaves nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toShanghai } from '../../apps/server/src/kernel/time.ts';
import * as wire from './contract-scene.ts';
import { tracesOf } from './traces.ts';

const { START } = wire;

let scene: wire.Scene;
let world: wire.World;
let stranger: wire.World;

beforeAll(async () => {
  scene = await wire.startScene();
  world = await scene.createWorld();
  stranger = await scene.createWorld();
});
afterAll(() => scene.platform.close());

const at = wire.at;
const field = (change: object = {}, fileCode = world.lease) => wire.field(fileCode, change);
const contract = (change: object = {}) => wire.contract(world.lease, change);
const signer = (accountId = 'buyer', ...fields: object[]) =>
  wire.signer(accountId, ...(fields.length > 0 ? fields : [field()]));
const deadline = (signDeadline: unknown) => contract({ signFlowConfig: { signDeadline } });

describe('a contract that does not start', () => {
  it.each<[string, string, string, () => object]>([
    ['an unknown signer', 'oc_10502', 'nobody', () => contract({ signers: [signer('nobody')] })],
    ['an unknown initiator', 'oc_10502', 'nobody', () => contract({ signFlowInitiator: { accountId: 'nobody' } })],
    [
      'an unknown agent',
      'oc_10502',
      'nobody',
      () => contract({ signers: [{ ...signer('acme'), agentAccountId: 'nobody' }] }),
    ],
    ['an unverified signer', 'oc_10011', 'guest', () => contract({ signers: [signer('guest')] })],
    ['an unverified initiator', 'oc_10011', 'guest', () => contract({ signFlowInitiator: { accountId: 'guest' } })],
    [
      'an unverified agent',
      'oc_10011',
      'guest',
      () => contract({ signers: [{ ...signer('acme'), agentAccountId: 'guest' }] }),
    ],
    [
      'an unknown file',
      'oc_30501',
      'FC_nothing',
      () =>
        contract({
          docs: [{ fileId: 'doc', fileCode: 'FC_nothing' }],
          signers: [signer('buyer', field({}, 'FC_nothing'))],
        }),
    ],
    [
      'an unknown attachment',
      'oc_30501',
      'FC_nothing',
      () => contract({ attachmentFiles: [{ fileCode: 'FC_nothing' }] }),
    ],
    [
      'another app’s file',
      'oc_30501',
      '文件不存在',
      () =>
        contract({
          docs: [{ fileId: 'doc', fileCode: stranger.lease }],
          signers: [signer('buyer', field({}, stranger.lease))],
        }),
    ],
    [
      'another app’s seal',
      'oc_20001',
      '印章不存在',
      () => contract({ signers: [signer('buyer', field({ sealId: stranger.sealOf.buyer }))] }),
    ],
    [
      'another account’s seal',
      'oc_20001',
      '印章不存在',
      () => contract({ signers: [signer('buyer', field({ sealId: world.sealOf.acme }))] }),
    ],
    [
      'an unknown seal',
      'oc_20001',
      '印章不存在',
      () => contract({ signers: [signer('buyer', field({ sealId: '123456789' }))] }),
    ],
    [
      'a page after the last',
      '400',
      'signers[0].signFields[0].signFieldPosition.positionPage',
      () => contract({ signers: [signer('buyer', field({ signFieldPosition: at(100, 13) }))] }),
    ],
    [
      'page 0',
      '400',
      'signers[0].signFields[0].signFieldPosition.positionPage',
      () => contract({ signers: [signer('buyer', field({ signFieldPosition: at(100, 0) }))] }),
    ],
    [
      'a place without coordinates',
      '400',
      'positionX: 必填',
      () => contract({ signers: [signer('buyer', field({ signFieldPosition: { positionPage: 1 } }))] }),
    ],
    [
      'a file that is not among the docs',
      '400',
      'signers[0].signFields[0].fileCode: 不在docs中',
      () => contract({ signers: [signer('buyer', field({}, world.single))] }),
    ],
    [
      'a signer without a place',
      '400',
      'signers[0].signFields',
      () => contract({ signers: [{ accountId: 'buyer', signFields: [] }] }),
    ],
    ['no signer', '400', 'signers', () => contract({ signers: [] })],
    ['two equal places', 'oc_40016', '签署位置', () => contract({ signers: [signer('buyer', field(), field())] })],
    [
      'two equal places, once as text',
      'oc_40016',
      '签署位置',
      () =>
        contract({
          signers: [
            signer(
              'buyer',
              field(),
              field({ signFieldPosition: { positionPage: '1', positionX: '100.0', positionY: '120' } }),
            ),
          ],
        }),
    ],
    [
      'two equal cross-page places',
      'oc_40016',
      '签署位置',
      () =>
        contract({
          signers: [
            signer(
              'buyer',
              ...[1, 2].map((page) => field({ signFieldStyle: 2, signFieldPosition: at(page * 50, page) })),
            ),
          ],
        }),
    ],
    [
      'a cross-page seal on a single page',
      'oc_40020',
      '骑缝',
      () =>
        contract({
          docs: [{ fileId: 'doc', fileCode: world.single }],
          signers: [signer('buyer', field({ signFieldStyle: 2 }, world.single))],
        }),
    ],
    ['a signer named twice', 'oc_40003', '签署方', () => contract({ signers: [signer(), signer()] })],
    [
      'a file named twice',
      'oc_40014',
      'doc',
      () => contract({ docs: ['a', 'b'].map((fileId) => ({ fileId, fileCode: world.lease })) }),
    ],
    [
      'two files under one id',
      'oc_40014',
      'doc',
      () => contract({ docs: [world.lease, world.single].map((fileCode) => ({ fileId: 'a', fileCode })) }),
    ],
    [
      'a file that is its own attachment',
      'oc_40014',
      'doc',
      () => contract({ attachmentFiles: [{ fileCode: world.lease }] }),
    ],
    ['a deadline in the past', 'oc_40002', '截止时间', () => deadline('2026-11-23')],
    [
      'a deadline a second ago',
      'oc_40002',
      '截止时间',
      () => deadline(toShanghai(new Date(scene.clock.now().getTime() - 1000))),
    ],
    ['a deadline after more than 12 months', 'oc_40001', '12个月', () => deadline('2027-11-24 08:00:01')],
    [
      'a signer’s deadline in the past',
      'oc_40002',
      '截止时间',
      () => contract({ signers: [{ ...signer(), signDeadline: '2026-11-23' }] }),
    ],
    ['a deadline that is no time', '400', 'signFlowConfig.signDeadline: 时间格式错误', () => deadline('tomorrow')],
    ['a day that does not exist', '400', 'signFlowConfig.signDeadline: 时间格式错误', () => deadline('2027-02-30')],
    [
      'a willingness mode that is not there',
      'oc_40503',
      'FACE',
      () => contract({ signers: [{ ...signer(), authConfig: { willingnessAuthModes: ['FACE'] } }] }),
    ],
    [
      'a keyword, which is not served yet',
      'oc_40505',
      'signers[0].signFields[0].keyword',
      () => contract({ signers: [signer('buyer', field({ keyword: { text: '乙方' } }))] }),
    ],
    [
      'a silent and an ordinary place of one signer',
      'oc_40027',
      '静默签',
      () =>
        contract({ signers: [signer('buyer', field({ authorizeCode: 'x' }), field({ signFieldPosition: at(300) }))] }),
    ],
    [
      'a grant that does not exist',
      'oc_20502',
      '授权不存在',
      () => contract({ signers: [signer('buyer', field({ authorizeCode: 'nothing' }))] }),
    ],
  ])('because of %s answers %s', async (_, code, reason, input) => {
    const body = await scene.withoutTrace(() => scene.post(world.app, START, input()));

    expect(body.code).toBe(code);
    expect(body.msg).toContain(reason);
  });

  it('names every place on a page that does not exist', async () => {
    const pages = [13, 14].map((page) => field({ signFieldPosition: at(100, page) }));

    const body = await scene.withoutTrace(() =>
      scene.post(world.app, START, contract({ signers: [signer('buyer', ...pages)] })),
    );

    expect(body.msg).toContain('signFields[0].signFieldPosition.positionPage');
  });

  it('still starts at exactly 12 months', async () => {
    expect((await scene.post(world.app, START, deadline('2027-11-24 08:00:00'))).body.code).toBe('200');
  });
});

describe('a business code', () => {
  it('of another contract is refused without a trace', async () => {
    await scene.post(world.app, START, contract({ businessCode: 'order-1' }));

    const body = await scene.withoutTrace(() => scene.post(world.app, START, contract({ businessCode: 'order-1' })));

    expect(body.code).toBe('oc_40501');
  });

  it('sent ten times at once starts one contract and stores one', async () => {
    const before = await tracesOf(scene.platform);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => scene.post(world.app, START, contract({ businessCode: 'order-2' }))),
    );

    expect(answers.map(({ body }) => body.code).sort()).toEqual(['200', ...Array(9).fill('oc_40501')]);
    const after = await tracesOf(scene.platform);
    expect(after.rows.contracts).toBe((before.rows.contracts ?? 0) + 1);
    expect(after.stored.length).toBe(before.stored.length + 1);
  });

  it('may be used by another app, too', async () => {
    await scene.post(world.app, START, contract({ businessCode: 'order-3' }));

    const theirs = contract({
      businessCode: 'order-3',
      docs: [{ fileId: 'doc', fileCode: stranger.lease }],
      signers: [signer('buyer', field({}, stranger.lease))],
    });

    expect((await scene.post(stranger.app, START, theirs)).body.code).toBe('200');
  });
});
