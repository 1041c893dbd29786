/** 卡证识别 by Tencent Cloud (ocr, 2018-11-19): IDCardOCR, BizLicenseOCR and BankCardOCR answer fields. */
import sharp from 'sharp';
import { RemoteCallError } from '../../kernel/remote-call.ts';
import type {
  CardFieldReader,
  CardFields,
  CardKind,
  CardProblem,
  CardReading,
  PictureProblem,
} from '../../modules/recognition/ports.ts';
import type { TencentAnswer, TencentApi } from './api.ts';

const OCR = { service: 'ocr', version: '2018-11-19', isRepeatable: true } as const;

/** The vendor takes 7 MB of base64; so many pixels hold every card and are far below. */
const LONGEST_SIDE = 2_600;
const QUALITY = 90;
const MAX_PIXELS = 50_000_000;
const SHORTEST_SIDE = 120;

export function createTencentCardReader(api: TencentApi): CardFieldReader {
  return {
    readCard: async (kind, picture) => {
      const prepared = await prepare(picture);
      if (typeof prepared === 'string') return { problem: prepared };
      const { action, parameters = {}, toFields } = MEANS[kind];
      const call = { ...OCR, action, parameters: { ImageBase64: prepared.toString('base64'), ...parameters } };
      try {
        return await api.call(call, (answer) => ({ fields: toFields((name) => textOf(answer, name)) }));
      } catch (error) {
        if (!(error instanceof RemoteCallError)) throw error;
        return faultOf(error.code ?? '');
      }
    },
    close: async () => undefined,
  };
}

/**
 * Upright, no larger than needed, and without what a camera writes beside the picture, such as where it was taken. The vendor
 * takes no WebP.
 */
async function prepare(picture: Uint8Array): Promise<Buffer | PictureProblem> {
  try {
    const image = sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, width, height } = await image.metadata();
    if (!['jpeg', 'png', 'webp'].includes(format)) return 'not-a-picture';
    if (Math.min(width, height) < SHORTEST_SIDE) return 'too-small';
    const fitting = image.rotate().resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true });
    return await fitting.jpeg({ quality: QUALITY }).toBuffer();
  } catch (error) {
    const { message } = error as Error;
    if (/pixel limit/i.test(message)) return 'too-many-pixels';
    return /unsupported image format/i.test(message) ? 'not-a-picture' : 'damaged';
  }
}

type ReadText = (name: string) => string;

interface Means {
  readonly action: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly toFields: (text: ReadText) => CardFields;
}

const MEANS: Readonly<Record<CardKind, Means>> = {
  'id-card-front': {
    action: 'IDCardOCR',
    parameters: { CardSide: 'FRONT' },
    toFields: (text) => ({
      ...{ name: text('Name'), number: text('IdNum'), sex: text('Sex'), nation: text('Nation') },
      ...{ birth: text('Birth'), address: text('Address') },
    }),
  },
  'id-card-back': {
    action: 'IDCardOCR',
    parameters: { CardSide: 'BACK' },
    toFields: (text) => ({ authority: text('Authority'), validDate: text('ValidDate') }),
  },
  'business-license': {
    action: 'BizLicenseOCR',
    toFields: (text) => ({
      ...{ name: text('Name'), number: text('RegNum'), legalRepresentative: text('Person'), address: text('Address') },
      ...{ companyType: text('Type'), registeredCapital: text('Capital'), establishedOn: text('SetDate') },
      ...{ term: text('Period'), scope: text('Business') },
    }),
  },
  'bank-card': {
    action: 'BankCardOCR',
    toFields: (text) => ({
      ...{ number: text('CardNo'), bankName: text('BankInfo'), cardType: text('CardType') },
      validDate: text('ValidDate'),
    }),
  },
};

function textOf(answer: TencentAnswer, name: string): string {
  const value = answer[name];
  return typeof value === 'string' ? value : '';
}

const UNREAD: Readonly<Record<string, CardProblem>> = {
  'FailedOperation.ImageNoText': 'no-text',
  'FailedOperation.OcrFailed': 'no-text',
  'FailedOperation.ImageBlur': 'number-unsure',
  'FailedOperation.IdCardInfoIllegal': 'number-unsure',
  'FailedOperation.IdCardTooSmall': 'incomplete',
  'FailedOperation.MultiCardError': 'other-document',
  'FailedOperation.ImageNoIdCard': 'other-document',
  'FailedOperation.NoBizLicense': 'other-document',
  'FailedOperation.NoBankCard': 'other-document',
  'FailedOperation.NoBankCardError': 'other-document',
  'FailedOperation.InvalidBankCard': 'other-document',
};

const PROBLEMS: Readonly<Record<string, PictureProblem>> = {
  'FailedOperation.ImageDecodeFailed': 'damaged',
  'FailedOperation.EmptyImageError': 'damaged',
  'FailedOperation.ImageSizeTooLarge': 'too-large',
  'LimitExceeded.TooLargeFileError': 'too-large',
  'FailedOperation.EngineRecognizeTimeout': 'timed-out',
};

/** What the vendor could not read is the picture's fault; everything else is the service's. */
function faultOf(code: string): CardReading {
  const unread = UNREAD[code];
  if (unread) return { unread };
  const problem = PROBLEMS[code];
  if (problem) return { problem };
  return { unavailable: /^RequestLimitExceeded/.test(code) ? 'busy' : 'unreachable' };
}
