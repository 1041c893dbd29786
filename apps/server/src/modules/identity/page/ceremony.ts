/** The pages of 实名认证 as their surfaces see them: every command may be repeated, and a reload resumes. */

import type { PictureReader } from '../../recognition/index.ts';
import type { CompanyMode } from '../page-setup.ts';
import type { VerificationPage } from '../page-store.ts';
import type { InnerParts } from '../parts.ts';
import type { PayoutRequest } from '../payouts.ts';
import type { JudgedCode, SentCode } from '../sms-checks.ts';
import {
  chooseWay,
  type GivenCompanyFacts,
  giveCompanyFacts,
  giveLetter,
  type LetterFile,
  letterFacts,
  orderPayout,
  tellAmount,
} from './company-commands.ts';
import { askAboutPayout, type CompanyView, viewCompany } from './company-view.ts';
import { setLetter } from './letter-form.ts';
import {
  changeFacts,
  checkPageCode,
  giveConsent,
  givePersonFacts,
  type JudgedFacts,
  offeredModes,
  sendPageCode,
} from './person-commands.ts';
import type { GivenFacts } from './person-facts.ts';
import { type PersonView, viewPerson } from './person-view.ts';
import {
  createPictureReading,
  type DocumentPicture,
  type PictureConsent,
  type PictureFacts,
} from './picture-reading.ts';
import { endOf, type PageEnd } from './progress.ts';
import { openScene, type PageVisit, refuseExpiredLink } from './visit.ts';

export type { PageVisit } from './visit.ts';

export interface PageView {
  readonly page: VerificationPage;
  readonly person: PersonView;
  /** Of a company's page. */
  readonly company: CompanyView | undefined;
  readonly pictureReader: PictureReader;
  /** Version of the text on pictures that was agreed to. */
  readonly pictureConsentVersion: string | null;
  readonly end: PageEnd | undefined;
}

export interface PageCeremony {
  /** @throws LinkError of an expired link whose page has not ended. */
  view(visit: PageVisit): Promise<PageView>;
  giveConsent(visit: PageVisit, version: string): Promise<void>;
  /** @throws ApiError BAD_PARAMETER, IDENTITY_SOURCE_UNAVAILABLE (costs no try), TOO_MANY_CHECKS, VERIFICATION_STEP_CONFLICT. */
  giveFacts(visit: PageVisit, given: GivenFacts): Promise<JudgedFacts>;
  changeFacts(visit: PageVisit): Promise<void>;
  /** Who reads pictures now. */
  pictureReader(): PictureReader;
  consentToPictures(visit: PageVisit, consent: PictureConsent): Promise<void>;
  /** Facts that a picture shows and that the person may fill in. @throws like the reading. */
  readPicture(visit: PageVisit, picture: DocumentPicture): Promise<PictureFacts>;
  /** `address` is the person's, for the limits. @throws ApiError SMS_TOO_SOON, SMS_DAILY_LIMIT. */
  sendCode(visit: PageVisit, address: string): Promise<SentCode>;
  /** Undefined: it was done already. */
  checkCode(visit: PageVisit, code: string): Promise<JudgedCode | undefined>;

  /** The company's part, once its agent is verified. @throws like {@link giveFacts}. */
  giveCompanyFacts(visit: PageVisit, given: GivenCompanyFacts): Promise<JudgedFacts>;
  /** @throws ApiError AGENT_NOT_REPRESENTATIVE */
  chooseWay(visit: PageVisit, mode: CompanyMode): Promise<void>;
  orderPayout(visit: PageVisit, wanted: Omit<PayoutRequest, 'verificationId'>): Promise<void>;
  /** A wrong amount costs one of three tries. */
  tellAmount(visit: PageVisit, amount: string): Promise<JudgedFacts>;
  /** A PDF to print, stamp and photograph. */
  letterForm(visit: PageVisit): Promise<Uint8Array>;
  giveLetter(visit: PageVisit, file: LetterFile): Promise<void>;
}

export function createPageCeremony(parts: InnerParts): PageCeremony {
  const pictures = createPictureReading(parts);
  return {
    view: (visit) => viewPage(parts, visit),
    giveConsent: (visit, version) => giveConsent(parts, visit, version),
    giveFacts: (visit, given) => givePersonFacts(parts, visit, given),
    changeFacts: (visit) => changeFacts(parts, visit),
    pictureReader: () => parts.recognition.reader(),
    consentToPictures: pictures.consent,
    readPicture: pictures.read,
    sendCode: (visit, address) => sendPageCode(parts, visit, address),
    checkCode: (visit, code) => checkPageCode(parts, visit, code),
    giveCompanyFacts: (visit, given) => giveCompanyFacts(parts, visit, given),
    chooseWay: (visit, mode) => chooseWay(parts, visit, mode),
    orderPayout: (visit, wanted) => orderPayout(parts, visit, wanted),
    tellAmount: (visit, amount) => tellAmount(parts, visit, amount),
    letterForm: async (visit) => setLetter(await letterFacts(parts, visit)),
    giveLetter: (visit, file) => giveLetter(parts, visit, file),
  };
}

async function viewPage(parts: InnerParts, visit: PageVisit): Promise<PageView> {
  let scene = await openScene(parts, visit);
  if (await askAboutPayout(parts, scene)) scene = await openScene(parts, visit);
  const end = endOf(scene);
  if (!end) refuseExpiredLink(visit);
  return {
    ...{ page: scene.page, end, pictureReader: parts.recognition.reader() },
    pictureConsentVersion: scene.progress.pictureConsentVersion,
    person: viewPerson(scene, offeredModes(parts, scene)),
    company: scene.page.kind === 'organization' ? await viewCompany(parts, scene) : undefined,
  };
}
