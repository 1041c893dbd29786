/** 签署链接: the address of one party's page. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { App } from '../apps/index.ts';
import type { PageParty } from '../contracts/index.ts';
import type { ClientType, IssuedLink } from '../tickets/index.ts';
import { standingOf } from './ceremony.ts';
import { note } from './ceremony-scene.ts';
import type { SigningDependencies } from './dependencies.ts';

const LONGEST_DAYS = 366;
/** How long a link to a page that only tells the outcome lives. */
const OUTCOME_DAYS = 7;
const DAY_MS = 86_400_000;

export interface LinkRequest {
  readonly contract: { readonly contractId?: string | undefined; readonly businessCode?: string | undefined };
  readonly accountId: string;
  readonly clientType: ClientType;
  /** Instead of the contract's own. */
  readonly redirect: { readonly url: string; readonly delaySeconds: number | null } | null;
  /** The party's deadline unless told otherwise. */
  readonly expiresAt: Date | null;
}

/** For every ordinary party of the contract, also one that has to wait or is done: its page says so. None for one that was forgotten. */
export async function issueLink(means: SigningDependencies, app: App, request: LinkRequest): Promise<IssuedLink> {
  const { contracts, database, tickets, clock, users } = means;
  const { accountId, clientType } = request;
  const found = await contracts.pageParty(database.db, app.id, request.contract, accountId);
  const { contract, options, party } = found;
  if (party.silent) throw new ApiError('PARTY_SIGNS_SILENTLY', { partyId: party.id });
  await users.get(app.id, party.userId);

  const expiresAt = request.expiresAt ? checkEnd(request.expiresAt, clock.now()) : defaultEnd(found, clock.now());
  const link = await tickets.issue(app, {
    subject: { purpose: 'sign', contractId: contract.id, accountId },
    ...{ clientType, redirect: request.redirect ?? options.redirect, expiresAt },
  });
  // Before anybody has the link.
  const content = { clientType, expiresAt: expiresAt.toISOString() };
  await database.transaction((tx) => note(means, tx, found, { kind: 'link-issued', content }));
  return link;
}

function checkEnd(expiresAt: Date, now: Date): Date {
  const isPossible = expiresAt > now && expiresAt.getTime() <= now.getTime() + LONGEST_DAYS * DAY_MS;
  if (!isPossible) throw badParameter({ expirationTime: '应晚于当前时间,且不超过12个月' });
  return expiresAt;
}

function defaultEnd({ contract, party }: PageParty, now: Date): Date {
  const facts = { contract, party, ceremony: undefined, checkBeforeReading: false, hideUntilTurn: false };
  const { step } = standingOf(facts, now);
  if (step === 'closed') return new Date(now.getTime() + OUTCOME_DAYS * DAY_MS);
  const { signDeadlineAt } = party;
  return signDeadlineAt && signDeadlineAt < contract.signDeadlineAt ? signDeadlineAt : contract.signDeadlineAt;
}
