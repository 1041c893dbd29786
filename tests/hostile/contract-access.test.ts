/** Who may not touch what: silent signing outside its grant, and what belongs to another app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toShanghai } from '../../apps/server/src/kernel/time.ts';
import type { WireAnswer, WireApp } from '../gateway/wire-client.ts';
import * as wire from './contract-scene.ts';

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

const field = (change: object = {}, fileCode = world.lease) => wire.field(fileCode, change);
const contract = (change: object = {}) => wire.contract(world.lease, change);
const signer = (accountId = 'buyer', ...fields: object[]) =>
  wire.signer(accountId, ...(fields.length > 0 ? fields : [field()]));
const DAY_MS = 86_400_000;
const inDays = (days: number) => toShanghai(new Date(scene.clock.now().getTime() + days * DAY_MS));

describe('silent signing', () => {
  const silently = (authorizeCode: string, accountId = 'buyer') =>
    contract({ signers: [signer(accountId, field({ authorizeCode }))] });

  it('is refused in an app without the switch', async () => {
    const plain = await scene.createWorld({ silentSigning: false });
    const input = contract({
      docs: [{ fileId: 'doc', fileCode: plain.lease }],
      signers: [signer('buyer', field({ authorizeCode: await scene.grant(plain, 'buyer', {}) }, plain.lease))],
    });

    expect((await scene.withoutTrace(() => scene.post(plain.app, START, input))).code).toBe('oc_20501');
  });

  it('is refused before its grant begins and after it has ended', async () => {
    const code = await scene.grant(world, 'buyer', { beginTime: inDays(1), endTime: inDays(2) });

    const early = await scene.withoutTrace(() => scene.post(world.app, START, silently(code)));
    scene.clock.advance({ days: 3 });
    const late = await scene.withoutTrace(() => scene.post(world.app, START, silently(code)));

    expect([early.code, late.code]).toEqual(['oc_20503', 'oc_20504']);
  });

  it('is refused with a grant that was cancelled', async () => {
    const code = await scene.grant(world, 'buyer');
    await scene.post(world.app, '/open/seal/autosign/cancel', { authorizeCode: code });

    expect((await scene.withoutTrace(() => scene.post(world.app, START, silently(code)))).code).toBe('oc_20505');
  });

  it('is refused with the grant of another account', async () => {
    const code = await scene.grant(world, 'acme');

    expect((await scene.withoutTrace(() => scene.post(world.app, START, silently(code)))).code).toBe('oc_20506');
  });

  it('is refused with a grant to another app', async () => {
    const code = await scene.grant(stranger, 'buyer', {});

    expect((await scene.withoutTrace(() => scene.post(world.app, START, silently(code)))).code).toBe('oc_20502');
  });

  it('with another seal than the granted one is refused', async () => {
    const code = await scene.grant(world, 'buyer');
    const input = contract({ signers: [signer('buyer', field({ authorizeCode: code, sealId: world.sealOf.acme }))] });

    expect((await scene.withoutTrace(() => scene.post(world.app, START, input))).code).toMatch(/^oc_20/);
  });

  it('of a running contract is refused without a grant, and the party can still sign itself', async () => {
    const owner = await scene.createWorld();
    const { contractId } = wire.resultOf<{ contractId: string }>(
      await scene.post(owner.app, START, {
        docs: [{ fileId: 'doc', fileCode: owner.lease }],
        signFlowInitiator: { accountId: 'seller' },
        signers: [signer('seller', field({}, owner.lease))],
      }),
    );
    const party = { contractId, accountId: 'seller' };

    const refused = await scene.withoutTrace(() => scene.post(owner.app, '/open/contract/autoSign', party));
    const signed = await scene.post(owner.app, '/open/sandbox/sign', party);

    expect(refused.code).toBe('oc_20502');
    expect(signed.body.code).toBe('200');
  });

  it.each([
    [
      'was cancelled',
      'oc_20505',
      (app: WireApp, authorizeCode: string) => scene.post(app, '/open/seal/autosign/cancel', { authorizeCode }),
    ],
    ['has ended', 'oc_20504', async () => scene.clock.advance({ days: 3 })],
  ])('is judged at the moment of signing: a grant that %s meanwhile does not sign', async (_, code, meanwhile) => {
    // A world of its own: another grant of the same seal would stand in.
    const own = await scene.createWorld();
    const authorizeCode = await scene.grant(own, 'acme', { endTime: inDays(2) });
    const places = [field({}, own.lease), field({ authorizeCode, signFieldPosition: wire.at(300) }, own.lease)];
    const signers = ['buyer', 'acme'].map((accountId, i) => ({ ...signer(accountId, places[i] ?? {}), seqNo: i + 1 }));
    const started = await scene.post(own.app, START, wire.contract(own.lease, { signers }));
    const { contractId } = wire.resultOf<{ contractId: string }>(started);
    await meanwhile(own.app, authorizeCode);
    await scene.post(own.app, '/open/sandbox/sign', { contractId, accountId: 'buyer' });

    const refused = await scene.post(own.app, '/open/contract/autoSign', { contractId, accountId: 'acme' });

    expect(refused.body).toMatchObject({ code, success: false });
    const party = await scene.ask(own.app, `/open/contract/signer?accountId=acme&contractId=${contractId}`);
    expect(party.body.result).toMatchObject({ signStatus: 'signing', signTime: null });
  });
});

describe('another app', () => {
  let contractId: string;
  beforeAll(async () => {
    contractId = wire.resultOf<{ contractId: string }>(
      await scene.post(world.app, START, contract({ businessCode: 'private' })),
    ).contractId;
  });

  it.each<[string, () => Promise<WireAnswer>]>([
    ['detail', () => scene.ask(stranger.app, `/open/contract/detail?contractId=${contractId}`)],
    ['detail by business code', () => scene.ask(stranger.app, '/open/contract/detail?businessCode=private')],
    ['signer', () => scene.ask(stranger.app, `/open/contract/signer?accountId=buyer&contractId=${contractId}`)],
    ['download', () => scene.ask(stranger.app, `/open/contract/download?contractId=${contractId}&current=true`)],
    ['revoke', () => scene.post(stranger.app, '/open/contract/revoke', { contractId })],
    ['autoSign', () => scene.post(stranger.app, '/open/contract/autoSign', { contractId, accountId: 'buyer' })],
    ['sign', () => scene.post(stranger.app, '/open/sandbox/sign', { contractId, accountId: 'buyer' })],
    ['refuse', () => scene.post(stranger.app, '/open/sandbox/refuse', { contractId, accountId: 'buyer' })],
  ])('does not find the contract: %s', async (_, send) => {
    const body = await scene.withoutTrace(send);

    expect(body).toMatchObject({ code: 'oc_40006', msg: '合同不存在或状态异常' });
  });

  it('does not find the seal, nor can it let itself use it', async () => {
    const sealId = world.sealOf.buyer ?? '';

    const detail = await scene.withoutTrace(() => scene.ask(stranger.app, `/open/seal/detail?sealId=${sealId}`));
    const granted = await scene.withoutTrace(() =>
      scene.post(stranger.app, '/open/sandbox/grantSeal', { accountId: 'buyer', sealId }),
    );

    expect([detail.code, granted.code]).toEqual(['oc_20001', 'oc_20001']);
  });

  it('does not find the user by account or number', async () => {
    const lonely = await scene.newApp();

    const byAccount = await scene.withoutTrace(() => scene.ask(lonely, '/open/psnGet?accountId=buyer'));
    const byNumber = await scene.withoutTrace(() =>
      scene.ask(lonely, `/open/psnGet?psnIDCardNum=${wire.FACTS.psnIDCardNum}`),
    );
    const asSigner = await scene.withoutTrace(() => scene.post(lonely, START, contract()));

    expect([byAccount.code, byNumber.code, asSigner.code]).toEqual(['oc_10502', 'oc_10502', 'oc_10502']);
  });

  it('sees none of the contracts in its list', async () => {
    const lonely = await scene.newApp();

    expect((await scene.ask(lonely, '/open/contract/list')).body.result).toEqual({ list: [], total: 0 });
  });

  it('cannot cancel the grant', async () => {
    const authorizeCode = await scene.grant(world, 'seller');

    const body = await scene.withoutTrace(() =>
      scene.post(stranger.app, '/open/seal/autosign/cancel', { authorizeCode }),
    );

    expect(body.code).toBe('oc_20502');
  });
});
