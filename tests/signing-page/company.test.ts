import { describe, expect, it } from 'vitest';
import { judgeByPdfsig } from '../journeys/outside-judges.ts';
import { downloadAll } from '../journeys/people.ts';
import { AGREED } from './page.ts';
import { ACME, AGENT, signer, useScene } from './scene.ts';

const scene = useScene();

describe('a company on the signing page', () => {
  it('is signed for by its agent, who gets the code', async () => {
    const contractId = await scene.start([signer('acme')]);
    const page = await scene.open(contractId, 'acme');

    expect(await page.state()).toMatchObject({
      self: { name: ACME.corpName, kind: 'organization', phone: '190****0120', agentName: AGENT.psnName },
      mayDraw: false,
      seals: [{ kind: 'official' }],
    });
    const { list: before } = await scene.client.sandbox.messages({ phone: AGENT.informPhone });
    expect(await page.sign()).toMatchObject({ step: 'closed', outcome: 'signed' });

    const { list: after } = await scene.client.sandbox.messages({ phone: AGENT.informPhone });
    expect(after).toHaveLength(before.length + 1);
    const [signed] = await downloadAll(scene.client, contractId);
    expect(judgeByPdfsig(signed as Uint8Array)).toMatchObject({ allValid: true, signers: [ACME.corpName] });
  });

  it('is signed for by whom the contract names', async () => {
    const page = await scene.open(await scene.start([signer('acme', { agentAccountId: 'seller' })]), 'acme');

    expect(await page.state()).toMatchObject({ self: { agentName: '林知遥', phone: '190****0121' } });
  });

  it.each([
    ['drawing', { by: 'drawing', drawing: { strokes: [[[1, 1, 0.5]]], brush: 8 }, keep: false }],
    ['typing', { by: 'typing', keep: false }],
  ])('does not sign by %s', async (_, wish) => {
    const page = await scene.open(await scene.start([signer('acme')]), 'acme');
    await page.done('/sign/consent', AGREED);

    expect(await page.post('/sign/seal', wish)).toMatchObject({ status: 409, body: { error: 'SEAL_NOT_USABLE' } });
  });

  it('does not sign with the seal of somebody else', async () => {
    const { sealId } = await scene.client.persons.get({ accountId: 'buyer' });
    const page = await scene.open(await scene.start([signer('acme')]), 'acme');
    await page.done('/sign/consent', AGREED);

    expect(await page.post('/sign/seal', { by: 'seal', sealId })).toMatchObject({
      status: 409,
      body: { error: 'SEAL_NOT_USABLE' },
    });
  });
});

describe('a place whose seal the contract names', () => {
  it('keeps it, whatever the party chooses for the others', async () => {
    const { fileCode, client } = scene;
    const sealId = (await client.persons.get({ accountId: 'buyer' })).sealId ?? '';
    const at = (positionX: number) => ({ positionPage: 1, positionX, positionY: 200 });
    const fields = [
      { fileCode, sealId, signFieldPosition: at(100) },
      { fileCode, signFieldPosition: at(400) },
    ];
    const contractId = await scene.start([signer('buyer', { signFields: fields })]);
    const page = await scene.open(contractId, 'buyer');

    const { places } = await page.state();
    await page.done('/sign/consent', AGREED);
    await page.done('/sign/seal', { by: 'typing', keep: false });

    expect(places.map(({ fixedSealId }) => fixedSealId)).toEqual([sealId, null]);
    expect(await page.done('/sign/intent', { code: await page.codeFor('intent') })).toMatchObject({
      outcome: 'signed',
    });
  });
});
