import { describe, expect, it } from 'vitest';
import { AGREED, openPage } from './page.ts';
import { signer, useScene } from './scene.ts';

const scene = useScene();

const COMMANDS: [string, object][] = [
  ['/sign/consent', AGREED],
  ['/sign/seal', { by: 'typing', keep: false }],
  ['/sign/intent', { code: '123456' }],
  ['/sign/confirm', {}],
  ['/sign/decline', { reason: '晚了' }],
];

const both = [signer('buyer'), signer('seller')];

describe('a party that declines', () => {
  it.each([
    ['before it agrees', []],
    ['when it has agreed', [['/sign/consent', AGREED]]],
    [
      'with the code in hand',
      [
        ['/sign/consent', AGREED],
        ['/sign/code', { purpose: 'intent' }],
      ],
    ],
  ] as [string, [string, object][]][])('ends the contract for all, %s', async (_, before) => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    for (const [path, body] of before) await page.post(path, body);

    const state = await page.done('/sign/decline', { reason: ' 金额有误 ' });

    expect(state).toMatchObject({
      ...{ step: 'closed', outcome: 'declined', files: [], places: [] },
      contract: { status: 'declined', closingReason: '金额有误' },
      self: { declineReason: '金额有误' },
    });
    const other = await (await scene.open(contractId, 'seller')).state();
    expect(other).toMatchObject({ step: 'closed', outcome: 'declined', self: { declineReason: null } });
    expect(await scene.client.contracts.getParty({ contractId, accountId: 'buyer' })).toMatchObject({
      ...{ signStatus: 'rejected', refuseReason: '金额有误' },
    });
  });

  it.each([{}, { reason: ' ' }, { reason: 'x'.repeat(201) }])('must say why: %j', async (body) => {
    const page = await scene.open(await scene.start(both), 'buyer');

    expect(await page.post('/sign/decline', body)).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
  });

  it('declines once however often it taps', async () => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');

    const taps = await Promise.all([1, 2, 3].map(() => page.post('/sign/decline', { reason: '金额有误' })));

    expect(taps.map(({ status, body }) => [status, body.outcome])).toEqual([1, 2, 3].map(() => [200, 'declined']));
    const declined = (await scene.evidenceOf(contractId)).filter(({ kind }) => kind === 'contract-declined');
    expect(declined).toHaveLength(1);
  });
});

describe('a contract that ends while a page is open', () => {
  it.each(COMMANDS)('lets %s change nothing when it was taken back', async (path, body) => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    await page.untilIntent();
    await scene.client.contracts.revoke({ contractId, reason: '重拟' });

    const late = await page.post(path, body);

    expect(late).toMatchObject({
      status: 200,
      body: { step: 'closed', outcome: 'withdrawn', files: [], contract: { closingReason: '重拟' } },
    });
    expect((await scene.evidenceOf(contractId)).at(-1)).toMatchObject({ kind: 'contract-withdrawn' });
  });

  it('sends no more codes and shows no more files', async () => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    await page.done('/sign/consent', AGREED);
    await scene.client.contracts.revoke({ contractId });

    expect(await page.post('/sign/code', { purpose: 'intent' })).toMatchObject({
      status: 409,
      body: { error: 'CEREMONY_STEP_CONFLICT' },
    });
    expect((await page.bytes(scene.fileCode, 1)).status).toBe(409);
    expect(await page.post('/sign/download')).toMatchObject({ status: 409 });
  });

  it('is shown by a link of another party that is asked for afterwards', async () => {
    const contractId = await scene.start(both);
    await scene.client.contracts.revoke({ contractId });

    const state = await (await scene.open(contractId, 'seller')).state();

    expect(state).toMatchObject({ step: 'closed', outcome: 'withdrawn', parties: [{ status: 'withdrawn' }, {}] });
  });

  it('does not take the code of a party that was about to sign', async () => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    await page.untilIntent();
    const code = await page.codeFor('intent');
    await scene.client.contracts.revoke({ contractId });

    expect(await page.done('/sign/intent', { code })).toMatchObject({ step: 'closed', outcome: 'withdrawn' });

    expect(await scene.client.contracts.getParty({ contractId, accountId: 'buyer' })).toMatchObject({
      signStatus: 'revoked',
    });
  });
});

describe('a deadline', () => {
  it('of the contract closes the page on the second', async () => {
    const contractId = await scene.start(both);
    const link = await scene.client.contracts.getSignUrl({ contractId, accountId: 'buyer', expirationTime: year() });
    const page = await openPage(link.signUrl);
    await page.untilIntent();
    const code = await page.codeFor('intent');
    scene.clock.advance({ days: 91 });

    const again = await openPage(link.signUrl);

    expect(await again.state()).toMatchObject({ step: 'closed', outcome: 'expired', files: [] });
    expect(await again.done('/sign/intent', { code })).toMatchObject({ step: 'closed', outcome: 'expired' });
    expect(await again.done('/sign/decline', { reason: '晚了' })).toMatchObject({ outcome: 'expired' });
  });

  it('of the party closes only its own page', async () => {
    const tomorrow = `${scene.clock.now().getTime() + 86_400_000}`;
    const contractId = await scene.start([signer('buyer', { signDeadline: tomorrow }), signer('seller')]);
    const links = await Promise.all(
      ['buyer', 'seller'].map((accountId) =>
        scene.client.contracts.getSignUrl({ contractId, accountId, expirationTime: year() }),
      ),
    );
    scene.clock.advance({ days: 2 });

    const states = await Promise.all(links.map(async ({ signUrl }) => (await openPage(signUrl)).state()));

    expect(states).toMatchObject([
      { step: 'closed', outcome: 'expired' },
      { step: 'consent', outcome: null },
    ]);
  });

  function year(): string {
    return `${scene.clock.now().getTime() + 360 * 86_400_000}`;
  }
});

describe('a party that has signed', () => {
  it.each(COMMANDS)('changes nothing by %s', async (path, body) => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    await page.sign();

    expect(await page.post(path, body)).toMatchObject({ status: 200, body: { step: 'closed', outcome: 'signed' } });

    expect((await scene.evidenceOf(contractId)).at(-1)).toMatchObject({ kind: 'party-signed' });
  });

  it('keeps its outcome when another one declines, and learns of it', async () => {
    const contractId = await scene.start(both);
    const page = await scene.open(contractId, 'buyer');
    await page.sign();
    await (await scene.open(contractId, 'seller')).done('/sign/decline', { reason: '金额有误' });

    expect(await page.state()).toMatchObject({
      ...{ step: 'closed', outcome: 'signed', files: [{ revision: 2 }] },
      contract: { status: 'declined', closingReason: '金额有误' },
    });
  });

  it('fetches the files as they stand, also before the others have signed', async () => {
    const contractId = await scene.start(both, { attachmentFiles: [{ fileCode: scene.attachment }] });
    const page = await scene.open(contractId, 'buyer');
    expect(await page.post('/sign/download')).toMatchObject({ status: 409, body: { error: 'CEREMONY_STEP_CONFLICT' } });
    await page.sign();

    const { body } = await page.post<{ files: { name: string; url: string }[] }>('/sign/download');

    expect(body.files.map(({ name }) => name)).toEqual(['房屋租赁合同.pdf', '附件.pdf']);
    const report = await scene.client.files.verify({ file: await scene.client.fetchFile(body.files[0]?.url ?? '') });
    expect(report).toMatchObject({ valid: true, signatures: [{}] });
  });
});
