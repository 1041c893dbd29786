import { describe, expect, it } from 'vitest';
import { AGREED } from './page.ts';
import { type Cast, createCast, signer, useScene } from './scene.ts';

const scene = useScene();

const COMMANDS: [string, object][] = [
  ['/sign/consent', AGREED],
  ['/sign/seal', { by: 'typing', keep: false }],
  ['/sign/code', { purpose: 'intent' }],
  ['/sign/intent', { code: '123456' }],
  ['/sign/confirm', {}],
  ['/sign/decline', { reason: '金额有误' }],
];

const inTurn = [signer('buyer', { seqNo: 1 }), signer('seller', { seqNo: 2 })];

describe('a party whose turn has not come', () => {
  it('reads and waits', async () => {
    const page = await scene.open(await scene.start(inTurn), 'seller');

    const state = await page.state();

    expect(state).toMatchObject({ step: 'wait', parties: [{ status: 'signing' }, { status: 'waiting' }] });
    expect(state.files).toHaveLength(1);
  });

  it('sees nothing of the documents when the initiator hides them, until its turn', async () => {
    const contractId = await scene.start(inTurn, { signFlowConfig: { hideUntilTurn: true } });
    const page = await scene.open(contractId, 'seller');

    expect(await page.state()).toMatchObject({ step: 'wait', files: [], places: [], seals: [], chosenSealId: null });
    expect((await page.bytes(scene.fileCode, 1)).status).toBe(409);
    expect((await page.picture(scene.fileCode, 1, 600)).status).toBe(409);
    await (await scene.open(contractId, 'buyer')).sign();

    expect(await page.state()).toMatchObject({ step: 'consent', files: [{ revision: 2 }] });
    expect((await page.bytes(scene.fileCode, 2)).status).toBe(200);
  });

  it.each(COMMANDS)('cannot do %s', async (path, body) => {
    const contractId = await scene.start(inTurn);
    const page = await scene.open(contractId, 'seller');

    expect(await page.post(path, body)).toMatchObject({ status: 409, body: { error: 'NOT_YOUR_TURN' } });

    expect(await page.state()).toMatchObject({ step: 'wait' });
  });
});

describe('a party that has not agreed', () => {
  it.each(COMMANDS.slice(1, 5))('cannot do %s', async (path, body) => {
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');

    expect(await page.post(path, body)).toMatchObject({ status: 409, body: { error: 'CEREMONY_STEP_CONFLICT' } });
  });

  it('cannot agree to a text that is not the present one', async () => {
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');

    expect(await page.post('/sign/consent', { version: '2020-01' })).toMatchObject({
      status: 409,
      body: { error: 'CONSENT_OUTDATED' },
    });
  });

  it('agrees once however often it taps', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');

    const taps = await Promise.all([1, 2, 3].map(() => page.post('/sign/consent', AGREED)));

    expect(taps.map(({ body }) => body.step)).toEqual(['place', 'place', 'place']);
    expect((await scene.evidenceOf(contractId)).map(({ kind }) => kind)).toEqual([
      ...['link-issued', 'page-opened', 'consent-given'],
    ]);
  });
});

describe('an app that wants its parties checked before they read', () => {
  let careful: Cast;

  async function open(change: Parameters<Cast['start']>[1] = {}) {
    careful ??= await createCast(scene.platform, await scene.platform.createApp({ checkBeforeReading: true }));
    const contractId = await careful.start(inTurn, change);
    return {
      contractId,
      page: await careful.open(contractId, 'buyer'),
      other: await careful.open(contractId, 'seller'),
    };
  }

  it('shows nothing but who takes part, until the code is right', async () => {
    const { contractId, page } = await open();

    expect(await page.state()).toMatchObject({ step: 'identify', files: [], places: [], seals: [] });
    expect((await page.bytes(careful.fileCode, 1)).status).toBe(409);
    const code = await page.codeFor('identify');
    expect(await page.done('/sign/identify', { code })).toMatchObject({ step: 'consent', files: [{ revision: 1 }] });

    expect((await page.bytes(careful.fileCode, 1)).status).toBe(200);
    expect((await careful.evidenceOf(contractId)).filter(({ kind }) => kind === 'identified')).toEqual([
      expect.objectContaining({ accountId: 'buyer', phone: '138****0000' }),
    ]);
  });

  it('checks also those who wait', async () => {
    const { other } = await open();

    expect(await other.state()).toMatchObject({ step: 'identify', files: [] });

    const waiting = await other.done('/sign/identify', { code: await other.codeFor('identify') });
    expect(waiting).toMatchObject({ step: 'wait', files: [{ revision: 1 }] });
  });

  it('takes no wrong code, and says how many tries are left', async () => {
    const { page } = await open();
    const wrong = (await page.codeFor('identify')) === '000000' ? '000001' : '000000';

    const answers = [
      await page.post('/sign/identify', { code: wrong }),
      await page.post('/sign/identify', { code: wrong }),
    ];

    expect(answers).toMatchObject([
      { status: 422, body: { error: 'WRONG_CODE', remainingAttempts: 4 } },
      { status: 422, body: { error: 'WRONG_CODE', remainingAttempts: 3 } },
    ]);
    expect(await page.state()).toMatchObject({ step: 'identify' });
  });

  it.each(COMMANDS)('refuses %s before the check', async (path, body) => {
    const { page } = await open();

    expect(await page.post(path, body)).toMatchObject({ status: 409, body: { error: 'CEREMONY_STEP_CONFLICT' } });
  });

  it('does not take that code for the will to sign', async () => {
    const { page } = await open();
    const code = await page.codeFor('identify');
    await page.done('/sign/identify', { code });
    await page.done('/sign/consent', AGREED);

    expect(await page.post('/sign/intent', { code })).toMatchObject({
      status: 409,
      body: { error: 'SMS_CODE_NOT_SENT' },
    });
  });
});

describe('another party', () => {
  it('sees who has signed as soon as it asks', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    const [page, other] = [await scene.open(contractId, 'buyer'), await scene.open(contractId, 'seller')];
    await page.sign();

    const state = await other.state();

    expect(state).toMatchObject({
      ...{ step: 'consent', contract: { status: 'signing' }, files: [{ revision: 2 }] },
      parties: [{ status: 'signed', signedAt: expect.any(String) }, { status: 'signing' }],
    });
  });
});
