import { CONSENT_VERSION } from '@signet/protocol/page-api';
import { describe, expect, it } from 'vitest';
import { judgeByPdfsig, judgeByQpdf } from '../journeys/outside-judges.ts';
import { downloadAll, placeOf } from '../journeys/people.ts';
import { AGREED } from './page.ts';
import { BUYER, signer, useScene } from './scene.ts';

const scene = useScene();

/** A wave, as a finger draws it. */
const WAVE = {
  strokes: [Array.from({ length: 40 }, (_, i): [number, number, number] => [i * 8, 60 + 40 * Math.sin(i / 4), 0.5])],
  brush: 8,
};

async function signedFile(contractId: string): Promise<Uint8Array> {
  const [signed] = await downloadAll(scene.client, contractId);
  if (!signed) throw new Error('the contract has no file');
  return signed;
}

describe('a person on the signing page', () => {
  it('comes from step to step and has signed in the eyes of others', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');

    expect(await page.state()).toMatchObject({ step: 'consent', outcome: null, mayDraw: true });
    expect(await page.done('/sign/consent', AGREED)).toMatchObject({ step: 'place' });
    const { chosenSealId } = await page.state();
    expect(await page.done('/sign/seal', { by: 'seal', sealId: chosenSealId })).toMatchObject({ step: 'intent' });
    const code = await page.codeFor('intent');
    expect(await page.done('/sign/intent', { code })).toMatchObject({
      ...{ step: 'closed', outcome: 'signed', redirect: null },
      contract: { status: 'completed', closedAt: expect.stringMatching(/Z$/) },
      self: { signedAt: expect.stringMatching(/Z$/) },
    });

    const signed = await signedFile(contractId);
    expect(await scene.client.files.verify({ file: signed })).toMatchObject({ valid: true, problems: [] });
    expect(judgeByPdfsig(signed)).toMatchObject({ allValid: true, lastCoversTotal: true, signers: [BUYER.psnName] });
    expect(judgeByQpdf(signed)).toBe('');
  });

  it('sees the contract, the parties by name and its own phone masked', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')], { contractName: '租赁合同' });
    const page = await scene.open(contractId, 'buyer');

    const state = await page.state();

    expect(state).toMatchObject({
      ...{ sandbox: true, appName: 'test', embeddingOrigins: [] },
      contract: { contractId, name: '租赁合同', status: 'signing', closedAt: null, closingReason: null },
      self: { name: '张三', kind: 'person', phone: '138****0000', agentName: null, signedAt: null },
      parties: [
        { name: '张三', isSelf: true, status: 'signing', signedAt: null },
        { name: '林知遥', isSelf: false, status: 'signing', signedAt: null },
      ],
    });
    expect(state.seals).toHaveLength(1);
    expect(state.chosenSealId).toBe(state.seals[0]?.sealId);
  });

  it('sees each place as it lies on the page, and who has signed there', async () => {
    const { fileCode } = scene;
    const field = { fileCode, dateFormat: 'YYYY-MM-DD' as const };
    const single = { ...field, signFieldPosition: { positionPage: 3, positionX: 200, positionY: 300 } };
    const cross = { fileCode, signFieldStyle: 2, signFieldPosition: { positionY: 400 } };
    const contractId = await scene.start([
      signer('seller', { signFields: [single] }),
      signer('buyer', { signFields: [cross] }),
    ]);
    await (await scene.open(contractId, 'seller')).sign();

    const { places, files } = await (await scene.open(contractId, 'buyer')).state();

    const [own, other] = [places.filter(({ isSelf }) => isSelf), places.filter(({ isSelf }) => !isSelf)];
    expect(files[0]?.pages).toHaveLength(12);
    expect(own.map(({ page, kind, isSigned, hasDate }) => [page, kind, isSigned, hasDate])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, 'cross-page', false, false]),
    );
    expect(own[5]?.slice).toEqual({ from: 5 / 12, to: 6 / 12 });
    expect(other).toMatchObject([
      {
        ...{ page: 3, kind: 'seal', partyName: '林知遥', isSigned: true, hasDate: true, slice: null },
        // 14 for the date, 7 for the sandbox's notice.
        footerHeight: 21,
        fixedSealId: null,
      },
    ]);
    const { x = 0, width = 0 } = other[0]?.rect ?? {};
    expect(x + width / 2).toBeCloseTo(200);
  });

  it('signs with the default seal when it chooses none', async () => {
    const contractId = await scene.start([signer('buyer')]);

    expect(await (await scene.open(contractId, 'buyer')).sign()).toMatchObject({ step: 'closed', outcome: 'signed' });
  });

  it('leaves a chain of evidence without its phone', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');
    await page.state();
    await page.state();
    await page.untilIntent();
    await page.done('/sign/intent', { code: await page.codeFor('intent') });

    const evidence = await scene.evidenceOf(contractId);

    expect(evidence.map(({ kind }) => kind)).toEqual([
      ...['link-issued', 'page-opened', 'consent-given', 'seal-chosen', 'code-sent', 'intent-passed'],
      ...['will-confirmed', 'party-signed', 'contract-completed'],
    ]);
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'consent-given', version: CONSENT_VERSION }));
    expect(evidence).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'will-confirmed', mode: 'CODE_SMS', phone: '138****0000', consentVersion: CONSENT_VERSION },
        codeId: expect.stringMatching(/^\d{19}$/),
      }),
    );
    expect(JSON.stringify(evidence)).not.toMatch(/13800000000|张三/);
  });

  it('may look at other seals until the will is proved, the last one counts', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');
    const { chosenSealId: defaultSealId } = await page.untilIntent();
    const typed = await page.done('/sign/seal', { by: 'typing', keep: false });

    const back = await page.done('/sign/seal', { by: 'seal', sealId: defaultSealId });

    expect(typed.chosenSealId).not.toBe(defaultSealId);
    expect(back).toMatchObject({ step: 'intent', chosenSealId: defaultSealId });
  });
});

describe('a signature drawn on the page', () => {
  it('is shown at once, signs, and can be chosen nowhere else', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');
    await page.done('/sign/consent', AGREED);

    const drawn = await page.done('/sign/seal', { by: 'drawing', drawing: WAVE, keep: false });

    const chosen = drawn.seals.find(({ sealId }) => sealId === drawn.chosenSealId);
    expect(drawn.step).toBe('intent');
    expect(chosen).toMatchObject({ kind: 'handwritten', widthMm: 40, heightMm: 15 });
    const picture = await fetch(new URL(chosen?.imagePath ?? '', scene.platform.url));
    expect(await picture.text()).toContain('<svg');
    expect(await page.done('/sign/intent', { code: await page.codeFor('intent') })).toMatchObject({
      outcome: 'signed',
    });

    const signed = await signedFile(contractId);
    expect(await scene.client.files.verify({ file: signed })).toMatchObject({ valid: true, problems: [] });
    expect(judgeByPdfsig(signed)).toMatchObject({ allValid: true, lastCoversTotal: true });
    const elsewhere = await (await scene.open(await scene.start([signer('buyer')]), 'buyer')).state();
    expect(elsewhere.seals.map(({ sealId }) => sealId)).not.toContain(drawn.chosenSealId);
  });

  it('is for this contract only: no other one may name it', async () => {
    const { client, fileCode, start } = scene;
    const page = await scene.open(await start([signer('buyer')]), 'buyer');
    await page.done('/sign/consent', AGREED);
    const { chosenSealId } = await page.done('/sign/seal', { by: 'drawing', drawing: WAVE, keep: false });
    const place = { fileCode, sealId: chosenSealId ?? '', signFieldPosition: placeOf(0) };

    const naming = start([signer('buyer', { signFields: [place] })]);
    await expect(naming).rejects.toMatchObject({ code: 'oc_20507' });
    expect((await client.seals.list({ accountId: 'buyer' })).list).not.toContainEqual(
      expect.objectContaining({ sealId: Number(chosenSealId) }),
    );
  });

  it('can be chosen again when it is kept', async () => {
    const page = await scene.open(await scene.start([signer('seller')]), 'seller');
    await page.done('/sign/consent', AGREED);
    const { chosenSealId: kept } = await page.done('/sign/seal', { by: 'drawing', drawing: WAVE, keep: true });

    const elsewhere = await scene.open(await scene.start([signer('seller')]), 'seller');

    await elsewhere.done('/sign/consent', AGREED);
    expect(await elsewhere.done('/sign/seal', { by: 'seal', sealId: kept })).toMatchObject({ chosenSealId: kept });
  });

  it.each([
    ['without a stroke', { strokes: [], brush: 8 }],
    ['far outside the pad', { strokes: [[[90_000, 0, 0.5]]], brush: 8 }],
    ['with a brush wider than the pad', { strokes: [[[0, 0, 0.5]]], brush: 1e9 }],
    ['of words', { strokes: 'x', brush: 8 }],
  ])('is refused %s', async (_, drawing) => {
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');
    await page.done('/sign/consent', AGREED);

    expect(await page.post('/sign/seal', { by: 'drawing', drawing, keep: false })).toMatchObject({
      status: 400,
      body: { error: 'BAD_REQUEST' },
    });
  });

  it('is one of at most 50 for one contract', async () => {
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');
    await page.done('/sign/consent', AGREED);
    const dot = { by: 'drawing', drawing: { strokes: [[[1, 1, 0.5]]], brush: 8 }, keep: false };
    const drawn = await Promise.all(Array.from({ length: 50 }, () => page.post('/sign/seal', dot)));

    const next = await page.post('/sign/seal', dot);

    expect(drawn.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(next).toMatchObject({ status: 409, body: { error: 'HANDWRITING_LIMIT' } });
  });
});

describe('a name typed in a handwriting face', () => {
  it('signs like a drawn one', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const page = await scene.open(contractId, 'buyer');
    await page.done('/sign/consent', AGREED);

    const typed = await page.done('/sign/seal', { by: 'typing', keep: false });
    await page.done('/sign/intent', { code: await page.codeFor('intent') });

    expect(typed.seals.find(({ sealId }) => sealId === typed.chosenSealId)).toMatchObject({ kind: 'handwritten' });
    expect(judgeByPdfsig(await signedFile(contractId))).toMatchObject({ allValid: true });
    expect(await scene.evidenceOf(contractId)).toContainEqual(
      expect.objectContaining({ kind: 'seal-chosen', sealId: typed.chosenSealId, by: 'typing' }),
    );
  });
});
