/** The commands of a person on a page of 实名认证; the same for a company's agent. */
import { ApiError } from '@signet/protocol/errors';
import {
  givePersonFacts,
  giveVerificationConsent,
  type SentCode,
  smsCode,
  VERIFICATION_CONSENT_VERSION,
} from '@signet/protocol/page-api';
import { z } from 'zod';
import type { PageCeremony, PageVisit } from '../../modules/identity/index.ts';
import { type PageCall, type PageRoute, pageRoute } from './page-route.ts';
import { PageError } from './refusal.ts';
import { toSentCode } from './sent-code.ts';

export const nothing = z.unknown();

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
}

/** A command: does its work, then answers the state. */
export function stateCommand<Schema extends z.ZodType>(
  { purpose, base, stateOf }: Pick<PersonCommands, 'purpose' | 'base' | 'stateOf'>,
  path: string,
  input: Schema,
  work: (visit: PageVisit, input: z.output<Schema>) => Promise<unknown>,
): PageRoute {
  return pageRoute({
    ...{ purpose, method: 'POST', path: base + path, input },
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
