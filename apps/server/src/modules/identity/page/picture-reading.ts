/** 证件识别 on a page: a picture fills the form, for the person to correct. Read, answered, forgotten. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../../kernel/database.ts';
import type { InnerParts } from '../parts.ts';
import { type CompanyFact, companyFields } from './company-facts.ts';
import { type PersonFact, viewPerson } from './person-view.ts';
import { companyStep, type PageScene, personStep } from './progress.ts';
import { command, type PageVisit, requireStep } from './visit.ts';

/** Of one page; each costs a second of the machine's time. */
export const PICTURE_TRIES = 20;

export type PictureKind = 'idCardFront' | 'bankCard' | 'businessLicense';
export type PictureFacts = Readonly<Partial<Record<PersonFact | CompanyFact, string>>>;

export interface DocumentPicture {
  readonly kind: PictureKind;
  readonly imageBase64: string;
  /** Of the text that must have been agreed to. */
  readonly consentVersion: string;
}

export interface PictureConsent {
  readonly version: string;
  /** False takes it back. */
  readonly agrees: boolean;
}

export interface PictureReading {
  consent(visit: PageVisit, consent: PictureConsent): Promise<void>;
  /** @throws ApiError PICTURE_CONSENT_MISSING, TOO_MANY_CHECKS, OCR_UNAVAILABLE and OCR_BUSY (cost no try), or why it cannot be read. */
  read(visit: PageVisit, picture: DocumentPicture): Promise<PictureFacts>;
}

export function createPictureReading(parts: InnerParts): PictureReading {
  // One of a page at a time, so that no page keeps the others' pictures waiting.
  const pagesAtWork = new Set<string>();
  return {
    consent: (visit, consent) => command(parts, visit, (tx, scene) => recordConsent(parts, tx, scene, consent)),
    read: async (visit, picture) => {
      if (pagesAtWork.has(visit.pageId)) throw new ApiError('OCR_BUSY', { pageId: visit.pageId });
      pagesAtWork.add(visit.pageId);
      try {
        return await readPicture(parts, visit, picture);
      } finally {
        pagesAtWork.delete(visit.pageId);
      }
    },
  };
}

/** 单独同意: on record with its version and time before the first picture; saying the same again changes nothing. */
async function recordConsent(
  parts: InnerParts,
  tx: Tx,
  scene: PageScene,
  { version, agrees }: PictureConsent,
): Promise<void> {
  const { page, progress, now } = scene;
  requireStep(scene, personStep(scene), 'facts', 'code', 'face', 'done');
  const consented = agrees ? version : null;
  if (progress.pictureConsentVersion === consented) return;
  const pictureConsent = { pictureConsentVersion: consented, pictureConsentedAt: agrees ? now : null };
  await parts.progress.save(tx, { ...progress, ...pictureConsent });
  await parts.evidence.append(tx, {
    ...{ appId: page.appId, subject: `verification:${page.verificationId}` },
    kind: agrees ? 'picture-consent-given' : 'picture-consent-withdrawn',
    content: { version, reader: parts.recognition.reader(), pageId: page.id },
  });
}

async function readPicture(
  parts: InnerParts,
  visit: PageVisit,
  { kind, imageBase64, consentVersion }: DocumentPicture,
): Promise<PictureFacts> {
  const open = await reserveTry(parts, visit, kind, consentVersion);
  try {
    const facts = await DOCUMENTS[kind].read(parts, imageBase64);
    await noteReading(parts, visit, { kind, outcome: 'read' });
    return only(open, facts);
  } catch (error) {
    await command(parts, visit, (tx, scene) => giveBack(parts, tx, scene, { kind, error }));
    throw error;
  }
}

/** Taken before anything is read. @returns the facts that the person may fill in. */
function reserveTry(
  parts: InnerParts,
  visit: PageVisit,
  kind: PictureKind,
  consentVersion: string,
): Promise<ReadonlySet<string>> {
  return command(parts, visit, async (tx, scene) => {
    const { progress } = scene;
    DOCUMENTS[kind].requireStep(scene);
    const open = new Set(DOCUMENTS[kind].fieldsOf(scene).flatMap(({ name, locked }) => (locked ? [] : [name])));
    if (DOCUMENTS[kind].facts.every((name) => !open.has(name))) {
      throw new ApiError('VERIFICATION_STEP_CONFLICT', { kind });
    }
    if (progress.pictureConsentVersion !== consentVersion) throw new ApiError('PICTURE_CONSENT_MISSING');
    if (progress.pictureTries >= PICTURE_TRIES) throw new ApiError('TOO_MANY_CHECKS', { pageId: visit.pageId });
    await parts.progress.save(tx, { ...progress, pictureTries: progress.pictureTries + 1 });
    return open;
  });
}

/** A picture that nobody looked at has cost nothing. */
async function giveBack(
  parts: InnerParts,
  tx: Tx,
  { page, progress }: PageScene,
  { kind, error }: { readonly kind: PictureKind; readonly error: unknown },
): Promise<void> {
  const reason = error instanceof ApiError ? error.error : 'SYSTEM_BUSY';
  if (reason === 'CARD_NOT_RECOGNIZED' || reason === 'PICTURE_UNREADABLE') {
    return appendReading(parts, tx, page, { kind, outcome: 'unreadable' });
  }
  await parts.progress.save(tx, { ...progress, pictureTries: Math.max(0, progress.pictureTries - 1) });
}

interface NotedReading {
  readonly kind: PictureKind;
  readonly outcome: 'read' | 'unreadable';
}

function noteReading(parts: InnerParts, visit: PageVisit, reading: NotedReading): Promise<void> {
  return command(parts, visit, (tx, { page }) => appendReading(parts, tx, page, reading));
}

/** That a picture was used is on record; what it showed is not. */
async function appendReading(
  { evidence }: InnerParts,
  tx: Tx,
  { id: pageId, appId, verificationId }: PageScene['page'],
  { kind, outcome }: NotedReading,
): Promise<void> {
  await evidence.append(tx, {
    ...{ appId, subject: `verification:${verificationId}`, kind: 'page-picture-read' },
    content: { pageId, document: kind, outcome },
  });
}

function only(open: ReadonlySet<string>, facts: PictureFacts): PictureFacts {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => open.has(name) && value !== undefined));
}

interface ReadableDocument {
  readonly facts: readonly (PersonFact | CompanyFact)[];
  readonly requireStep: (scene: PageScene) => void;
  readonly fieldsOf: (scene: PageScene) => readonly { readonly name: string; readonly locked: boolean }[];
  readonly read: (parts: InnerParts, imageBase64: string) => Promise<PictureFacts>;
}

const OF_PERSON = {
  requireStep: (scene: PageScene) => requireStep(scene, personStep(scene), 'facts'),
  fieldsOf: (scene: PageScene) => viewPerson(scene, scene.page.setup.person.modes).fields,
};

const DOCUMENTS: Readonly<Record<PictureKind, ReadableDocument>> = {
  idCardFront: {
    ...{ ...OF_PERSON, facts: ['name', 'idNumber'] },
    read: async ({ recognition }, imageBase64) => {
      const { name, idNumber } = await recognition.readIdCardFront({ imageBase64 });
      return { name, idNumber };
    },
  },
  bankCard: {
    ...{ ...OF_PERSON, facts: ['bankCardNumber'] },
    requireStep: (scene) => {
      OF_PERSON.requireStep(scene);
      if (!scene.page.setup.person.modes.includes('bank')) throw new ApiError('VERIFICATION_STEP_CONFLICT');
    },
    read: async ({ recognition }, imageBase64) => ({
      bankCardNumber: (await recognition.readBankCard({ imageBase64 })).cardNumber,
    }),
  },
  businessLicense: {
    facts: ['name', 'creditCode', 'representativeName'],
    requireStep: (scene) => requireStep(scene, companyStep(scene), 'company'),
    fieldsOf: companyFields,
    read: async ({ recognition }, imageBase64) => {
      const { name, creditCode, legalRepresentative } = await recognition.readLicense({ imageBase64 });
      return {
        name,
        creditCode,
        ...(legalRepresentative !== undefined && { representativeName: legalRepresentative }),
      };
    },
  },
};
