/** Who is to be forgotten and what there is of that person, looked at without changing anything. */

import type { Database } from '../../kernel/database.ts';
import type { Contracts, Footprint, OpenRole } from '../contracts/index.ts';
import type { Identity, KnownPerson, PersonTraces } from '../identity/index.ts';
import type { Messaging } from '../messaging/index.ts';
import type { Seals } from '../seals/index.ts';
import type { AnyUser, PersonKey, User, Users } from '../users/index.ts';

export interface ForgetRequest {
  readonly appId: string;
  readonly who: PersonKey;
}

export interface SceneModules {
  readonly database: Database;
  readonly users: Users;
  readonly identity: Pick<Identity, 'findTraces' | 'eraseTraces'>;
  readonly contracts: Contracts;
  readonly seals: Seals;
  readonly messaging: Pick<Messaging, 'countMessages' | 'erasePhones'>;
}

export interface ForgetScene {
  readonly known: KnownPerson;
  /** Accounts that go. */
  readonly accounts: readonly AnyUser[];
  /** The organization whose persons are to be forgotten; it stays. */
  readonly organization: User | undefined;
  /** Other organizations that name the person. */
  readonly organizations: readonly User[];
  readonly traces: PersonTraces;
  readonly phones: readonly string[];
  readonly messages: number;
  /** What stands against it. */
  readonly openRoles: readonly OpenRole[];
  readonly footprint: Footprint;
  readonly sealsToKeep: readonly number[];
  readonly sealsToWipe: number;
  readonly grants: readonly string[];
}

/** Undefined when nothing is known of such a person. */
export async function lookFor(modules: SceneModules, { appId, who }: ForgetRequest): Promise<ForgetScene | undefined> {
  const found = await modules.users.accountsOf(appId, who);
  const [first] = found;
  const organization = first?.kind === 'organization' ? first : undefined;
  const accounts = organization ? [] : found;
  const known = knownBy(appId, who, found);
  const scene = await sceneOf(modules, known, { accounts, organization });
  const { traces, organizations } = scene;
  const isKnown = found.length + traces.flowIds.length + traces.letterIds.length + traces.pageIds.length > 0;
  return isKnown || organizations.length > 0 ? scene : undefined;
}

/** The same person once more: what has come since the first look. */
export function lookAgain(modules: SceneModules, { known }: ForgetScene): Promise<ForgetScene> {
  return sceneOf(modules, known, { accounts: [], organization: undefined });
}

async function sceneOf(
  { database, users, identity, contracts, seals, messaging }: SceneModules,
  known: KnownPerson,
  { accounts, organization }: Pick<ForgetScene, 'accounts' | 'organization'>,
): Promise<ForgetScene> {
  const { appId } = known;
  const userIds = accounts.map(({ id }) => id);
  const owners = organization ? [organization.id] : userIds;
  const traces = await identity.findTraces(known);
  const phones = [...new Set([...known.phones, ...traces.phones])].filter(Boolean);
  const footprint = await contracts.footprintOf(appId, userIds);
  const owned = await seals.ownedBy(appId, userIds);
  const keep = sealsToKeep(footprint, owned.seals);
  return {
    ...{ known, accounts, organization, traces, phones, footprint },
    organizations: organization ? [] : await users.organizationsNaming(database.db, { ...known, userIds, phones }),
    messages: await messaging.countMessages(appId, phones),
    openRoles: await contracts.openRoles(database.db, appId, owners),
    sealsToKeep: keep,
    sealsToWipe: owned.seals.filter(({ id }) => !keep.includes(id)).length,
    grants: owned.grants,
  };
}

function knownBy(appId: string, who: PersonKey, found: readonly AnyUser[]): KnownPerson {
  const verified = found.filter((user): user is User => user.state === 'verified');
  const idNumbers = verified.map(({ idNumber }) => idNumber.toUpperCase());
  if ('idNumber' in who) idNumbers.push(who.idNumber.toUpperCase());
  return {
    appId,
    accountIds:
      'accountId' in who
        ? [...new Set([who.accountId, ...found.map((user) => user.accountId)])]
        : found.map((user) => user.accountId),
    verificationIds: verified.flatMap(({ verificationId }) => verificationId ?? []),
    idNumbers: [...new Set(idNumbers)],
    // An organization's name is not that of a person.
    names: found.flatMap(({ kind, name }) => (kind === 'person' && name ? [name] : [])),
    phones: found.map(({ phone }) => phone).filter(Boolean),
  };
}

/** What stands in a signed file is there for good. Which default seal an older signature shows is not written down: all stay. */
function sealsToKeep(
  { sealIds, usesDefaultSeal }: Footprint,
  owned: readonly { readonly id: number; readonly kind: string }[],
): number[] {
  const isShown = ({ id, kind }: { readonly id: number; readonly kind: string }): boolean =>
    sealIds.includes(id) || (usesDefaultSeal && kind === 'name');
  return owned.filter(isShown).map(({ id }) => id);
}
