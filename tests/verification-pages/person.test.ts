import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LI_NA, LI_NA_CARD, startVerificationScene, type VerificationScene, ZHANG_SAN } from './verification-scene.ts';

let scene: VerificationScene;
beforeAll(async () => {
  scene = await startVerificationScene();
});
afterAll(() => scene.close());

const RESULT = 'OPEN_PSN_CERT_RESULT';

describe('a person verifies on the page', () => {
  it('by mobile: consent, facts, code, and the app is told once', async () => {
    const { flowNo, ...page } = await scene.personPage({
      ...{ businessCode: 'order-1', pageConfig: { psnDefaultAuthMode: 'mobile' } },
      integrationConfig: { clientType: 'h5', redirectConfig: { redirectUrl: 'https://shop.example/done' } },
    });

    const before = await page.look();
    const consented = await page.consent();
    const given = await page.facts('mobile', ZHANG_SAN);
    const again = await page.look();
    const done = await page.passCode();

    expect(before).toMatchObject({
      ...{ kind: 'person', sandbox: true, appName: '小区租房', result: null, redirect: null },
      person: { step: 'consent', mode: 'mobile', triesLeft: 5, phone: null, faceUrl: null },
    });
    expect(consented.body.person.step).toBe('facts');
    expect(given.body.person).toMatchObject({ step: 'code', phone: '138****0000', triesLeft: 5 });
    expect(again).toEqual(given.body);
    expect(done.body).toMatchObject({
      ...{ person: { step: 'done' }, result: { status: 'passed', reason: null, verificationId: flowNo } },
      redirect: { url: `https://shop.example/done?businessCode=order-1&flowNo=${flowNo}&status=passed` },
    });
    const told = await scene.callback(flowNo, RESULT);
    expect(told).toMatchObject({ verifyStatus: 'passed', compliant: true, businessCode: 'order-1' });
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed', compliant: true });
    expect(scene.told(flowNo, RESULT)).toHaveLength(1);
  });

  it('by bank card', async () => {
    const { flowNo, ...page } = await scene.personPage({ pageConfig: { psnAvailableAuthModes: ['bank'] } });
    await page.consent();

    const given = await page.facts('bank', { ...LI_NA, bankCardNumber: LI_NA_CARD });
    const done = await page.passCode();

    expect(given.body.person).toMatchObject({ step: 'code', modes: ['bank'] });
    expect(done.body.result?.status).toBe('passed');
    const { items } = await scene.client.verification.get({ flowNo });
    expect(items.map(({ item }) => item)).toContain('4element');
  });

  it('who has an unverified account, which is verified by it', async () => {
    await scene.client.persons.createUnverified({ accountId: 'unverified', informPhone: LI_NA.mobile });
    const { flowNo, ...page } = await scene.personPage({ accountId: 'unverified' });
    await page.consent();
    await page.facts('mobile', LI_NA);
    await page.passCode();

    expect(await scene.callback(flowNo, RESULT)).toMatchObject({ accountId: 'unverified', compliant: true });
    expect((await page.look()).result?.status).toBe('passed');
  });
});

describe('facts that the app has fixed', () => {
  it('are shown masked and cannot be changed by the request', async () => {
    const psnAuthConfig = { psnName: '张三', psnIDCardNum: ZHANG_SAN.idNumber, psnMobile: ZHANG_SAN.mobile };
    const { flowNo, ...page } = await scene.personPage({
      ...{ psnAuthConfig, pageConfig: { psnEditableFields: ['psnMobile'] } },
    });
    await page.consent();

    const given = await page.facts('mobile', LI_NA);
    const fitting = await page.facts('mobile', { mobile: ZHANG_SAN.mobile, name: '李娜' });

    expect(given).toMatchObject({ status: 422, body: { error: 'FACTS_DIFFER', remainingAttempts: 4 } });
    expect(fitting.body.person.fields).toEqual([
      { name: 'name', value: '张*', locked: true },
      { name: 'idNumber', value: '110***********8857', locked: true },
      { name: 'mobile', value: ZHANG_SAN.mobile, locked: false },
      { name: 'bankCardNumber', value: '', locked: false },
    ]);
    await page.passCode();
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ facts: { psnName: '张三' } });
  });
});

describe('facts that do not fit', () => {
  it('cost a try, and the last one ends the page and is told once', async () => {
    const { flowNo, ...page } = await scene.personPage();
    await page.consent();
    const wrong = { ...ZHANG_SAN, mobile: LI_NA.mobile };

    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await page.facts('mobile', wrong));

    expect(answers.map(({ body }) => body.remainingAttempts)).toEqual([4, 3, 2, 1, 0, undefined]);
    expect(answers[0]).toMatchObject({ status: 422, body: { msg: '手机号的实名信息与本人不一致,请核对后重试' } });
    expect(answers[5]).toMatchObject({ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } });
    expect(await page.look()).toMatchObject({
      result: { status: 'un_passed', reason: '手机号的实名信息与本人不一致', verificationId: flowNo },
    });
    expect(await scene.callback(flowNo, RESULT)).toMatchObject({ verifyStatus: 'un_passed', compliant: false });
    expect(scene.told(flowNo, RESULT)).toHaveLength(1);
    const written = JSON.stringify(await scene.evidenceOf(flowNo));
    expect(written).toContain('page-facts-differ');
    for (const secret of [ZHANG_SAN.name, ZHANG_SAN.idNumber, LI_NA.mobile]) expect(written).not.toContain(secret);
  });

  it('get no more answers by parallel posts than there are tries', async () => {
    const { flowNo, ...page } = await scene.personPage();
    await page.consent();
    const wrong = { ...ZHANG_SAN, mobile: LI_NA.mobile };

    const answers = await Promise.all(Array.from({ length: 12 }, () => page.facts('mobile', wrong)));

    expect(answers.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(5);
    const late = answers.filter(({ status }) => status === 200);
    expect(late.every(({ body }) => body.result?.status === 'un_passed')).toBe(true);
    await scene.callback(flowNo, RESULT);
    expect(scene.told(flowNo, RESULT)).toHaveLength(1);
  });

  it('are mended, also with another mobile after a code was asked for', async () => {
    const { ...page } = await scene.personPage();
    await page.consent();
    await page.facts('mobile', { ...LI_NA, name: '李那' });
    await page.facts('mobile', LI_NA);

    const back = await page.post('/facts/again');
    const byCard = await page.facts('bank', { mobile: LI_NA.mobile, bankCardNumber: LI_NA_CARD });

    expect(back.body.person).toMatchObject({
      step: 'facts',
      fields: [{ value: '李*', locked: true }, { locked: true }, {}, {}],
    });
    expect(byCard.body.person).toMatchObject({ step: 'code', mode: 'bank' });
    expect((await page.passCode()).body.result?.status).toBe('passed');
  });
});

describe('the page refuses', () => {
  it('facts before consent, and consent to another text', async () => {
    const page = await scene.personPage();

    expect(await page.facts('mobile', ZHANG_SAN)).toMatchObject({
      status: 409,
      body: { error: 'VERIFICATION_STEP_CONFLICT' },
    });
    const old = await page.post('/consent', { version: '1999-01' });
    expect(old).toMatchObject({ status: 409, body: { error: 'VERIFICATION_CONSENT_OUTDATED' } });
  });

  it('numbers that cannot be any, which costs no try', async () => {
    const page = await scene.personPage();
    await page.consent();

    const refused = await page.facts('bank', { name: '张三', idNumber: '110101199003078850', mobile: '123' });

    expect(refused).toMatchObject({ status: 400, body: { error: 'BAD_PARAMETER' } });
    expect(refused.body.msg).toMatch(/idNumber.*mobile.*bankCardNumber/);
    expect((await page.look()).person.triesLeft).toBe(5);
  });

  it('while the source is down, which costs no try', async () => {
    const page = await scene.personPage();
    await page.consent();

    const refused = await page.facts('mobile', { name: '王丽', idNumber: '120101198109250026', mobile: '13800000008' });

    expect(refused).toMatchObject({ status: 409, body: { error: 'IDENTITY_SOURCE_UNAVAILABLE' } });
    expect((await page.look()).person).toMatchObject({ step: 'facts', triesLeft: 5 });
  });

  it('a wrong code, and lets the right one pass afterwards', async () => {
    const { flowNo, ...page } = await scene.personPage();
    await page.consent();
    await page.facts('mobile', ZHANG_SAN);

    expect(await page.failCode()).toMatchObject({ status: 422, body: { error: 'WRONG_CODE', remainingAttempts: 4 } });
    const [done, twice] = await Promise.all([page.passCode(), page.look()]);
    expect(done.body.result?.status).toBe('passed');
    expect(twice.kind).toBe('person');
    await scene.callback(flowNo, RESULT);
    expect(scene.told(flowNo, RESULT)).toHaveLength(1);
  });

  it('a mode that the app has not offered', async () => {
    const page = await scene.personPage({ pageConfig: { psnAvailableAuthModes: ['mobile'] } });
    await page.consent();
    const refused = await page.facts('bank', { ...LI_NA, bankCardNumber: LI_NA_CARD });
    expect(refused).toMatchObject({ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } });
  });
});
