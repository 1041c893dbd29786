/** 证件识别. Pictures and what they say are personal data: read, answered, forgotten. */
import { ApiError } from '@signet/protocol/errors';
import type { HttpClient } from '../../kernel/http-client.ts';
import { type BankCard, parseBankCard } from './bank-card.ts';
import { bankCardOf, idCardBackOf, idCardFrontOf, licenseOf } from './card-fields.ts';
import { type IdCardBack, parseIdCardBack } from './id-card-back.ts';
import { type IdCardFront, parseIdCardFront } from './id-card-front.ts';
import { type BusinessLicense, parseLicense } from './license.ts';
import { type CardOutcome, type CardProblem, unread } from './outcome.ts';
import { fetchPicture, type PictureSource } from './picture-source.ts';
import type { CardFieldReader, CardFields, CardKind, OcrReader, PictureProblem, ReadLine } from './ports.ts';

export type { PictureSource } from './picture-source.ts';

export interface RecognitionParts {
  /** Reads either text, in which we look for the card, or the card's fields. */
  readonly reader: OcrReader | CardFieldReader;
  readonly httpClient: HttpClient;
}

/** Who reads pictures: nobody, this machine, or a service that they are sent to. */
export type PictureReader = 'none' | 'local' | 'vendor';

export type Recognition = ReturnType<typeof createRecognition>;

/** Every reading throws an ApiError that says what the caller can do when the card cannot be read for certain. */
export function createRecognition({ reader, httpClient }: RecognitionParts) {
  const readOne = async <Card>(source: PictureSource, means: CardMeans<Card>): Promise<Card> => {
    const picture = await fetchPicture(source, httpClient);
    return cardOf(await outcomeOf(reader, picture, means), means.document);
  };

  return {
    reader: (): PictureReader => kindOf(reader),
    readIdCardFront: (source: PictureSource): Promise<IdCardFront> => readOne(source, ID_CARD_FRONT),
    readIdCardBack: (source: PictureSource): Promise<IdCardBack> => readOne(source, ID_CARD_BACK),
    readLicense: (source: PictureSource): Promise<BusinessLicense> => readOne(source, LICENSE),
    readBankCard: (source: PictureSource): Promise<BankCard> => readOne(source, BANK_CARD),
    close: async () => void (await Promise.all([reader.close(), httpClient.close()])),
  };
}

/** A reader that answers fields is somebody else's. Asking starts nothing. */
function kindOf(reader: RecognitionParts['reader']): PictureReader {
  if ('readCard' in reader) return 'vendor';
  return reader.isInstalled() ? 'local' : 'none';
}

/** How one kind of card is found, in text or in fields. */
interface CardMeans<Card> {
  readonly kind: CardKind;
  /** Its name in messages. */
  readonly document: string;
  readonly fromLines: (lines: readonly ReadLine[]) => CardOutcome<Card>;
  readonly fromFields: (fields: CardFields) => CardOutcome<Card>;
}

const ID_CARD_FRONT: CardMeans<IdCardFront> = {
  ...{ kind: 'id-card-front', document: '身份证人像面', fromLines: parseIdCardFront, fromFields: idCardFrontOf },
};
const ID_CARD_BACK: CardMeans<IdCardBack> = {
  ...{ kind: 'id-card-back', document: '身份证国徽面', fromLines: parseIdCardBack, fromFields: idCardBackOf },
};
const LICENSE: CardMeans<BusinessLicense> = {
  ...{ kind: 'business-license', document: '营业执照', fromLines: parseLicense, fromFields: licenseOf },
};
const BANK_CARD: CardMeans<BankCard> = {
  ...{ kind: 'bank-card', document: '银行卡卡号面', fromLines: parseBankCard, fromFields: bankCardOf },
};

async function outcomeOf<Card>(
  reader: RecognitionParts['reader'],
  picture: Uint8Array,
  { kind, fromLines, fromFields }: CardMeans<Card>,
): Promise<CardOutcome<Card>> {
  const outcome = 'readCard' in reader ? await reader.readCard(kind, picture) : await reader.read(picture);
  if ('unavailable' in outcome) throw UNAVAILABLE[outcome.unavailable]();
  if ('problem' in outcome) throw pictureError(outcome.problem);
  if ('unread' in outcome) return unread(outcome.unread);
  return 'lines' in outcome ? fromLines(outcome.lines) : fromFields(outcome.fields);
}

const UNAVAILABLE = {
  'not-installed': () =>
    new ApiError('OCR_UNAVAILABLE', {}, { detail: '缺少识别组件apps/ocr,请运维在平台目录执行npm run ocr:install' }),
  busy: () => new ApiError('OCR_BUSY'),
  unreachable: () => new ApiError('OCR_UNAVAILABLE', {}, { detail: '识别服务暂无应答,请稍后再试' }),
};

const PICTURE_PROBLEMS: Readonly<Record<PictureProblem, string>> = {
  'not-a-picture': '须为JPEG、PNG或WebP图片',
  'too-large': '图片过大,请压缩后重试',
  'too-many-pixels': '图片不能超过5000万像素',
  'too-small': '图片过小,请上传清晰的原图',
  damaged: '图片不完整或已损坏,请重新上传',
  failed: '图片无法处理,请更换图片',
  'timed-out': '图片处理超时,请裁剪或更换图片',
};

function pictureError(problem: PictureProblem): ApiError {
  return new ApiError('PICTURE_UNREADABLE', { problem }, { detail: PICTURE_PROBLEMS[problem] });
}

const CARD_PROBLEMS: Readonly<Record<CardProblem, string>> = {
  'no-text': '图中没有可辨认的文字,请正对证件、光线充足时重拍',
  'other-side': '图中是证件的另一面,请换成这一面的图片',
  'other-document': '图中未找到该证件,请确认证件类型并完整拍摄',
  'number-unsure': '号码不清晰或校验未通过,请避免反光与遮挡后重拍',
  'name-missing': '姓名或名称不清晰,请避免反光与遮挡后重拍',
  incomplete: '内容不完整,请完整拍摄证件四角',
};

function cardOf<Card>(outcome: CardOutcome<Card>, document: string): Card {
  if (outcome.ok) return outcome.card;
  const { problem } = outcome;
  throw new ApiError(
    'CARD_NOT_RECOGNIZED',
    { document, problem },
    { detail: `${document}: ${CARD_PROBLEMS[problem]}` },
  );
}
