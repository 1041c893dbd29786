/** Pictures of documents that fill the forms of 实名认证, over HTTP and with the real reader where it is installed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CompanyVerificationState,
  type PageFailure,
  type PictureFacts,
  pictureConsentVersion,
} from '@signet/protocol/page-api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocrMember } from '../../apps/server/src/providers/ocr-local/member.ts';
import { tracesOf } from '../hostile/traces.ts';
import type { BankCard, IdCardFront, License } from '../ocr/facts.ts';
import { sampleOf } from '../ocr/generator-a/index.ts';
import { LI_NA, openPersonPage, startVerificationScene, type VerificationScene } from './verification-scene.ts';

const isInstalled = ocrMember().isInstalled();
const PATIENCE = { timeout: 180_000 };
const GOOD = { turn: 0, perspective: 0, light: 1, noise: 2, blur: 0, quality: 85, size: 1000 };
const VERSION = pictureConsentVersion('local');
const AGREED = { version: VERSION, agrees: true };

let scene: VerificationScene;
beforeAll(async () => {
  scene = await startVerificationScene();
});
afterAll(() => scene.close());

type PersonPageInput = Parameters<VerificationScene['personPage']>[0];

/** A person at the form, who has agreed to pictures unless told otherwise. */
async function atTheForm(input: PersonPageInput = {}, agrees = true) {
  const { flowNo, ...page } = await scene.personPage(input);
  await page.consent();
  if (agrees) await page.post('/picture/consent', AGREED);
  const read = (kind: string, picture: Buffer) =>
    page.page.post<PictureFacts & PageFailure>('/verify-person/picture', {
      ...{ kind, imageBase64: picture.toString('base64') },
    });
  return { ...page, flowNo, read };
}

const blank = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
const kindsOf = async (flowNo: string) => (await scene.evidenceOf(flowNo)).map(({ kind }) => kind);

describe('a picture of a document', () => {
  it('needs a consent of its own, which is on record with its version and can be taken back', async () => {
    const page = await atTheForm({}, false);
    const picture = await blank();

    const before = await page.read('idCardFront', picture);
    const outdated = await page.post('/picture/consent', { version: '2020-01', agrees: true });
    const agreed = await page.post('/picture/consent', AGREED);
    const takenBack = await page.post('/picture/consent', { ...AGREED, agrees: false });
    const after = await page.read('idCardFront', picture);

    expect(before).toMatchObject({ status: 409, body: { error: 'PICTURE_CONSENT_MISSING' } });
    expect(outdated).toMatchObject({ status: 409, body: { error: 'VERIFICATION_CONSENT_OUTDATED' } });
    expect(agreed.body.person.pictures).toEqual({ reader: isInstalled ? 'local' : null, agreed: isInstalled });
    expect(takenBack.body.person.pictures.agreed).toBe(false);
    expect(after).toMatchObject({ status: 409, body: { error: 'PICTURE_CONSENT_MISSING' } });
    const consents = (await scene.evidenceOf(page.flowNo)).filter(({ kind }) => kind.startsWith('picture-consent'));
    expect(consents.map(({ kind, content }) => [kind, JSON.parse(content).version])).toEqual([
      ['picture-consent-given', VERSION],
      ['picture-consent-withdrawn', VERSION],
    ]);
    expect(await kindsOf(page.flowNo)).not.toContain('page-picture-read');
  });

  it('cannot be agreed to before the use of data has been agreed to', async () => {
    const { post } = await scene.personPage();

    expect(await post('/picture/consent', AGREED)).toMatchObject({
      ...{ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } },
    });
  });

  it.each([
    ['a licence, on the page of a person', {}, 'businessLicense'],
    [
      'a bank card, where no card is asked for',
      { pageConfig: { psnAvailableAuthModes: ['mobile' as const] } },
      'bankCard',
    ],
    [
      'an identity card, whose facts the app has fixed',
      { psnAuthConfig: { psnName: '李娜', psnIDCardNum: LI_NA.idNumber } },
      'idCardFront',
    ],
  ])('is refused unread: %s', async (_, input, kind) => {
    const page = await atTheForm(input);

    expect(await page.read(kind, await blank())).toMatchObject({
      ...{ status: 409, body: { error: 'VERIFICATION_STEP_CONFLICT' } },
    });
    expect(await kindsOf(page.flowNo)).not.toContain('page-picture-read');
  });

  it('of more than 10 MB is refused, and one of a stranger is not even received', async () => {
    const page = await atTheForm();
    const large = await page.read('idCardFront', Buffer.alloc(10 * 1024 * 1024 + 1, 1));
    const stranger = await fetch(`${scene.platform.url}/page-api/verify-person/picture`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' } },
      body: JSON.stringify({ kind: 'idCardFront', imageBase64: 'A'.repeat(13_000_000) }),
    });

    expect(large.status).toBe(400);
    expect(stranger.status).toBe(401);
  });
});

describe.skipIf(!isInstalled)('a picture that is read', PATIENCE, () => {
  it('of an identity card gives name and number, and nothing of it is kept', async () => {
    const { facts, picture } = await sampleOf(5, 'id-front', GOOD);
    const { name, idNumber } = facts as IdCardFront;
    const page = await atTheForm();
    const before = await tracesOf(scene.platform);

    const answer = await page.read('idCardFront', picture);

    expect(answer).toMatchObject({ status: 200, body: { facts: { name, idNumber } } });
    const after = await tracesOf(scene.platform);
    expect(after.stored).toEqual(before.stored);
    expect(after.incoming).toEqual(before.incoming);
    const grown = Object.keys(after.rows).filter((table) => after.rows[table] !== before.rows[table]);
    expect(grown).toEqual(['evidence_entries']);
    const evidence = JSON.stringify(await scene.evidenceOf(page.flowNo));
    expect(evidence).toContain('page-picture-read');
    expect(evidence).not.toContain(idNumber);
    expect(evidence).not.toContain(name);
  });

  it('gives only what the person may fill in', async () => {
    const { facts, picture } = await sampleOf(5, 'id-front', GOOD);
    const page = await atTheForm({ psnAuthConfig: { psnName: '李娜' } });

    expect((await page.read('idCardFront', picture)).body.facts).toEqual({
      idNumber: (facts as IdCardFront).idNumber,
    });
  });

  it('of a bank card gives its number', async () => {
    const { facts, picture } = await sampleOf(4, 'bank-card', GOOD);
    const page = await atTheForm();

    expect((await page.read('bankCard', picture)).body.facts).toEqual({
      bankCardNumber: (facts as BankCard).cardNumber,
    });
  });

  it('of a licence gives name, code and representative of the company', async () => {
    const { facts, picture } = await sampleOf(8, 'license', { ...GOOD, size: 1400 });
    const { url } = await scene.companyLink();
    const agent = await openPersonPage(url, '/verify-company/agent');
    await agent.consent();
    await agent.facts('mobile', LI_NA);
    await agent.passCode();
    const post = (path: string, body: object) =>
      agent.page.post<CompanyVerificationState & PictureFacts & PageFailure>(`/verify-company${path}`, body);
    const ask = () => post('/picture', { kind: 'businessLicense', imageBase64: picture.toString('base64') });

    const early = await ask();
    const agreed = await post('/picture/consent', AGREED);
    const answer = await ask();

    expect(early).toMatchObject({ status: 409, body: { error: 'PICTURE_CONSENT_MISSING' } });
    expect(agreed.body).toMatchObject({ step: 'company', pictures: { reader: 'local', agreed: true } });
    const { name, creditCode, legalRepresentative } = facts as License;
    expect(answer.body.facts).toEqual({ name, creditCode, representativeName: legalRepresentative });
  });

  it('and shows no document says so, which costs one of 20 tries', async () => {
    const page = await atTheForm();
    const { picture } = await sampleOf(7, 'id-back', GOOD);

    const otherSide = await page.read('idCardFront', picture);
    const noPicture = await page.read('idCardFront', Buffer.from('not a picture'));
    const tooManyPixels = await page.read('idCardFront', await pixels(8_000, 7_000));

    expect(otherSide).toMatchObject({ status: 409, body: { error: 'CARD_NOT_RECOGNIZED' } });
    expect(otherSide.body.msg).toContain('另一面');
    expect(noPicture).toMatchObject({ status: 409, body: { error: 'PICTURE_UNREADABLE' } });
    expect(noPicture.body.msg).toContain('JPEG');
    expect(tooManyPixels.body.msg).toContain('5000万像素');
    for (let i = 0; i < 17; i++) await page.read('idCardFront', Buffer.from('not a picture'));
    expect(await page.read('idCardFront', picture)).toMatchObject({ status: 409, body: { error: 'TOO_MANY_CHECKS' } });
  });

  it('is the only one of its page at that moment', async () => {
    const page = await atTheForm();
    const { picture } = await sampleOf(5, 'id-front', GOOD);

    const answers = await Promise.all([1, 2, 3].map(() => page.read('idCardFront', picture)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.flatMap(({ body }) => body.error ?? [])).toEqual(['OCR_BUSY', 'OCR_BUSY']);
  });
});

/** One color, which packs small however large it is. */
function pixels(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#fff' }, limitInputPixels: false })
    .png()
    .toBuffer();
}

describe.skipIf(!isInstalled)('the folder of the installation', () => {
  it('holds no picture', async () => {
    const entries = await readdir(scene.platform.dataFolder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const heads = await Promise.all(files.map(async (file) => (await readFile(file)).subarray(0, 3).toString('hex')));

    expect(heads.filter((head) => head === 'ffd8ff' || head === '89504e')).toEqual([]);
  });
});
