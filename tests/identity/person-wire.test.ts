/** 个人认证项 by raw HTTP and through the SDK. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCall } from '../wire/raw-client.ts';
import {
  HE_JING,
  type IdentityScene,
  LI_NA,
  LUO_GANG,
  type RegisteredPerson,
  startIdentityScene,
  TANG_MIN,
  ZHANG_SAN,
} from './identity-scene.ts';

let scene: IdentityScene;
beforeAll(async () => {
  scene = await startIdentityScene();
});
afterAll(() => scene.close());

const cardInput = ({ facts, psnMobile, psnBankCardNo }: RegisteredPerson) => ({ ...facts, psnMobile, psnBankCardNo });
const FLOW_NO = expect.stringMatching(/^OPFN\d{6}[A-Za-z]{12}$/);

describe('个人二要素 and 运营商三要素', () => {
  it.each([
    ['/open/psnCert/2element', ZHANG_SAN.facts, 'passed'],
    ['/open/psnCert/2element', { ...ZHANG_SAN.facts, psnName: '张四' }, 'un_passed'],
    ['/open/psnCert/3element', { ...ZHANG_SAN.facts, psnMobile: ZHANG_SAN.psnMobile }, 'passed'],
    ['/open/psnCert/3element', { ...ZHANG_SAN.facts, psnMobile: LI_NA.psnMobile }, 'un_passed'],
  ])('%s answers %j with %s', async (path, input, verifyStatus) => {
    expect(await scene.result(path, input)).toEqual({ verifyStatus, flowNo: FLOW_NO, serviceId: expect.any(String) });
  });
});

describe('个人银行卡四要素', () => {
  it.each([
    ['the right card', cardInput(ZHANG_SAN), 'passed'],
    ['a number written as a number', { ...cardInput(ZHANG_SAN), psnMobile: 13800000000 }, 'passed'],
    ["somebody else's card", { ...cardInput(ZHANG_SAN), psnBankCardNo: LI_NA.psnBankCardNo }, 'un_passed'],
    ['a mobile that the bank does not know', { ...cardInput(ZHANG_SAN), psnMobile: '13900000000' }, 'un_passed'],
    ['a card in another name', cardInput(HE_JING), 'un_passed'],
    ['a frozen card', cardInput(LUO_GANG), 'un_passed'],
  ])('answers %s', async (_, input, verifyStatus) => {
    expect(await scene.result('/open/psnCert/4element', input)).toMatchObject({ verifyStatus, flowNo: FLOW_NO });
  });

  it('says when the bank does not answer', async () => {
    expect(await scene.call('/open/psnCert/4element', cardInput(TANG_MIN))).toMatchObject({ code: 'oc_10517' });
  });

  it('refuses a card whose checksum is wrong before anybody is asked', async () => {
    const answer = await scene.call('/open/psnCert/4element', {
      ...cardInput(ZHANG_SAN),
      psnBankCardNo: '6222020200000000015',
    });

    expect(answer).toMatchObject({ code: '400', msg: '参数错误. psnBankCardNo: 银行卡号错误' });
  });

  it('makes a compliant flow together with a code, through the SDK', async () => {
    const { verification } = scene.client;
    const { flowNo } = await verification.checkPersonBankCard(cardInput(LI_NA));
    await verification.sendSmsCode({ flowNo });
    await verification.verifySmsCode({ flowNo, code: (await scene.newestText(LI_NA.psnMobile))?.code ?? '' });

    const report = await verification.get({ flowNo });
    expect(report).toMatchObject({
      ...{ compliant: true, verifyStatus: 'passed' },
      items: [{ item: '4element', source: 'sandbox' }, { item: 'sendSms' }, { item: 'verifySms' }],
    });
    expect(JSON.stringify(report)).not.toContain(LI_NA.psnBankCardNo);
    await expect(
      scene.client.persons.create({ accountId: 'card', informPhone: LI_NA.psnMobile, flowNo }),
    ).resolves.toMatchObject({ accountId: 'card' });
  });
});

describe('短信验证码 of a flow', () => {
  it.each([
    ['sendSms', 'verifySms', 'code'],
    ['smsSend', 'checkSms', 'smsCode'],
    ['sendCode', 'checkCode', 'verifyCode'],
  ])('is sent by %s and given back to %s as %s', async (send, verify, field) => {
    const { facts, psnMobile } = ZHANG_SAN;
    const { flowNo } = await scene.result('/open/psnCert/3element', { ...facts, psnMobile });

    const sent = await scene.result(`/open/psnCert/${send}`, { flowNo });
    expect(sent).toEqual({ flowNo, serviceId: expect.any(String), expireSeconds: 300 });
    const code = (await scene.newestText(psnMobile))?.code;
    const judged = await scene.result(`/open/psnCert/${verify}`, { flowNo, serviceId: sent.serviceId, [field]: code });

    expect(judged).toEqual({ verifyStatus: 'passed', flowNo, serviceId: expect.any(String), remainingAttempts: 4 });
    expect(await scene.call(`/open/psnCert/${verify}`, { flowNo, [field]: code })).toMatchObject({ code: 'oc_10518' });
  });

  it('is refused before a mobile has been shown to be theirs', async () => {
    const { flowNo } = await scene.result('/open/psnCert/2element', ZHANG_SAN.facts);

    expect(await scene.call('/open/psnCert/sendSms', { flowNo })).toMatchObject({ code: 'oc_10510' });
  });
});

describe('a flow', () => {
  it('is not continued with another person, another mobile or as another kind', async () => {
    const { flowNo } = await scene.client.verification.checkPersonCarrier({
      ...ZHANG_SAN.facts,
      psnMobile: ZHANG_SAN.psnMobile,
    });

    const face = await scene.call('/open/psnCert/face', { ...LI_NA.facts, flowNo });
    const card = await scene.call('/open/psnCert/4element', { ...cardInput(LI_NA), flowNo });
    const payout = await scene.call('/open/corpCert/transfer', {
      ...{ flowNo, bankAccountNo: '110000000001', bankName: '中国银行', bankBranchCode: '104100000018' },
    });

    expect(face).toMatchObject({ code: 'oc_10507', msg: expect.stringContaining('姓名、证件号') });
    expect(card).toMatchObject({ code: 'oc_10507' });
    expect(payout).toMatchObject({ code: 'oc_10508' });
  });

  it.each(['/open/cert/get', '/open/certGet', '/open/cert/info', '/open/cert/detail'])(
    'is told by %s',
    async (path) => {
      const flowNo = await scene.certify(ZHANG_SAN, { businessCode: `B${path}` });

      const byFlow = await scene.get(path, { flowNo });
      const byCode = await scene.get(path, { businessCode: `B${path}` });

      expect(byFlow.result).toMatchObject({
        ...{ flowNo, certType: 'psn', verifyStatus: 'passed', compliant: true, businessCode: `B${path}` },
        facts: { psnName: '张三', psnIDCardNum: '110***********8857', psnMobile: '138****0000' },
        items: [
          { item: '3element', verifyStatus: 'passed', source: 'sandbox' },
          { item: 'sendSms' },
          { item: 'verifySms' },
        ],
        certifiedTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      });
      expect(byCode.result).toEqual(byFlow.result);
    },
  );
});

describe('人脸', () => {
  it.each(['/open/psnCert/face', '/open/psnCert/faceUrl', '/open/psnCert/getFaceUrl'])(
    '%s hands out a link whose check is open',
    async (path) => {
      const face = await scene.result(path, { ...ZHANG_SAN.facts, businessCode: `face ${path}` });

      expect(face).toEqual({
        faceUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/face\/[\w-]{24}$/),
        subFlowId: face.serviceId,
        serviceId: expect.any(String),
        flowNo: FLOW_NO,
        expirationTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      });
      const { flowNo, serviceId } = face;
      const open = { flowNo, serviceId, verifyStatus: 'processing' };
      expect(await scene.result('/open/psnCert/faceResult', { serviceId })).toEqual(open);
      expect(await scene.result('/open/psnCert/faceResult', { businessCode: `face ${path}` })).toEqual(open);
    },
  );

  it.each(['passed', 'un_passed'] as const)(
    'ends %s by the test helper, once, and tells the app',
    async (verifyStatus) => {
      const { client } = scene;
      const businessCode = `face-${verifyStatus}`;
      const { flowNo, serviceId } = await client.verification.openFace({ ...LI_NA.facts, businessCode });

      expect(await client.sandbox.complete({ serviceId, verifyStatus })).toMatchObject({ verifyStatus, flowNo });

      expect(await client.verification.getFaceResult({ serviceId })).toEqual({ flowNo, serviceId, verifyStatus });
      const compliant = verifyStatus === 'passed';
      expect(await client.verification.get({ flowNo })).toMatchObject({
        compliant,
        items: [{ item: 'face', verifyStatus }],
      });
      expect(await scene.callback(flowNo, 'OPEN_PSN_FACE_RECOGNITION_RESULT')).toMatchObject({
        serviceId,
        verifyStatus,
        businessCode,
      });
      expect(await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject({
        verifyStatus,
        compliant,
        accountId: null,
        businessCode,
      });
      await expect(client.sandbox.complete({ serviceId, verifyStatus })).rejects.toMatchObject({ code: 'oc_10528' });
    },
  );

  it('is not found by another app', async () => {
    const { serviceId } = await scene.client.verification.openFace(ZHANG_SAN.facts);
    const stranger = { ...(await scene.platform.createApp()), url: scene.app.url };

    const asked = await rawCall(stranger, { path: '/open/psnCert/faceResult', json: { serviceId } });
    const ended = await rawCall(stranger, {
      path: '/open/sandbox/complete',
      json: { serviceId, verifyStatus: 'passed' },
    });

    expect(asked.body).toMatchObject({ code: 'oc_10527' });
    expect(ended.body).toMatchObject({ code: 'oc_10527' });
  });

  it('returns to http, https or a registered scheme only', async () => {
    const ask = (redirectUrl: string) =>
      scene.call('/open/psnCert/face', { ...ZHANG_SAN.facts, redirectConfig: { redirectUrl, redirectDelayTime: '3' } });

    expect(await ask('https://app.example/back')).toMatchObject({ code: '200' });
    expect(await ask('javascript:alert(1)')).toMatchObject({
      code: '400',
      msg: expect.stringContaining('redirectUrl'),
    });
  });
});

describe('callbacks of a personal flow', () => {
  it('say that it has become compliant', async () => {
    const flowNo = await scene.certify(ZHANG_SAN, { businessCode: 'told' });

    expect(await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject({
      ...{ transactionId: expect.any(String), businessCode: 'told', flowNo, serviceId: expect.any(String) },
      ...{ verifyStatus: 'passed', compliant: true, accountId: null },
    });
  });

  it('say that a check has failed', async () => {
    const { flowNo, serviceId } = await scene.client.verification.checkPersonNameAndId({
      ...ZHANG_SAN.facts,
      psnName: '张四',
      businessCode: 'failed',
    });

    expect(await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject({
      ...{ businessCode: 'failed', serviceId, verifyStatus: 'un_passed', compliant: false },
    });
  });

  it('say nothing of a wrong code until the tries are used up', async () => {
    const { verification } = scene.client;
    const { flowNo } = await verification.checkPersonCarrier({ ...LI_NA.facts, psnMobile: LI_NA.psnMobile });
    await verification.sendSmsCode({ flowNo });
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await verification.verifySmsCode({ flowNo, code: 'wrong' })).toMatchObject({ remainingAttempts: left });
    }

    expect(await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject({ verifyStatus: 'un_passed' });
    expect(scene.inbox.received.filter(({ json }) => json.flowNo === flowNo)).toHaveLength(1);
  });

  it('say that an unverified user has become verified', async () => {
    const { persons } = scene.client;
    await persons.createUnverified({ accountId: 'later', informPhone: LI_NA.psnMobile });
    const flowNo = await scene.certify(LI_NA, { businessCode: 'later' });

    await persons.modify({ accountId: 'later', flowNo });

    await scene.inbox.find(({ json }) => json.flowNo === flowNo && json.accountId === 'later');
    const told = scene.inbox.received.filter(({ json }) => json.flowNo === flowNo).map(({ json }) => json);
    expect(told).toMatchObject([
      { businessType: 'OPEN_PSN_CERT_RESULT', accountId: null, compliant: true, businessCode: 'later' },
      { businessType: 'OPEN_PSN_CERT_RESULT', accountId: 'later', compliant: true, businessCode: 'later' },
    ]);
  });
});
