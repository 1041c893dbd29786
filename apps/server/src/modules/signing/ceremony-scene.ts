/** Who stands on a signing page, how far the party is, and what it wants to do: read and locked for every command alike. */
import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import { maskPhone } from '../../kernel/mask.ts';
import type { App } from '../apps/index.ts';
import type { PageParty } from '../contracts/index.ts';
import { LinkError } from '../tickets/index.ts';
import type { User } from '../users/index.ts';
import { type Ceremony, type CeremonyCommand, type Standing, standingOf, timelinessOf } from './ceremony.ts';
import * as store from './ceremony-store.ts';
import type { SigningDependencies } from './dependencies.ts';

/** A party on its page, as the link says. */
export interface Visit {
  readonly app: App;
  readonly contractId: string;
  readonly accountId: string;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
}

export interface Scene extends PageParty {
  readonly ceremony: Ceremony | undefined;
  readonly standing: Standing;
}

/** The party and who signs for it (签署人). */
export interface Signatory {
  readonly user: User;
  /** 经办人 of an organization, when known. */
  readonly agent: User | null;
  /** Where codes go: to the agent of an organization, else to the party itself. */
  readonly phone: string;
}

export async function sceneOf(means: SigningDependencies, db: Db, visit: Visit): Promise<Scene> {
  const { app, contractId, accountId } = visit;
  const found = await means.contracts.pageParty(db, app.id, { contractId }, accountId);
  const ceremony = await store.find(db, { appId: app.id, partyId: found.party.id });
  return withStanding(means, app, found, ceremony);
}

export async function signatoryOf({ users }: SigningDependencies, { contract, party }: PageParty): Promise<Signatory> {
  const user = await users.get(contract.appId, party.userId);
  const actsByAgent = user.kind === 'organization' && party.agentUserId !== null;
  // An agent can only have been forgotten when there is nothing left to sign.
  const agent = actsByAgent ? ((await users.find(contract.appId, party.agentUserId)) ?? null) : null;
  return { user, agent, phone: (agent ?? user).phone };
}

export interface LockedScene extends Scene {
  readonly ceremony: Ceremony;
  readonly signatory: Signatory;
}

/** What a command does once it is its time, with the party's ceremony locked. */
type Act<T> = (tx: Tx, scene: LockedScene) => Promise<T>;

/**
 * Runs a command of the page. One that comes too late (double tap, another tab, the contract has ended) does nothing and answers
 * undefined: the page learns from the state. One that comes too early is refused.
 */
export async function command<T>(
  means: SigningDependencies,
  visit: Visit,
  name: CeremonyCommand,
  act: Act<T>,
): Promise<T | undefined> {
  if (visit.isExpired) throw new LinkError('LINK_EXPIRED');
  const before = await openPage(means, visit);
  if (timelinessOf(name, before.standing.step) === 'late') return undefined;
  const signatory = await signatoryOf(means, before);
  return means.database.transaction(async (tx) => {
    const scene = await lockScene(means, tx, visit, { partyId: before.party.id, signatory });
    const timeliness = timelinessOf(name, scene.standing.step);
    if (timeliness === 'late') return undefined;
    if (timeliness === 'early') throw tooEarly(scene);
    return act(tx, scene);
  });
}

export function tooEarly({ party, standing }: Scene): ApiError {
  const error = standing.step === 'wait' ? 'NOT_YOUR_TURN' : 'CEREMONY_STEP_CONFLICT';
  return new ApiError(error, { partyId: party.id, step: standing.step });
}

/** The first time that a party sees its page is kept; nothing more is written once there is nothing left to do. */
export async function openPage(means: SigningDependencies, visit: Visit): Promise<Scene> {
  const { database, clock } = means;
  const scene = await sceneOf(means, database.db, visit);
  const { party, contract, standing } = scene;
  if (scene.ceremony || standing.step === 'closed' || standing.step === 'sealing') return scene;

  const opened: Ceremony = {
    ...{ partyId: party.id, appId: contract.appId, contractId: contract.id, openedAt: clock.now() },
    ...{ identifiedAt: null, consentedAt: null, consentVersion: null, chosenSealId: null, handwritings: 0 },
    ...{ intentCodeId: null, intentPassedAt: null, intentUsedAt: null },
  };
  await database.transaction(async (tx) => {
    if (await store.insert(tx, opened)) await note(means, tx, scene, { kind: 'page-opened', content: {} });
  });
  return sceneOf(means, database.db, visit);
}

async function lockScene(
  means: SigningDependencies,
  tx: Tx,
  { app, contractId, accountId }: Visit,
  { partyId, signatory }: { readonly partyId: string; readonly signatory: Signatory },
): Promise<LockedScene> {
  const ceremony = await store.lock(tx, { appId: app.id, partyId });
  // Only now, since another tab may have come further.
  const found = await means.contracts.pageParty(tx, app.id, { contractId }, accountId);
  if (!ceremony) throw new ApiError('PARTY_STATUS_CONFLICT', { partyId });
  return { ...withStanding(means, app, found, ceremony), ceremony, signatory };
}

function withStanding(means: SigningDependencies, app: App, found: PageParty, ceremony: Ceremony | undefined): Scene {
  const { checkBeforeReading } = app;
  const { hideUntilTurn } = found.options;
  const standing = standingOf({ ...found, ceremony, checkBeforeReading, hideUntilTurn }, means.clock.now());
  return { ...found, ceremony, standing };
}

/** One more entry of the contract's evidence about this party's way through its page. */
export async function note(
  { evidence }: SigningDependencies,
  tx: Tx,
  { contract, party }: PageParty,
  { kind, content }: { readonly kind: string; readonly content: Readonly<Record<string, unknown>> },
): Promise<void> {
  await evidence.append(tx, {
    ...{ appId: contract.appId, subject: `contract:${contract.id}`, kind },
    content: { accountId: party.accountId, partyId: party.id, ...content },
  });
}

export const maskedPhone = ({ phone }: Signatory): string => maskPhone(phone);
