/** Recognition over the open API, through the SDK and by a client that knows only the public text. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSignetClient, type SignetClient } from '@signet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocrMember } from '../../apps/server/src/providers/ocr-local/member.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { rawCall } from '../wire/raw-client.ts';
import type { IdCardFront } from './facts.ts';
import { sampleOf } from './generator-a/index.ts';

const isInstalled = ocrMember().isInstalled();
const PATIENCE = { timeout: 180_000 };
const GOOD = { turn: 0, perspective: 0, light: 1, noise: 2, blur: 0, quality: 85, size: 1000 };

let platform: TestPlatform;
let sdk: SignetClient;
let pictures: Server;
let pictureUrl: string;
let card: { facts: IdCardFront; base64: string };

beforeAll(async () => {
  platform = await startTestPlatform();
  sdk = createSignetClient({ baseUrl: platform.url, ...platform.app, timeoutMs: 120_000, retries: 0 });
  const { facts, picture } = await sampleOf(5, 'id-front', GOOD);
  card = { facts: facts as IdCardFront, base64: picture.toString('base64') };
  pictures = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { Location: '/card.jpg' }).end();
    else if (request.url === '/large') response.end(Buffer.alloc(11 * 1024 * 1024));
    else if (request.url === '/card.jpg') response.end(picture);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(pictures, 'listening');
  pictureUrl = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
});
afterAll(async () => {
  pictures.close();
  await platform.close();
});

describe.skipIf(!isInstalled)('身份证OCR', PATIENCE, () => {
  const answer = () => ({
    ...{ name: card.facts.name, sex: card.facts.sex, nation: card.facts.nation, birth: card.facts.birth },
    ...{ address: card.facts.address, psnIdCardNum: card.facts.idNumber, authority: null, validDate: null },
  });

  it('answers the fields of the portrait side', async () => {
    expect(await sdk.recognition.readIdCard({ imageBase64: card.base64, cardSide: 'front' })).toEqual(answer());
  });

  it('takes a data URL and fetches an address', async () => {
    const dataUrl = `data:image/jpeg;base64,${card.base64}`;

    expect(await sdk.recognition.readIdCard({ imageBase64: dataUrl, cardSide: 'front' })).toEqual(answer());
    expect(await sdk.recognition.readIdCard({ imageUrl: `${pictureUrl}/card.jpg`, cardSide: 'front' })).toEqual(
      answer(),
    );
  });

  it('answers the fields of the emblem side', async () => {
    const { facts, picture } = await sampleOf(7, 'id-back', GOOD);

    const result = await sdk.recognition.readIdCard({ imageBase64: picture.toString('base64'), cardSide: 'back' });

    expect(result).toMatchObject({ ...omitKind(facts), name: null, psnIdCardNum: null });
  });

  it('says so when the other side was sent', async () => {
    await expect(sdk.recognition.readIdCard({ imageBase64: card.base64, cardSide: 'back' })).rejects.toMatchObject({
      code: 'oc_60525',
      msg: expect.stringContaining('另一面'),
    });
  });

  it('says what pictures may be when the bytes are none', async () => {
    const text = Buffer.from('not a picture').toString('base64');

    await expect(sdk.recognition.readBankCard({ imageBase64: text })).rejects.toMatchObject({
      code: 'oc_60523',
      msg: expect.stringContaining('JPEG'),
    });
  });
});

describe.skipIf(!isInstalled)('营业执照OCR and 银行卡OCR', PATIENCE, () => {
  it('answer their fields', async () => {
    const license = await sampleOf(8, 'license', { ...GOOD, size: 1400 });
    const bank = await sampleOf(4, 'bank-card', GOOD);

    expect(
      await sdk.recognition.readBusinessLicense({ imageBase64: license.picture.toString('base64') }),
    ).toMatchObject({
      ...{ corpName: '上海美信文化传媒有限责任公司', corpIDCardNum: '91310115MADR7F1F2T', legalRepName: '周羿' },
      ...{ registeredCapital: '叁仟万元整', establishDate: '2012-03-05' },
    });
    expect(await sdk.recognition.readBankCard({ imageBase64: bank.picture.toString('base64') })).toEqual({
      ...{ bankCardNo: '4392253202509660', bankName: '招商银行', cardType: '信用卡', validDate: null },
    });
  });
});

describe.skipIf(!isInstalled)('the same over raw signed HTTP', PATIENCE, () => {
  const raw = async (path: string, json: object) => {
    const { body } = await rawCall({ url: platform.url, ...platform.app }, { path, json });
    return { code: body.code, names: Object.keys(body.result as object) };
  };

  it.each([
    [
      '/open/api/ocr/idCard',
      'id-front',
      { cardSide: 'front' },
      ['name', 'sex', 'nation', 'birth', 'address', 'psnIdCardNum', 'authority', 'validDate'],
    ],
    [
      '/open/api/ocr/businessLicense',
      'license',
      {},
      [
        ...['corpName', 'corpIDCardNum', 'legalRepName', 'corpType', 'address', 'registeredCapital', 'establishDate'],
        ...['businessTerm', 'businessScope'],
      ],
    ],
    ['/open/api/ocr/bankCard', 'bank-card', {}, ['bankCardNo', 'bankName', 'cardType', 'validDate']],
  ] as const)('%s answers its names', async (path, kind, more, names) => {
    const { picture } = await sampleOf(8, kind, { ...GOOD, size: 1400 });

    const answer = await raw(path, { imageBase64: picture.toString('base64'), ...more });

    expect(answer).toEqual({ code: '200', names });
  });
});

describe('where a picture comes from', () => {
  it.each([
    ['both', { imageBase64: 'AAAA', imageUrl: 'https://example.com/a.jpg' }],
    ['none', {}],
  ])('is told once: %s is a 400 that names both fields', async (_, source) => {
    await expect(sdk.recognition.readBankCard(source)).rejects.toMatchObject({
      code: '400',
      msg: expect.stringMatching(/imageBase64.*imageUrl/),
    });
  });

  it.each([
    ['no Base64', '***'],
    ['more than 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64')],
  ])('is refused when imageBase64 is %s', async (_, imageBase64) => {
    await expect(sdk.recognition.readBankCard({ imageBase64 })).rejects.toMatchObject({
      code: '400',
      msg: expect.stringContaining('imageBase64'),
    });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', '内网'],
    ['http://10.0.0.1/card.jpg', '内网'],
    ['http://[fd00::1]/card.jpg', '内网'],
    ['http://0x0a000001/card.jpg', '内网'],
    ['file:///etc/passwd', 'http或https'],
    ['nonsense', 'http或https'],
  ])('is never a place that only we can reach: %s', async (imageUrl, reason) => {
    await expect(sdk.recognition.readBankCard({ imageUrl })).rejects.toMatchObject({
      code: 'oc_60524',
      msg: expect.stringContaining(reason),
    });
  });

  it.each([
    ['/missing', 'HTTP 404'],
    ['/moved', 'HTTP 302'],
    ['/large', '10MB'],
  ])('must answer with the picture itself, not as %s does', async (path, reason) => {
    await expect(sdk.recognition.readBankCard({ imageUrl: pictureUrl + path })).rejects.toMatchObject({
      code: 'oc_60524',
      msg: expect.stringContaining(reason),
    });
  });
});

function omitKind({ kind: _, ...fields }: { readonly kind: string }): object {
  return fields;
}
