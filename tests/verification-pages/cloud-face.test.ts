/** A face that a vendor films: our page, the vendor's page on this machine, and back. */
import type { FaceState, PageFailure } from '@signet/protocol/page-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeTencent,
  SECRET_ID,
  SECRET_KEY,
  startFakeTencent,
} from '../../apps/server/src/providers/tencent/testing/fake-tencent.ts';
import { openPage } from '../signing-page/page.ts';
import { AGREED, LI_NA, startVerificationScene, type VerificationScene } from './verification-scene.ts';

const FACE_TOLD = 'OPEN_PSN_FACE_RECOGNITION_RESULT';
const DETECT = 'faceid.DetectAuth';
const RESULT = 'faceid.GetDetectInfoEnhanced';

let vendor: FakeTencent;
let scene: VerificationScene;
let visits = 0;
beforeAll(async () => {
  vendor = await startFakeTencent();
  scene = await startVerificationScene({
    environment: {
      ...{ SIGNET_FACE: 'tencent', SIGNET_TENCENT_FACE_RULE: '1', SIGNET_TENCENT_ENDPOINT: vendor.url },
      ...{ SIGNET_TENCENT_SECRET_ID: SECRET_ID, SIGNET_TENCENT_SECRET_KEY: SECRET_KEY },
    },
  });
  beginAgain();
});
afterEach(() => beginAgain());
afterAll(async () => {
  await scene.close();
  await vendor.close();
});

function beginAgain(): void {
  vendor.replies.set(DETECT, () => {
    visits += 1;
    return { Url: `https://open.faceid.qq.com/v1/web?Token=T${visits}`, BizToken: `T${visits}` };
  });
  tell(null);
}

const tell = (ErrCode: number | null, more: object = {}) =>
  vendor.replies.set(RESULT, () => ({
    Text: {
      ErrCode,
      ErrMsg: ErrCode ? '比对相似度未达到通过标准' : null,
      IdCard: LI_NA.idNumber,
      Name: LI_NA.name,
      ...more,
    },
  }));

async function openFace(more: object = {}) {
  const asked = await scene.client.verification.openFace({
    ...{ psnName: LI_NA.name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: LI_NA.idNumber, ...more },
  });
  const page = await openPage(asked.faceUrl);
  const post = (path: string, body: object = {}) => page.post<FaceState & PageFailure>(`/face${path}`, body);
  return {
    ...{ ...asked, post },
    look: async () => (await page.get<FaceState & PageFailure>('/face')).body,
    consent: (pageUrl: string = asked.faceUrl) => post('/consent', { ...AGREED, pageUrl }),
  };
}

const askedOf = (action: string) =>
  vendor.received
    .filter(({ headers }) => headers['x-tc-action'] === action)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const turn = (checkId: string) =>
  scene.platform.modules.identity.tasks['identity.face']?.({ appId: scene.appId, checkId, round: 0 }, {} as never);

describe('a face link where a vendor films', () => {
  it('leads from consent to the vendor and back, and tells the app once', async () => {
    const { flowNo, serviceId, ...face } = await openFace();
    const before = await face.look();
    const sent = await face.consent();
    const waiting = await face.look();
    tell(0, { Sim: '88.5' });
    const done = await face.look();
    const again = await face.look();

    expect(before).toMatchObject({ step: 'consent', engine: 'cloud', cloudUrl: null });
    expect(sent.body).toMatchObject({
      step: 'capture',
      cloudUrl: `https://open.faceid.qq.com/v1/web?Token=T${visits}`,
    });
    expect(waiting).toMatchObject({ step: 'capture', cloudUrl: sent.body.cloudUrl });
    expect(done).toMatchObject({
      step: 'closed',
      cloudUrl: null,
      result: { status: 'passed', verificationId: flowNo },
    });
    expect(again).toEqual(done);
    expect(askedOf('DetectAuth').at(-1)).toMatchObject({ Extra: serviceId, RedirectUrl: face.faceUrl });
    expect(await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject({ verifyStatus: 'passed' });
    expect(scene.told(flowNo, FACE_TOLD)).toMatchObject([{ verifyStatus: 'passed' }]);
    const written = JSON.stringify(await scene.evidenceOf(flowNo));
    for (const kept of [
      'face-session-begun',
      'tencent:faceid.GetDetectInfoEnhanced',
      'provesLiveness\\":true',
      '88.5',
    ]) {
      expect(written).toContain(kept);
    }
    expect(written).not.toContain(`T${visits}`);
  });

  it('says no when the vendor does, once the person is back', async () => {
    const { flowNo, ...face } = await openFace();
    await face.consent();
    tell(2013);

    expect(await face.look()).toMatchObject({ result: { status: 'un_passed', reason: '比对相似度未达到通过标准' } });
    expect(await scene.callback(flowNo, FACE_TOLD)).toMatchObject({ verifyStatus: 'un_passed' });
  });

  it('is ended by a job when the person does not come back, but not by a first try that failed', async () => {
    const { flowNo, serviceId, ...face } = await openFace();
    await face.consent();
    tell(2013);
    await turn(serviceId);
    const still = await scene.client.verification.getFaceResult({ serviceId });
    tell(0);
    await turn(serviceId);

    expect(still.verifyStatus).toBe('processing');
    expect(await scene.client.verification.getFaceResult({ serviceId })).toMatchObject({ verifyStatus: 'passed' });
    expect(await scene.callback(flowNo, FACE_TOLD)).toMatchObject({ verifyStatus: 'passed' });
  });

  it('begins one visit for two taps, and takes no picture of ours', async () => {
    const face = await openFace();
    const before = visits;
    const taps = await Promise.all([face.consent(), face.consent()]);
    const look = await face.look();
    const capture = { pictureBase64: 'aGVsbG8=', actions: [], likeness: null, guidance: 'manual' };
    const picture = await face.post('/capture', capture);

    expect(taps.map(({ status }) => status)).toEqual([200, 200]);
    expect(look.cloudUrl).toMatch(/Token=T\d+$/);
    expect(visits - before).toBeLessThanOrEqual(2);
    expect(picture).toMatchObject({ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } });
  });

  it('sends nobody to an address that is not ours', async () => {
    await (await openFace()).consent('https://evil.example/face/x');
    await (await openFace()).consent(`${scene.platform.url}/face/../console`);

    expect(
      askedOf('DetectAuth')
        .slice(-2)
        .map((asked) => asked.RedirectUrl),
    ).toEqual([undefined, undefined]);
  });

  it('costs no try while the vendor gives no answer', async () => {
    const face = await openFace();
    vendor.replies.set(DETECT, () => 'ResourceUnavailable.InArrears');
    const refusals = [await face.consent(), await face.consent(), await face.consent(), await face.consent()];
    beginAgain();

    expect(refusals.map(({ body }) => body.error)).toEqual(Array(4).fill('IDENTITY_SOURCE_UNAVAILABLE'));
    expect((await face.consent()).body).toMatchObject({ step: 'capture' });
  });

  it('shows the same step while the vendor does not say how it went', async () => {
    const face = await openFace();
    const sent = await face.consent();
    vendor.replies.set(RESULT, () => 'FailedOperation.UnKnown');

    expect(await face.look()).toMatchObject({ step: 'capture', cloudUrl: sent.body.cloudUrl });
  });
});
