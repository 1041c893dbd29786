/** What every reader of cards must do, whether it finds text or fields: the same cards come out, and nothing half-read. */
import { ApiError } from '@signet/protocol/errors';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../kernel/http-client.ts';
import type { CardFieldReader, OcrReader } from '../ports.ts';
import { createRecognition, type Recognition } from '../service.ts';

/** Each scene is a picture of its own color; a reader under test sees what it stands for. */
export const SCENES = [
  'id-card-front',
  'id-card-back',
  'business-license',
  'bank-card',
  'wrong-number',
  'blank',
] as const;
export type Scene = (typeof SCENES)[number];

export interface ReaderUnderTest {
  readonly reader: OcrReader | CardFieldReader;
  close(): Promise<void>;
}

export const ID_CARD = {
  ...{ name: '张三', sex: '男', nation: '汉', birth: '1990-03-07', idNumber: '110101199003078857' },
  address: '北京市东城区示例路1号',
};
export const LICENSE = {
  ...{ name: '北京示例科技有限公司', creditCode: '91110105MA01D00006', legalRepresentative: '张三' },
  ...{ companyType: '有限责任公司', establishedOn: '2020-02-24', term: '长期' },
};

export function describeCardReader(name: string, setup: () => Promise<ReaderUnderTest>): void {
  describe(`the reader of cards ${name}`, () => {
    let given: ReaderUnderTest;
    let recognition: Recognition;
    beforeAll(async () => {
      given = await setup();
      recognition = createRecognition({ reader: given.reader, httpClient: createHttpClient({ allow: [] }) });
    });
    afterAll(async () => {
      await recognition.close();
      await given.close();
    });

    it('reads an identity card', async () => {
      expect(await recognition.readIdCardFront(await pictureOf('id-card-front'))).toEqual(ID_CARD);
      expect(await recognition.readIdCardBack(await pictureOf('id-card-back'))).toEqual({
        ...{ authority: '北京市公安局东城分局', validDate: '2016.03.07-2036.03.07' },
      });
    });

    it('reads a business licence and a bank card', async () => {
      expect(await recognition.readLicense(await pictureOf('business-license'))).toMatchObject(LICENSE);
      expect(await recognition.readBankCard(await pictureOf('bank-card'))).toEqual({
        ...{ cardNumber: '6222020200000000014', bankName: '中国工商银行', cardType: '借记卡', validDate: '07/33' },
      });
    });

    it('answers no card whose number does not hold', async () => {
      expect(await problemOf(recognition.readIdCardFront(await pictureOf('wrong-number')))).toBe('CARD_NOT_RECOGNIZED');
      expect(await problemOf(recognition.readLicense(await pictureOf('wrong-number')))).toBe('CARD_NOT_RECOGNIZED');
      expect(await problemOf(recognition.readBankCard(await pictureOf('wrong-number')))).toBe('CARD_NOT_RECOGNIZED');
    });

    it('answers no card where there is none', async () => {
      expect(await problemOf(recognition.readIdCardFront(await pictureOf('blank')))).toBe('CARD_NOT_RECOGNIZED');
      expect(await problemOf(recognition.readIdCardBack(await pictureOf('blank')))).toBe('CARD_NOT_RECOGNIZED');
    });
  });
}

export async function pictureOf(scene: Scene): Promise<{ imageBase64: string }> {
  const background = { r: 40 * SCENES.indexOf(scene), g: 120, b: 90 };
  const picture = sharp({ create: { width: 640, height: 400, channels: 3, background } });
  return { imageBase64: (await picture.png().toBuffer()).toString('base64') };
}

/** Which scene a picture is, also after it has been written anew. */
export async function sceneIn(picture: Uint8Array): Promise<Scene | undefined> {
  const { channels } = await sharp(picture).stats();
  return SCENES[Math.round((channels[0]?.mean ?? 0) / 40)];
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof ApiError ? error.error : 'read';
}
