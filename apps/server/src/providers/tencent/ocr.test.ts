import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardFieldReader } from '../../modules/recognition/ports.ts';
import { describeCardReader, type Scene, sceneIn } from '../../modules/recognition/testing/reader-contract.ts';
import { createTencentCardReader } from './ocr.ts';
import { type FakeTencent, startFakeTencent, type TencentReply } from './testing/fake-tencent.ts';

const FIELDS: Readonly<Record<Scene, TencentReply>> = {
  'id-card-front': {
    ...{ Name: '张三', Sex: '男', Nation: '汉', Birth: '1990/3/7', Address: '北京市东城区示例路1号' },
    ...{ IdNum: '110101199003078857', Authority: '', ValidDate: '', AdvancedInfo: '{}' },
  },
  'id-card-back': { Name: '', IdNum: '', Authority: '北京市公安局东城分局', ValidDate: '2016.03.07-2036.03.07' },
  'business-license': {
    ...{ RegNum: '91110105MA01D00006', Name: '北京示例科技有限公司', Person: '张三', Type: '有限责任公司' },
    ...{ SetDate: '2020年02月24日', Period: '长期', Capital: '', Address: '', Business: '' },
  },
  'bank-card': {
    CardNo: '6222020200000000014',
    BankInfo: '中国工商银行(01020000)',
    CardType: '借记卡',
    ValidDate: '07/2033',
  },
  'wrong-number': {
    Name: '张三',
    IdNum: '110101199003078850',
    RegNum: '91110105MA01D00007',
    CardNo: '6222020200000000015',
  },
  blank: 'FailedOperation.ImageNoText',
};

function teachScenes(vendor: FakeTencent): void {
  for (const action of ['IDCardOCR', 'BizLicenseOCR', 'BankCardOCR']) {
    vendor.replies.set(`ocr.${action}`, async ({ ImageBase64 }) => {
      const scene = await sceneIn(Buffer.from(String(ImageBase64), 'base64'));
      return FIELDS[scene ?? 'blank'];
    });
  }
}

describeCardReader('Tencent Cloud', async () => {
  const vendor = await startFakeTencent();
  teachScenes(vendor);
  return { reader: createTencentCardReader(vendor.api), close: vendor.close };
});

let vendor: FakeTencent;
let reader: CardFieldReader;
beforeEach(async () => {
  vendor = await startFakeTencent({ tryMs: 300 });
  reader = createTencentCardReader(vendor.api);
});
afterEach(() => vendor.close());

const PHOTOGRAPH = {
  create: { width: 4000, height: 3000, channels: 3, background: { r: 200, g: 180, b: 160 } },
} as const;
const photograph = () => sharp(PHOTOGRAPH).withExif({ IFD0: { Copyright: '住在示例路1号' } });

describe('a picture for Tencent Cloud', () => {
  it.each([
    ['jpeg', () => photograph().jpeg()],
    ['png', () => photograph().png()],
    ['webp', () => photograph().webp()],
  ] as const)('given as %s goes out as a JPEG of moderate size, without what the camera wrote', async (_, make) => {
    vendor.replies.set('ocr.IDCardOCR', () => FIELDS['id-card-front']);
    await reader.readCard('id-card-front', await make().toBuffer());

    const sent = JSON.parse(vendor.received[0]?.body ?? '') as { ImageBase64: string; CardSide: string };
    const { format, width, exif } = await sharp(Buffer.from(sent.ImageBase64, 'base64')).metadata();
    expect([format, width, exif, sent.CardSide]).toEqual(['jpeg', 2600, undefined, 'FRONT']);
  });

  it.each([
    ['not-a-picture', Buffer.from('hello')],
    [
      'too-small',
      () =>
        sharp({ create: { ...PHOTOGRAPH.create, width: 90, height: 90 } })
          .png()
          .toBuffer(),
    ],
    ['damaged', async () => (await photograph().jpeg().toBuffer()).subarray(0, 9_000)],
  ] as const)('that is %s is not sent', async (problem, picture) => {
    expect(await reader.readCard('bank-card', typeof picture === 'function' ? await picture() : picture)).toEqual({
      problem,
    });
    expect(vendor.received).toEqual([]);
  });
});

describe('a refusal of Tencent Cloud', () => {
  it.each([
    ['FailedOperation.ImageNoIdCard', { unread: 'other-document' }],
    ['FailedOperation.ImageBlur', { unread: 'number-unsure' }],
    ['FailedOperation.ImageDecodeFailed', { problem: 'damaged' }],
    ['FailedOperation.SomethingNew', { unavailable: 'unreachable' }],
    ['ResourceUnavailable.InArrears', { unavailable: 'unreachable' }],
    ['RequestLimitExceeded', { unavailable: 'busy' }],
    [{ raw: 'silence' }, { unavailable: 'unreachable' }],
  ] as const)('by %o means %o', async (reply, outcome) => {
    vendor.replies.set('ocr.IDCardOCR', () => reply as TencentReply);
    const picture = await sharp({ create: { ...PHOTOGRAPH.create, width: 640, height: 400 } })
      .jpeg()
      .toBuffer();
    expect(await reader.readCard('id-card-back', picture)).toEqual(outcome);
  });
});
