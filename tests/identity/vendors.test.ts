/** A whole platform whose identity source and SMS sender are vendors, on this machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeTencent,
  SECRET_ID,
  SECRET_KEY,
  startFakeTencent,
} from '../../apps/server/src/providers/tencent/testing/fake-tencent.ts';
import { teachCompanies, teachPeople } from '../../apps/server/src/providers/tencent/testing/identity-replies.ts';
import { EXAMPLE_COMPANY, type IdentityScene, startIdentityScene, ZHANG_SAN } from './identity-scene.ts';

let vendor: FakeTencent;
let scene: IdentityScene;
beforeAll(async () => {
  vendor = await startFakeTencent();
  teachPeople(vendor);
  teachCompanies(vendor);
  let serial = 0;
  vendor.replies.set('sms.SendSms', () => {
    serial += 1;
    return { SendStatusSet: [{ Code: 'Ok', SerialNo: `5000:${serial}`, Message: 'send success' }] };
  });
  scene = await startIdentityScene({
    ...{ SIGNET_IDENTITY: 'tencent', SIGNET_SMS: 'tencent', SIGNET_TENCENT_ENDPOINT: vendor.url },
    ...{ SIGNET_TENCENT_SECRET_ID: SECRET_ID, SIGNET_TENCENT_SECRET_KEY: SECRET_KEY },
    ...{ SIGNET_TENCENT_SMS_APP_ID: '1400006666', SIGNET_SMS_SIGNATURE: '示例科技' },
    SIGNET_SMS_TEMPLATES: 'CODE=1110(code)',
  });
});
afterAll(async () => {
  await scene.close();
  await vendor.close();
});

const parametersOf = (action: string) =>
  vendor.received
    .filter(({ headers }) => headers['x-tc-action'] === action)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('a platform whose vendor is Tencent Cloud', () => {
  it('certifies a person by the vendor’s answer and message, with its numbers in the evidence', async () => {
    const flowNo = await scene.certify(ZHANG_SAN);

    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ verifyStatus: 'passed', compliant: true });
    await expect.poll(() => parametersOf('SendSms')).toHaveLength(1);
    expect(parametersOf('SendSms')[0]).toMatchObject({ SignName: '示例科技', TemplateId: '1110' });
    const message = () => scene.newestText(ZHANG_SAN.psnMobile);
    await expect.poll(async () => (await message())?.smsStatus).toBe('sent');
    expect(await message()).toMatchObject({
      source: 'tencent:sms',
      smsParts: 1,
      text: expect.stringMatching(/^【示例科技】/),
    });
    const entries = await scene.platform.modules.evidence.entriesOf(scene.platform.app.id, `verification:${flowNo}`);
    const checked = entries.map(({ content }) => JSON.parse(content)).find(({ check }) => check === 'carrier');
    expect(checked).toMatchObject({
      ...{ source: 'tencent:faceid.PhoneVerification', outcome: 'passed' },
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('asks the vendor about companies, too', async () => {
    const body = await scene.call('/open/corpCert/3element', EXAMPLE_COMPANY);

    expect(body).toMatchObject({ result: { verifyStatus: 'passed' } });
    expect(parametersOf('VerifyBizLicenseEnterprise3')).toHaveLength(1);
  });

  it('says that a source is unavailable when the vendor is, and certifies nobody', async () => {
    vendor.replies.set('faceid.IdCardVerification', () => 'ResourceUnavailable.InArrears');

    expect(await scene.call('/open/psnCert/2element', { ...ZHANG_SAN.facts })).toMatchObject({ code: 'oc_10517' });
  });

  it('says that a document is not among those that the vendor knows', async () => {
    const old = { ...EXAMPLE_COMPANY, corpIDCardType: 'CRED_ORG_REGCODE', corpIDCardNum: '110105000000012' };

    expect(await scene.call('/open/corpCert/3element', old)).toMatchObject({ code: 'oc_10535' });
  });
});
