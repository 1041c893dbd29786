/**
 * The pages of 实名认证: a person, a company with its agent, a face. The server decides the step; a reload resumes, and a payout or a
 * letter can be left and come back to.
 */
import { z } from 'zod';
import type { PictureReaderKind } from './consent.ts';
import type { PageSetting, Redirect } from './session.ts';

export type VerificationStatus = 'passed' | 'un_passed' | 'processing';

/** One fact on a form. What the app locked is shown masked and not sent back. */
export interface FactField<Name extends string> {
  readonly name: Name;
  /** Masked when locked. */
  readonly value: string;
  readonly locked: boolean;
}

export type PersonFactName = 'name' | 'idNumber' | 'mobile' | 'bankCardNumber';
export type CompanyFactName = 'name' | 'creditCode' | 'representativeName' | 'representativeIdNumber';
export type PersonMode = 'face' | 'mobile' | 'bank';
export type CompanyMode = 'legalRep' | 'transfer' | 'letter';

/**
 * `consent`: separate consent (单独同意) to the use of identity data, before anything is typed, photographed or filmed.
 * `facts`: who the person is, in one of the modes. `code`: SMS code to the mobile of the facts. `face`: goes on on the face page.
 */
export type PersonStep = 'consent' | 'facts' | 'code' | 'face';

/**
 * The company page: first the agent (`person` holds that part), then the company.
 * `company`: its facts. `way`: choose how the agent proves to act for it. `transfer`: bank account; `amount`: the payout is on its way
 * or has arrived; `letter`: download, sign, upload; `auditing`: somebody reads it.
 */
export type CompanyStep = 'agent' | 'company' | 'way' | 'transfer' | 'amount' | 'letter' | 'auditing';

export interface VerificationResult {
  readonly status: VerificationStatus;
  /** Why not, in words for the person; null when passed. */
  readonly reason: string | null;
  readonly verificationId: string;
}

/** Pictures of documents can fill a form. */
export interface PictureSetting {
  /** Null where pictures cannot be read. */
  readonly reader: PictureReaderKind | null;
  /** The separate consent (单独同意) to the present text is on record. */
  readonly agreed: boolean;
}

export interface PersonPart {
  readonly step: PersonStep | 'done';
  readonly modes: readonly PersonMode[];
  readonly mode: PersonMode;
  readonly fields: readonly FactField<PersonFactName>[];
  /** Facts that did not fit so far in this flow, and how many tries are left. */
  readonly triesLeft: number;
  /** Masked; where the code goes. */
  readonly phone: string | null;
  /** Where the face is taken, in step `face`. */
  readonly faceUrl: string | null;
  readonly pictures: PictureSetting;
}

/** `GET /page-api/verify-person` and the answer of its commands. */
export interface PersonVerificationState extends PageSetting {
  readonly kind: 'person';
  readonly person: PersonPart;
  readonly result: VerificationResult | null;
  readonly redirect: Redirect | null;
}

/** `GET /page-api/verify-company` and the answer of its commands. */
export interface CompanyVerificationState extends PageSetting {
  readonly kind: 'company';
  readonly step: CompanyStep;
  readonly person: PersonPart;
  readonly modes: readonly CompanyMode[];
  readonly mode: CompanyMode;
  readonly fields: readonly FactField<CompanyFactName>[];
  readonly triesLeft: number;
  readonly pictures: PictureSetting;
  readonly payout: PayoutView | null;
  readonly letter: LetterView | null;
  readonly result: VerificationResult | null;
  /** Also in the steps `amount` and `auditing`, which can be left: then with the status `processing`. */
  readonly redirect: Redirect | null;
}

export interface PayoutView {
  readonly status: 'pending' | 'paid' | 'failed' | 'returned';
  readonly failReason: string | null;
  /** Masked. */
  readonly account: string;
  readonly bankName: string;
  readonly triesLeft: number;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
  /** Sandbox mode only: what the bank's message would say. */
  readonly sandboxMessage?: string;
}

export interface LetterView {
  /** `GET /page-api/verify-company/letter`: a PDF with the company's and the agent's data, to print, stamp and photograph. */
  readonly status: 'none' | 'auditing' | 'passed' | 'un_passed';
  readonly remark: string | null;
}

/** Commands of both pages; paths below `/page-api/verify-person` and `/page-api/verify-company/agent`. */

/** `…/consent` → state. `version` is that of the text that was shown. */
export const giveVerificationConsent = z.object({ version: z.string().max(20) });
/** `…/facts` → state; only unlocked fields. A mismatch costs a try and is told in `FACTS_DIFFER` (422). */
export const givePersonFacts = z.object({
  mode: z.enum(['face', 'mobile', 'bank']),
  facts: z.partialRecord(z.enum(['name', 'idNumber', 'mobile', 'bankCardNumber']), z.string().trim().max(100)),
});
export type GivePersonFacts = z.infer<typeof givePersonFacts>;
/** `…/code` with `{}` → SentCode; `…/code/check` with a SmsCode → state. */
/** `…/picture/consent` → state: separate consent before the first picture; `agrees: false` takes it back. */
export const consentToPictures = z.object({ version: z.string().max(20), agrees: z.boolean() });
/**
 * `…/picture`, and `verify-company/picture` of a licence → PictureFacts: what was read, for the person to correct, of the facts that
 * are open. At most 10 MB and 50 million pixels; the picture is not kept.
 */
export const readPicture = z.object({
  kind: z.enum(['idCardFront', 'bankCard', 'businessLicense']),
  imageBase64: z.string().max(14_000_000),
});
export type ReadPicture = z.infer<typeof readPicture>;
export interface PictureFacts {
  readonly facts: Readonly<Partial<Record<PersonFactName | CompanyFactName, string>>>;
}
/** `…/facts/again` with `{}` → state: back to the form, e.g. another mobile. */

/** Commands of the company page. */

/** `verify-company/company` → state. */
export const giveCompanyFacts = z.object({
  facts: z.partialRecord(
    z.enum(['name', 'creditCode', 'representativeName', 'representativeIdNumber']),
    z.string().trim().max(100),
  ),
});
export type GiveCompanyFacts = z.infer<typeof giveCompanyFacts>;
/** `verify-company/way` → state; a way can be left for another one until it has succeeded. */
export const chooseWay = z.object({ mode: z.enum(['legalRep', 'transfer', 'letter']) });
/** `verify-company/banks` → BankBranch[]. */
export const findBanks = z.object({ keyword: z.string().trim().max(40) });
export interface BankBranch {
  readonly bankName: string;
  readonly branchName: string;
  readonly branchCode: string;
}
/** `verify-company/transfer` → state. */
export const orderPayout = z.object({
  accountNumber: z
    .string()
    .trim()
    .regex(/^[\d -]{6,40}$/),
  bankName: z.string().trim().min(2).max(60),
  branchCode: z
    .string()
    .trim()
    .regex(/^\d{12}$/),
});
export type OrderPayout = z.infer<typeof orderPayout>;
/** `verify-company/amount` → state. Yuan with two decimals. */
export const tellAmount = z.object({
  amount: z
    .string()
    .trim()
    .regex(/^0?\.\d{2}$|^\d\.\d{2}$/),
});
/** `verify-company/letter/upload` → state: PDF, PNG or JPEG in base64, at most 10 MB. */
export const uploadLetter = z.object({
  fileName: z.string().trim().min(1).max(200),
  fileBase64: z.string().max(14_000_000),
});

/** The face page. `GET /page-api/face` and the answer of its command. */
export interface FaceState extends PageSetting {
  readonly step: 'consent' | 'capture' | 'closed';
  /** Masked name of the person to be seen. */
  readonly personName: string;
  /** The engine that judges; `local` proves no liveness, and the page says so. */
  readonly engine: 'local' | 'cloud';
  /** With a cloud engine: where the person goes to be filmed. */
  readonly cloudUrl: string | null;
  /** What the person does in front of the camera, in this order. */
  readonly actions: readonly FaceAction[];
  readonly result: VerificationResult | null;
  readonly redirect: Redirect | null;
}
export type FaceAction = 'look' | 'blink' | 'turn-left' | 'turn-right';

/** `face/consent` → FaceState. `pageUrl` is the page's own address, where a vendor's page sends the person back to. */
export const giveFaceConsent = giveVerificationConsent.extend({ pageUrl: z.url().max(900).optional() });
export type GiveFaceConsent = z.infer<typeof giveFaceConsent>;
/** `face/capture` → FaceState; not with a cloud engine. */
export const giveCapture = z.object({
  /** A JPEG of the moment that `look` was fulfilled, in base64. */
  pictureBase64: z.string().max(3_000_000),
  /** When each action was seen, in milliseconds after the start. */
  actions: z.array(
    z.object({ action: z.enum(['look', 'blink', 'turn-left', 'turn-right']), atMs: z.number().int().min(0) }),
  ),
  /** Likeness to the reference picture, 0–1, where there was one; measured in the browser and therefore no proof. */
  likeness: z.number().min(0).max(1).nullable(),
  /** `guided`: the page saw the movements by itself; `manual`: the person said when each was done. Told by the browser, so no proof. */
  guidance: z.enum(['guided', 'manual']),
});
export type GiveCapture = z.infer<typeof giveCapture>;
