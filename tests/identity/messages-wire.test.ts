/** 短信验证码 and 通知短信 of an app's own, by raw HTTP and through the SDK. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { rawCall } from '../wire/raw-client.ts';
import { clientOf, type IdentityScene, startIdentityScene, ZHANG_SAN } from './identity-scene.ts';

const PHONE = '13911110000';

let scene: IdentityScene;
beforeAll(async () => {
  scene = await startIdentityScene();
});
afterAll(() => scene.close());

describe('a code for purposes of the app', () => {
  it('passes once', async () => {
    const sent = await scene.result('/open/api/sms/code', { phone: PHONE });
    expect(sent).toEqual({ smsId: expect.stringMatching(/^\d{19}$/), expireSeconds: 300 });
    const { smsId } = sent;
    const code = (await scene.newestText(PHONE))?.code;

    expect(await scene.result('/open/api/sms/codeVerify', { smsId, code: 'wrong' })).toEqual({
      verifyStatus: 'un_passed',
      remainingAttempts: 4,
    });
    expect(await scene.result('/open/api/sms/codeVerify', { smsId, code })).toEqual({
      verifyStatus: 'passed',
      remainingAttempts: 3,
    });
    expect(await scene.call('/open/api/sms/codeVerify', { smsId, code })).toMatchObject({ code: 'oc_10518' });
  });

  it('is replaced by the next one to that phone', async () => {
    const { sms } = scene.client;
    const first = await sms.sendCode({ phone: PHONE });
    const code = (await scene.newestText(PHONE))?.code ?? '';
    await sms.sendCode({ phone: PHONE });

    await expect(sms.verifyCode({ smsId: first.smsId, code })).rejects.toMatchObject({ code: 'oc_10512' });
  });

  it("is no other app's, and none of another purpose", async () => {
    const { smsId } = await scene.client.sms.sendCode({ phone: PHONE });
    const stranger = clientOf(scene.platform, await scene.platform.createApp());
    const { flowNo } = await scene.client.verification.checkPersonCarrier({
      ...{ psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' },
      psnMobile: '13800000000',
    });
    const { serviceId } = await scene.client.verification.sendSmsCode({ flowNo });

    const unknown = { code: 'oc_60501' };
    await expect(stranger.sms.verifyCode({ smsId, code: '000000' })).rejects.toMatchObject(unknown);
    await expect(scene.client.sms.verifyCode({ smsId: serviceId, code: '000000' })).rejects.toMatchObject(unknown);
  });

  it.each([{ phone: '12800000000' }, { phone: 'x' }, {}])('is refused to %j', async (input) => {
    expect(await scene.call('/open/api/sms/code', input)).toMatchObject({
      code: '400',
      msg: expect.stringContaining('phone'),
    });
  });
});

describe('a notice', () => {
  it('goes out by its template with the parameters in it', async () => {
    const params = { name: '张三', contractName: '租赁合同', deadline: '11月30日' };

    const sent = await scene.result('/open/api/sms/notice', { phone: PHONE, templateCode: 'NOTICE_SIGN', params });

    expect(sent).toEqual({ smsId: expect.stringMatching(/^\d{19}$/) });
    expect(await scene.newestText(PHONE)).toMatchObject({
      code: null,
      text: '【Signet】张三,您有一份《租赁合同》待签署,请于11月30日前完成。',
    });
  });

  it('names every parameter that is missing, unknown or would pass for a signature', async () => {
    const params = { name: '【银行】张三', colour: 'red', deadline: 'a\nb' };

    const answer = await scene.call('/open/api/sms/notice', { phone: PHONE, templateCode: 'NOTICE_SIGN', params });

    expect(answer.code).toBe('400');
    for (const field of ['name', 'colour', 'deadline', 'contractName']) expect(answer.msg).toContain(`params.${field}`);
  });

  it('of an unknown template is refused', async () => {
    await expect(scene.client.sms.sendNotice({ phone: PHONE, templateCode: 'NOPE' })).rejects.toMatchObject({
      code: 'oc_60502',
    });
  });

  it('takes a template that an operator has saved', async () => {
    await scene.platform.modules.messaging.saveTemplate({ code: 'OURS', text: '您的{thing}已到。' });

    await scene.client.sms.sendNotice({ phone: PHONE, templateCode: 'OURS', params: { thing: '包裹' } });

    expect(await scene.newestText(PHONE)).toMatchObject({ text: '【Signet】您的包裹已到。' });
  });
});

describe('limits', () => {
  it('hold for an app that has them: a pause, and so many in a day', async () => {
    const app = { ...(await scene.platform.createApp({ smsLimits: true })), url: scene.app.url };
    const send = async (path: string, json: object) => (await rawCall(app, { path, json })).body.code;
    const notice = { phone: PHONE, templateCode: 'NOTICE_TEXT', params: { content: '好' } };

    expect(await send('/open/api/sms/code', { phone: PHONE })).toBe('200');
    expect(await send('/open/api/sms/code', { phone: PHONE })).toBe('oc_10514');
    const codes = await Promise.all(Array.from({ length: 15 }, () => send('/open/api/sms/notice', notice)));
    expect(codes.toSorted()).toEqual([...Array(10).fill('200'), ...Array(5).fill('oc_10515')]);
  });

  it('are settings of the operator, and count what one address asks for, whatever the call', async () => {
    const strict = await startTestPlatform({
      environment: { SIGNET_SMS_PER_ADDRESS: '2' },
      app: { smsLimits: true },
    });
    const app = { ...strict.app, url: strict.url };
    const send = async (path: string, json: object) => (await rawCall(app, { path, json })).body;
    const { result } = await send('/open/psnCert/3element', { ...ZHANG_SAN.facts, psnMobile: ZHANG_SAN.psnMobile });
    const { flowNo } = result as { flowNo: string };

    const codes = [
      await send('/open/psnCert/sendSms', { flowNo }),
      await send('/open/api/sms/code', { phone: PHONE }),
      await send('/open/api/sms/code', { phone: '13911110001' }),
    ].map(({ code }) => code);

    expect(codes).toEqual(['200', '200', 'oc_60504']);
    await strict.close();
  });
});
