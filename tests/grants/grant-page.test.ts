import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toShanghai } from '../../apps/server/src/kernel/time.ts';
import { openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import { outcomeOf, placeOf } from '../journeys/people.ts';
import { otherThan } from '../signing-page/page.ts';
import { ACME, AGENT, BUYER, createCast, useScene } from '../signing-page/scene.ts';
import { askForGrant, grantOnPage, openGrantPage, sealOf } from './asking.ts';

const inbox = await openCallbackInbox();
const TOLD = { callbackUrl: inbox.url, callbackTypes: ['OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH'] };
const scene = useScene({ name: '小区租房', ...TOLD });

let contractId: string;
beforeAll(async () => {
  contractId = await scene.start([{ accountId: 'buyer' }, { accountId: 'seller' }], {
    signFlowConfig: { seqSigning: false },
  });
});
afterAll(() => inbox.close());

const signSilently = (accountId = 'buyer') => scene.client.contracts.signSilently({ contractId, accountId });

/** What happened to a grant, as kinds and contents. */
async function evidenceOf(authorizeCode: string, app = scene.app) {
  const entries = await scene.platform.modules.evidence.entriesOf(app.id, `seal-grant:${authorizeCode}`);
  return entries.map(({ kind, content }) => ({ kind, ...(JSON.parse(content) as object) }));
}

const dayAfter = (days: number): string =>
  toShanghai(new Date(scene.clock.now().getTime() + days * 86_400_000)).slice(0, 10);

const toldOf = (authorizeCode: string) =>
  inbox.received.filter(({ json }) => json.authorizeCode === authorizeCode).map(({ json }) => json.authorizeStatus);

describe('a grant asked for on a page', () => {
  it('is read, proved by a code and then used to sign', async () => {
    const redirectConfig = { redirectUrl: 'https://shop.example/done?from=1', redirectDelayTime: 5 };
    const sealId = await sealOf(scene.client, 'buyer');
    const [today, lastDay] = [dayAfter(0), dayAfter(200)];
    const asked = await askForGrant(scene.client, 'buyer', {
      ...{ beginTime: today, endTime: lastDay, businessCode: 'order-7', redirectConfig },
    });
    const page = await openGrantPage(asked.url);

    const before = await page.look();
    const sent = await page.code();
    const after = await page.confirm(sent.body.sandboxCode ?? '');

    expect(before).toEqual({
      ...{ sandbox: true, appName: '小区租房', embeddingOrigins: [] },
      ...{ step: 'review', status: 'pending', mayCancel: true },
      owner: { name: '张三', kind: 'person', phone: '138****0000' },
      seal: {
        ...{ sealId, name: '姓名印章', kind: 'name', widthMm: 20, heightMm: 20 },
        imagePath: expect.stringMatching(/^\/seal-images\/\d+-[\w-]{22}\.svg$/),
      },
      beginAt: new Date(`${today}T00:00:00+08:00`).toISOString(),
      endAt: new Date(`${lastDay}T23:59:59.999+08:00`).toISOString(),
      ...{ authorizedAt: null, cancelledAt: null, redirect: null },
    });
    expect(sent.body).toEqual({
      ...{ phone: '138****0000', expiresInSeconds: 300, resendAfterSeconds: 0 },
      sandboxCode: expect.stringMatching(/^\d{6}$/),
    });
    expect(after.body).toMatchObject({ step: 'granted', status: 'authorized', authorizedAt: expect.any(String) });
    expect(after.body.redirect).toEqual({
      url: 'https://shop.example/done?from=1&businessCode=order-7&status=passed',
      delaySeconds: 5,
    });
    const { authorizeCode } = asked;
    const field = { fileCode: scene.fileCode, signFieldPosition: placeOf(0), authorizeCode };
    const signedId = await scene.start([{ accountId: 'buyer', signFields: [field] }]);
    expect(await outcomeOf(scene.client, signedId)).toBe('finished');
  });

  it('is of no use before the owner has answered', async () => {
    const { authorizeCode, url } = await askForGrant(scene.client, 'seller');
    const page = await openGrantPage(url);
    await page.codeText();
    const field = { fileCode: scene.fileCode, signFieldPosition: placeOf(0), authorizeCode };

    await expect(signSilently('seller')).rejects.toMatchObject({ code: 'oc_20510' });
    const start = scene.start([{ accountId: 'seller', signFields: [field] }]);
    await expect(start).rejects.toMatchObject({ code: 'oc_20510' });
    const { autosignAuthorizeList } = await scene.client.seals.get({ sealId: await sealOf(scene.client, 'seller') });
    expect(autosignAuthorizeList).toMatchObject([{ authorizeCode, authorizeStatus: 'pending', authorizeTime: null }]);
  });

  it('can be taken back on the page, after which it signs nothing', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp(TOLD));
    const { url, authorizeCode } = await askForGrant(cast.client, 'buyer', {
      ...{ businessCode: 'order-8', redirectConfig: { redirectUrl: 'https://shop.example/' } },
    });
    const page = await grantOnPage(url);
    const id = await cast.start([{ accountId: 'buyer' }]);

    const cancelled = await page.cancel();
    const again = await page.cancel();

    expect(cancelled.body).toMatchObject({ step: 'closed', status: 'cancelled', mayCancel: false });
    expect(cancelled.body.redirect?.url).toBe('https://shop.example/?businessCode=order-8&status=cancelled');
    expect(again.body.cancelledAt).toBe(cancelled.body.cancelledAt);
    const sign = cast.client.contracts.signSilently({ contractId: id, accountId: 'buyer' });
    await expect(sign).rejects.toMatchObject({ code: 'oc_20505' });
    expect((await evidenceOf(authorizeCode, cast.app)).at(-1)).toMatchObject({
      ...{ kind: 'seal-grant-cancelled', by: 'owner' },
    });
    await inbox.find(({ json }) => json.authorizeCode === authorizeCode && json.authorizeStatus === 'cancelled');
    expect(toldOf(authorizeCode)).toEqual(['authorized', 'cancelled']);
  });

  it('can be declined, which the app is told with its own reference', async () => {
    const { url, authorizeCode } = await askForGrant(scene.client, 'buyer', { businessCode: 'order-9' });
    const page = await openGrantPage(url);
    const code = await page.codeText();

    const declined = await page.cancel();
    const late = await page.confirm(code);

    expect(declined.body).toMatchObject({ step: 'closed', status: 'cancelled', authorizedAt: null });
    expect(late).toMatchObject({ status: 409, body: { error: 'SEAL_GRANT_CANCELLED' } });
    const { json } = await inbox.find((received) => received.json.authorizeCode === authorizeCode);
    expect(json).toMatchObject({
      ...{ businessType: 'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH', businessCode: 'order-9', accountId: 'buyer' },
      ...{ authorizeStatus: 'cancelled' },
    });
  });

  it('shows what the app has done to it meanwhile', async () => {
    const { url, authorizeCode } = await askForGrant(scene.client, 'buyer');
    const page = await openGrantPage(url);
    await page.look();

    const answer = await scene.client.seals.cancelGrant({ authorizeCode });

    expect(answer).toEqual({ authorizeStatus: 'cancelled' });
    expect(await page.look()).toMatchObject({ step: 'closed', status: 'cancelled' });
    expect(await page.code()).toMatchObject({ status: 409, body: { error: 'SEAL_GRANT_CANCELLED' } });
    expect((await evidenceOf(authorizeCode)).at(-1)).toMatchObject({ kind: 'seal-grant-cancelled', by: 'app' });
  });

  it('leaves evidence of every step, the first look once, and no phone in clear', async () => {
    const { url, authorizeCode } = await askForGrant(scene.client, 'buyer');
    const page = await openGrantPage(url);
    await Promise.all([page.look(), page.look(), page.look()]);
    await page.confirm(await page.codeText());

    const steps = await evidenceOf(authorizeCode);

    expect(steps).toMatchObject([
      { kind: 'seal-grant-requested', clientType: 'h5', sealId: expect.any(Number) },
      { kind: 'page-opened' },
      { kind: 'code-sent', phone: '138****0000', codeId: expect.any(String) },
      { kind: 'intent-passed', mode: 'CODE_SMS', phone: '138****0000' },
      { kind: 'seal-grant-given', simulated: false, sealId: expect.any(Number) },
    ]);
    expect(JSON.stringify(steps)).not.toContain(BUYER.informPhone);
  });
});

describe('the code of a grant', () => {
  it('costs a try with every wrong guess, until a new one is sent', async () => {
    const page = await openGrantPage((await askForGrant(scene.client, 'buyer')).url);
    const wrong = otherThan(await page.codeText());
    const guesses = [];
    for (let i = 0; i < 6; i++) guesses.push((await page.confirm(wrong)).body);

    expect(guesses.map(({ error, remainingAttempts }) => [error, remainingAttempts])).toEqual([
      ...[4, 3, 2, 1, 0].map((left) => ['WRONG_CODE', left]),
      ['SMS_CODE_EXHAUSTED', undefined],
    ]);
    expect(await page.look()).toMatchObject({ step: 'review' });
    expect((await page.confirm(await page.codeText())).body).toMatchObject({ step: 'granted' });
  });

  it('authorizes once, however often it is sent at the same time', async () => {
    const { url, authorizeCode } = await askForGrant(scene.client, 'buyer');
    const [one, other] = [await openGrantPage(url), await openGrantPage(url)];
    const code = await one.codeText();

    const answers = await Promise.all([one, other, one, other].map((page) => page.confirm(code)));

    expect(answers.map(({ body }) => body.step)).toEqual(Array(4).fill('granted'));
    const given = (await evidenceOf(authorizeCode)).filter(({ kind }) => kind === 'seal-grant-given');
    expect(given).toHaveLength(1);
    await inbox.find(({ json }) => json.authorizeCode === authorizeCode);
    expect(toldOf(authorizeCode)).toEqual(['authorized']);
  });

  it('of another grant of the same person does not count', async () => {
    const [one, other] = [await askForGrant(scene.client, 'buyer'), await askForGrant(scene.client, 'buyer')];
    const [page, otherPage] = [await openGrantPage(one.url), await openGrantPage(other.url)];
    const code = await page.codeText();

    expect(await otherPage.confirm(code)).toMatchObject({ status: 409, body: { error: 'SMS_CODE_NOT_SENT' } });
  });

  it('is not sent again too soon, nor for a grant that is given', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp({ smsLimits: true }));
    const page = await openGrantPage((await askForGrant(cast.client, 'seller')).url);
    const code = await page.codeText();

    const tooSoon = await page.code();
    await page.confirm(code);
    const tooLate = await page.code();

    expect(tooSoon).toMatchObject({ status: 409, body: { error: 'SMS_TOO_SOON', code: 'oc_10514' } });
    expect(tooSoon.body.retryAfterSeconds).toBeGreaterThan(50);
    expect(tooLate).toMatchObject({ status: 409, body: { error: 'CEREMONY_STEP_CONFLICT' } });
  });

  it('goes to the person who acts for a company', async () => {
    const { sealId } = await scene.client.companies.get({ accountId: 'acme' });
    const page = await openGrantPage((await askForGrant(scene.client, 'acme', { sealId: String(sealId) })).url);

    const { owner, seal } = await page.look();
    const code = await page.codeText();

    expect(owner).toEqual({ name: ACME.corpName, kind: 'organization', phone: '190****0120' });
    expect(seal).toMatchObject({ kind: 'official', widthMm: 42 });
    const { list } = await scene.client.sandbox.messages({ phone: AGENT.informPhone });
    expect(list[0]!.code).toBe(code);
    expect((await page.confirm(code)).body).toMatchObject({ step: 'granted' });
  });

  it('goes to the company itself when nobody acts for it', async () => {
    await scene.client.companies.create({
      ...{ accountId: 'lonely', informPhone: '13800000008', corpName: ACME.corpName, legalRepName: '张三' },
      ...{ corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: '91110105MA01D00006' },
      ...{ legalRepIDCardType: 'CRED_PSN_CH_IDCARD', legalRepIDCardNum: BUYER.psnIDCardNum },
    });
    const { sealId } = await scene.client.companies.get({ accountId: 'lonely' });
    const page = await openGrantPage((await askForGrant(scene.client, 'lonely', { sealId: String(sealId) })).url);

    expect((await page.code()).body.phone).toBe('138****0008');
  });
});
