/** The commands of a person on a page of 实名认证; the same for a company's agent. */
import { ApiError } from '@signet/protocol/errors';
import {
  consentToPictures,
  givePersonFacts,
  giveVerificationConsent,
  type PictureFacts,
  pictureConsentVersion,
  readPicture,
  type SentCode,
  smsCode,
  VERIFICATION_CONSENT_VERSION,
} from '@signet/protocol/page-api';
import { z } from 'zod';
import type { PageCeremony, PageVisit, PictureKind } from '../../modules/identity/index.ts';
import { type PageCall, type PageRoute, pageRoute } from './page-route.ts';
import { PageError } from './refusal.ts';
import { toSentCode } from './sent-code.ts';

export const nothing = z.unknown();

/** 10 MB in base64, and what stands around it. */
export const LARGEST_FILE_BODY = 14_100_000;

export type VerificationPurpose = 'verify-person' | 'verify-company';
export type VerificationCall<Input = unknown> = PageCall<VerificationPurpose, Input>;

export function visitOf({ app, subject, ticket, isExpired }: VerificationCall): PageVisit {
  return { app, pageId: subject.pageId, ticket, isExpired };
}

export interface PersonCommands {
  readonly purpose: VerificationPurpose;
  /** Below `/page-api`. */
  readonly base: string;
  readonly ceremony: PageCeremony;
  readonly stateOf: (call: VerificationCall) => Promise<unknown>;
  /** For commands that take a file. */
  readonly largestBodyBytes?: number;
}

/** A command: does its work, then answers the state. */
export function stateCommand<Schema extends z.ZodType>(
  {
    purpose,
    base,
    stateOf,
    largestBodyBytes,
  }: Pick<PersonCommands, 'purpose' | 'base' | 'stateOf' | 'largestBodyBytes'>,
  path: string,
  input: Schema,
  work: (visit: PageVisit, input: z.output<Schema>) => Promise<unknown>,
): PageRoute {
  return pageRoute({
    ...{ purpose, method: 'POST', path: base + path, input },
    ...(largestBodyBytes && { largestBodyBytes }),
    handle: async (call: VerificationCall<z.output<Schema>>) => {
      await work(visitOf(call), call.input);
      return stateOf(call);
    },
  });
}

export function personCommands(means: PersonCommands): PageRoute[] {
  const { purpose, base, ceremony } = means;
  return [
    stateCommand(means, '/consent', giveVerificationConsent, async (visit, { version }) => {
      requireCurrentConsent(version);
      await ceremony.giveConsent(visit, version);
    }),
    stateCommand(means, '/facts', givePersonFacts, async (visit, given) => {
      mustFit(await ceremony.giveFacts(visit, given));
    }),
    stateCommand(means, '/facts/again', nothing, (visit) => ceremony.changeFacts(visit)),
    ...pictureCommands(means, ['idCardFront', 'bankCard']),
    pageRoute({
      ...{ purpose, method: 'POST', path: `${base}/code`, input: nothing },
      handle: async (call: VerificationCall): Promise<SentCode> => {
        const { phone, issued } = await ceremony.sendCode(visitOf(call), call.request.ip);
        return toSentCode(phone, issued);
      },
    }),
    stateCommand(means, '/code/check', smsCode, async (visit, { code }) => {
      const judged = await ceremony.checkCode(visit, code);
      if (judged && judged.outcome !== 'passed') {
        throw new PageError('WRONG_CODE', { remainingAttempts: judged.remainingAttempts });
      }
    }),
  ];
}

/** Pictures of these documents, with the consent to them. */
export function pictureCommands(means: PersonCommands, kinds: readonly PictureKind[]): PageRoute[] {
  const { purpose, base, ceremony } = means;
  const versionNow = () => pictureConsentVersion(ceremony.pictureReader() === 'vendor' ? 'vendor' : 'local');
  return [
    stateCommand(means, '/picture/consent', consentToPictures, async (visit, consent) => {
      if (consent.version !== versionNow()) throw new ApiError('VERIFICATION_CONSENT_OUTDATED');
      await ceremony.consentToPictures(visit, consent);
    }),
    pageRoute({
      ...{ purpose, method: 'POST', path: `${base}/picture`, input: readPicture, largestBodyBytes: LARGEST_FILE_BODY },
      handle: async (call: VerificationCall<z.output<typeof readPicture>>): Promise<PictureFacts> => {
        const { kind } = call.input;
        if (!kinds.includes(kind)) throw new ApiError('VERIFICATION_STEP_CONFLICT', { kind });
        return { facts: await ceremony.readPicture(visitOf(call), { ...call.input, consentVersion: versionNow() }) };
      },
    }),
  ];
}

export function requireCurrentConsent(version: string): void {
  if (version !== VERIFICATION_CONSENT_VERSION) throw new ApiError('VERIFICATION_CONSENT_OUTDATED', { version });
}

type Judged =
  | { readonly passed: true }
  | { readonly passed: false; readonly reason: string; readonly remainingAttempts: number };

export function mustFit(judged: Judged): void {
  if (judged.passed) return;
  const { reason, remainingAttempts } = judged;
  throw new PageError('FACTS_DIFFER', { remainingAttempts, msg: `${reason},请核对后重试` });
}
