import type { FaceState, PageFailure, PersonVerificationState } from '@signet/protocol/page-api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from '../signing-page/page.ts';
import { AGREED, LI_NA, openPersonPage, startVerificationScene, type VerificationScene } from './verification-scene.ts';

let scene: VerificationScene;
let portrait: string;
beforeAll(async () => {
  scene = await startVerificationScene();
  portrait = await pictureOf(480, 640);
});
afterAll(() => scene.close());

const DIFFERENT_FACE = { name: '韩小雪', idNumber: '320106199203150041' };
const FACE_TOLD = 'OPEN_PSN_FACE_RECOGNITION_RESULT';

async function pictureOf(width: number, height: number): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const background = { r: 0, g: 0, b: 0 };
  const picture = sharp({ create: { width, height, channels: 3, background, noise } });
  return (await picture.jpeg().toBuffer()).toString('base64');
}

async function openFacePage(url: string) {
  const page = await openPage(url);
  const post = (path: string, body: object = {}) => page.post<FaceState & PageFailure>(`/face${path}`, body);
  const look = async () => (await page.get<FaceState & PageFailure>('/face')).body;
  return {
    ...{ post, look },
    consent: () => post('/consent', AGREED),
    capture: async (change: object = {}) => {
      const actions = (await look()).actions.map((action, i) => ({ action, atMs: 800 * (i + 1) }));
      return post('/capture', { pictureBase64: portrait, actions, likeness: null, guidance: 'manual', ...change });
    },
  };
}

async function faceOf({ name, idNumber }: { name: string; idNumber: string }, more: object = {}) {
  const asked = await scene.client.verification.openFace({
    ...{ psnName: name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: idNumber, ...more },
  });
  return { ...asked, ...(await openFacePage(asked.faceUrl)) };
}

describe('a face link', () => {
  it('asks for consent, judges the picture, and tells the app once', async () => {
    const { flowNo, ...face } = await faceOf(LI_NA, { redirectConfig: { redirectUrl: 'https://shop.example/f' } });

    const before = await face.look();
    const tooEarly = await face.capture();
    await face.consent();
    const done = await face.capture({ guidance: 'guided', likeness: 0.93 });
    const again = await face.capture();

    expect(before).toMatchObject({ step: 'consent', personName: '李*', engine: 'local', cloudUrl: null, result: null });
    expect(before.actions.slice(0, 2)).toEqual(['look', 'blink']);
    expect(tooEarly).toMatchObject({ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } });
    expect(done.body).toMatchObject({
      ...{ step: 'closed', result: { status: 'passed', reason: null, verificationId: flowNo } },
      redirect: { url: `https://shop.example/f?flowNo=${flowNo}&status=passed` },
    });
    expect(again.body).toEqual(done.body);
    await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT');
    expect(scene.told(flowNo, FACE_TOLD)).toMatchObject([{ verifyStatus: 'passed' }]);
    const written = JSON.stringify(await scene.evidenceOf(flowNo));
    expect(written).toContain('\\"guidance\\":\\"guided\\"');
    expect(written).toContain('\\"provesLiveness\\":false');
    expect(written).toContain('\\"comparesWithReference\\":false');
    expect(written).toContain('不证明活体,未与证件照片比对');
    expect(written).not.toContain(portrait.slice(0, 60));
  });

  it('says no to a face that is not that of the card', async () => {
    const { flowNo, ...face } = await faceOf(DIFFERENT_FACE);
    await face.consent();

    const done = await face.capture();

    expect(done.body.result).toMatchObject({ status: 'un_passed', reason: '人脸与证件照片不一致' });
    expect(await scene.callback(flowNo, FACE_TOLD)).toMatchObject({ verifyStatus: 'un_passed' });
  });

  it('lets a picture that cannot be judged be taken again, twice', async () => {
    const { ...face } = await faceOf(LI_NA);
    await face.consent();
    const small = await pictureOf(100, 100);

    const answers = [
      await face.capture({ pictureBase64: small }),
      await face.capture({ actions: [{ action: 'look', atMs: 500 }] }),
      await face.capture({ pictureBase64: 'aGVsbG8=' }),
    ];

    expect(answers.map(({ status, body }) => [status, body.remainingAttempts, body.msg])).toEqual([
      [422, 2, '照片过小,请靠近一些'],
      [422, 1, '动作未按提示依次完成'],
      [200, undefined, undefined],
    ]);
    expect(answers[2]?.body.result).toMatchObject({ status: 'un_passed', reason: '照片无法读取,请重新拍摄' });
  });

  it('says how it ended when it was ended elsewhere', async () => {
    const { serviceId, ...face } = await faceOf(LI_NA);
    await face.consent();
    await scene.client.sandbox.complete({ serviceId, verifyStatus: 'un_passed', reason: '光线过暗' });
    expect(await face.look()).toMatchObject({ step: 'closed', result: { status: 'un_passed', reason: '光线过暗' } });
  });
});

describe('the page of a person, by face', () => {
  it('sends the person to the face page, which returns to it', async () => {
    const { flowNo, ...page } = await scene.personPage({ pageConfig: { psnDefaultAuthMode: 'face' } });
    await page.consent();

    const given = await page.facts('face', LI_NA);
    const reloaded = await page.look();
    const face = await openFacePage(given.body.person.faceUrl ?? '');
    await face.consent();
    const seen = await face.capture();
    const back = await openPersonPage(seen.body.redirect?.url ?? '');

    expect(given.body.person).toMatchObject({ step: 'face', mode: 'face' });
    expect(reloaded.person.faceUrl).toBe(given.body.person.faceUrl);
    expect(await back.look()).toMatchObject({ person: { step: 'done' }, result: { status: 'passed' } });
    await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT');
    expect(scene.told(flowNo, 'OPEN_PSN_CERT_RESULT')).toHaveLength(1);
  });

  it('offers another try after a face that did not pass, and ends with the last one', async () => {
    const { flowNo, ...page } = await scene.personPage();
    await page.consent();
    const states: PersonVerificationState[] = [];
    for (let i = 0; i < 5; i++) {
      const given = await page.facts('face', DIFFERENT_FACE);
      const face = await openFacePage(given.body.person.faceUrl ?? '');
      await face.consent();
      await face.capture();
      states.push(await page.look());
    }

    expect(states.map(({ person }) => [person.step, person.triesLeft])).toEqual(
      [4, 3, 2, 1, 0].map((n) => ['facts', n]),
    );
    expect(states.map(({ result }) => result?.status)).toEqual([...Array(4).fill(undefined), 'un_passed']);
    await scene.callback(flowNo, 'OPEN_PSN_CERT_RESULT');
    expect(scene.told(flowNo, 'OPEN_PSN_CERT_RESULT')).toMatchObject([{ verifyStatus: 'un_passed' }]);
    expect(scene.told(flowNo, FACE_TOLD)).toHaveLength(5);
  });
});
