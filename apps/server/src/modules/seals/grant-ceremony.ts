import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { maskPhone } from '../../kernel/mask.ts';
import type { App } from '../apps/index.ts';
import type { IssuedCode, Messaging } from '../messaging/index.ts';
import { LinkError, type Tickets } from '../tickets/index.ts';
import type { User } from '../users/index.ts';
import type { Choices, SealChoice } from './choices.ts';
import { authorize, type GrantedSeal, type SealGrant, type SealGrantStatus, statusOf } from './grant.ts';
import { type GrantsDependencies, given, note, publish } from './grant-changes.ts';
import { type GrantRequest, requestGrant } from './grant-request.ts';
import * as grantStore from './grant-store.ts';
import type { Grants } from './grants.ts';

/** The owner of a seal on the page that asks for a grant, as the link says. */
export interface GrantVisit {
  readonly app: App;
  readonly authorizeCode: string;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
}

/** `review`: the owner reads and decides. `granted`: authorized, can be cancelled. `closed`: cancelled or expired. */
export type GrantStep = 'review' | 'granted' | 'closed';

const STEPS: Readonly<Record<SealGrantStatus, GrantStep>> = {
  ...{ pending: 'review', authorized: 'granted', expired: 'closed', cancelled: 'closed' },
};

export interface GrantView {
  readonly step: GrantStep;
  readonly status: SealGrantStatus;
  readonly grant: SealGrant;
  readonly seal: SealChoice;
  readonly owner: User;
  /** Where codes go: to the agent of an organization, else to the owner itself. */
  readonly phone: string;
  /** Says no in `review`, ends the grant in `granted`. */
  readonly mayCancel: boolean;
}

/** A wrong code is no error: it has cost a try, which must be kept. */
export type GrantConfirmation =
  | { readonly passed: true }
  | { readonly passed: false; readonly remainingAttempts: number };

const PASSED: GrantConfirmation = { passed: true };

export interface GrantCeremonyDependencies extends GrantsDependencies {
  readonly messaging: Pick<Messaging, 'issueCode' | 'verifyCode'>;
  readonly tickets: Pick<Tickets, 'issue'>;
  readonly seals: Pick<Grants, 'cancelGrant'> & Pick<Choices, 'choiceOf'>;
}

export type GrantCeremony = ReturnType<typeof createGrantCeremony>;

/** 静默签授权 on the page: the owner reads, proves by an SMS code that it is them, and can take the grant back. */
export function createGrantCeremony(means: GrantCeremonyDependencies) {
  return {
    /**
     * Asks the owner of a seal for a grant: it is pending until the owner has authorized it on the page of the link.
     * @throws ApiError when the app may not sign silently, the owner is not verified or the seal is not theirs to use.
     */
    request: (app: App, request: GrantRequest) => requestGrant(means, app, request),

    view: (visit: GrantVisit) => view(means, visit),

    /** @throws ApiError SMS_TOO_SOON, SMS_DAILY_LIMIT, or what stands against the grant. */
    sendCode: (visit: GrantVisit) => sendCode(means, visit),

    /** Judges the guess; the right one authorizes. A second tap finds it done. */
    confirm: (visit: GrantVisit, code: string) => confirm(means, visit, code),

    async cancel(visit: GrantVisit): Promise<void> {
      refuseExpiredLink(visit);
      await means.seals.cancelGrant(visit.app.id, visit.authorizeCode, 'owner');
    },
  };
}

async function view(means: GrantCeremonyDependencies, visit: GrantVisit): Promise<GrantView> {
  const { app, isExpired } = visit;
  const grant = await opened(means, visit);
  const status = statusOf(grant, means.clock.now());
  const seal = await means.seals.choiceOf(means.database.db, app.id, grant.sealId);
  const step = STEPS[status];
  return { step, status, grant, seal, ...(await decider(means, grant)), mayCancel: step !== 'closed' && !isExpired };
}

/** The first time that the owner sees the page is kept. */
async function opened(means: GrantCeremonyDependencies, { app, authorizeCode, isExpired }: GrantVisit) {
  const { database, clock } = means;
  const grant = await mustFind(grantStore.findGrant(database.db, app.id, authorizeCode));
  if (grant.pageOpenedAt || isExpired) return grant;
  return database.transaction(async (tx) => {
    const locked = await mustFind(grantStore.lockGrant(tx, app.id, authorizeCode));
    if (locked.pageOpenedAt) return locked;
    const seen = { ...locked, pageOpenedAt: clock.now() };
    await grantStore.saveGrant(tx, seen);
    await note(means, tx, seen, [{ kind: 'page-opened', content: {} }]);
    return seen;
  });
}

interface Decider {
  readonly owner: User;
  readonly phone: string;
}

async function decider({ users }: GrantCeremonyDependencies, { appId, ownerId }: SealGrant): Promise<Decider> {
  const owner = await users.get(appId, ownerId);
  const agent = owner.agentUserId === undefined ? owner : await users.get(appId, owner.agentUserId);
  return { owner, phone: agent.phone };
}

interface LockedGrant extends Decider {
  readonly granted: GrantedSeal;
}

/** Runs a command with the grant and its seal locked. */
async function command<T>(
  means: GrantCeremonyDependencies,
  visit: GrantVisit,
  act: (tx: Tx, locked: LockedGrant) => Promise<T>,
): Promise<T> {
  refuseExpiredLink(visit);
  const { app, authorizeCode } = visit;
  const found = await mustFind(grantStore.findGrant(means.database.db, app.id, authorizeCode));
  const who = await decider(means, found);
  return means.database.transaction(async (tx) => {
    const granted = await mustFind(grantStore.lockGranted(tx, app.id, authorizeCode));
    return act(tx, { ...who, granted });
  });
}

async function sendCode(
  means: GrantCeremonyDependencies,
  visit: GrantVisit,
): Promise<{ readonly phone: string; readonly issued: IssuedCode }> {
  return command(means, visit, async (tx, { granted, phone }) => {
    const { grant } = granted;
    if (authorize(granted, means.clock.now()) === grant) throw new ApiError('CEREMONY_STEP_CONFLICT');
    const issued = await means.messaging.issueCode(tx, visit.app, targetOf(grant, phone));
    const content = { phone: maskPhone(phone), codeId: issued.codeId };
    await note(means, tx, grant, [{ kind: 'code-sent', content }]);
    return { phone, issued };
  });
}

async function confirm(means: GrantCeremonyDependencies, visit: GrantVisit, code: string): Promise<GrantConfirmation> {
  return command(means, visit, async (tx, { granted, owner, phone }) => {
    const { grant } = granted;
    const authorized = authorize(granted, means.clock.now());
    if (authorized === grant) return PASSED;

    const guess = await means.messaging.verifyCode(tx, visit.app, { ...targetOf(grant, phone), code });
    if (guess.outcome !== 'passed') return { passed: false, remainingAttempts: guess.remainingAttempts };
    await grantStore.saveGrant(tx, authorized);
    const content = { mode: 'CODE_SMS', phone: maskPhone(phone) };
    await note(means, tx, authorized, [{ kind: 'intent-passed', content }, given(authorized, false)]);
    await publish(means, tx, authorized, owner);
    return PASSED;
  });
}

function targetOf({ authorizeCode }: SealGrant, phone: string) {
  return { purpose: 'grant', subject: authorizeCode, phone } as const;
}

function refuseExpiredLink({ isExpired }: GrantVisit): void {
  if (isExpired) throw new LinkError('LINK_EXPIRED');
}

async function mustFind<T>(search: Promise<T | undefined>): Promise<T> {
  const found = await search;
  if (found === undefined) throw new ApiError('SEAL_GRANT_NOT_FOUND');
  return found;
}
