export type { BankCard } from './bank-card.ts';
export type { IdCardBack } from './id-card-back.ts';
export type { IdCardFront } from './id-card-front.ts';
export type { BusinessLicense } from './license.ts';
export type { OcrOutcome, OcrReader, PictureProblem, ReadCharacter, ReadChoice, ReadLine } from './ports.ts';
export {
  createRecognition,
  type PictureReader,
  type PictureSource,
  type Recognition,
  type RecognitionParts,
} from './service.ts';
