/** Looks up whom and what a start names; every refusal names the account, file or seal. */
import { ApiError } from '@signet/protocol/errors';
import type { Database, Tx } from '../../kernel/database.ts';
import type { App } from '../apps/index.ts';
import type { Files, StoredFile } from '../files/index.ts';
import type { Seal, Seals } from '../seals/index.ts';
import type { User, Users } from '../users/index.ts';
import type { RequestedField, StartRequest } from './start-request.ts';

export interface Participants {
  readonly users: ReadonlyMap<string, User>;
  readonly files: ReadonlyMap<string, StoredFile>;
  /** The seal that each field shows unless the party chooses another one. */
  readonly sealOf: (accountId: string, field: RequestedField) => Seal;
}

export interface ParticipantSources {
  readonly database: Database;
  readonly users: Users;
  readonly files: Files;
  readonly seals: Seals;
}

export async function findParticipants(
  sources: ParticipantSources,
  app: App,
  request: StartRequest,
  now: Date,
): Promise<Participants> {
  const { db } = sources.database;
  const users = await sources.users.findVerifiedMany(db, app.id, accountsOf(request));
  const codes = [...request.files, ...request.attachments].map((file) => file.fileCode);
  const files = await sources.files.getMany(db, app.id, codes);
  const sealOf = await findSeals({ sources, app, request, users, at: now });
  return { users, files: new Map(files.map((file) => [file.fileCode, file])), sealOf };
}

/** They were looked up without a lock: from here to the end of the transaction they stay. @throws ApiError for one that is gone. */
export async function holdParticipants(
  tx: Tx,
  sources: Pick<ParticipantSources, 'users' | 'files'>,
  { appId, participants }: { readonly appId: string; readonly participants: Participants },
): Promise<void> {
  await sources.users.hold(tx, appId, [...participants.users.values()]);
  await sources.files.hold(tx, appId, [...participants.files.keys()]);
}

function accountsOf(request: StartRequest): string[] {
  const agents = request.parties.flatMap((party) => (party.agentAccountId === null ? [] : [party.agentAccountId]));
  const parties = request.parties.map((party) => party.accountId);
  return [...new Set([request.initiatorAccountId, ...parties, ...agents])];
}

/** A seal that an owner named for silent signing must be granted now; any other must be its owner's and enabled. */
async function findSeals(search: SealSearch): Promise<Participants['sealOf']> {
  const granted = await findGrantedSeals(search);
  const wanted = chosenSealIds(search);
  const { db } = search.sources.database;
  const seals = await Promise.all(wanted.map((sealId) => search.sources.seals.get(db, search.app.id, sealId)));
  const found = new Map(seals.map((seal) => [seal.id, seal]));
  return (accountId, { authorizeCode, sealId }) => {
    if (authorizeCode !== null)
      return mustHave(granted, grantKey(accountId, { authorizeCode, sealId: sealId ?? undefined }));
    const owner = mustHave(search.users, accountId);
    return usable(found.get(sealId ?? owner.defaultSealId), owner);
  };
}

interface SealSearch {
  readonly sources: ParticipantSources;
  readonly app: App;
  readonly request: StartRequest;
  readonly users: ReadonlyMap<string, User>;
  readonly at: Date;
}

function chosenSealIds({ request, users }: SealSearch): number[] {
  const ids = request.parties.flatMap(({ accountId, fields }) =>
    fields
      .filter((field) => field.authorizeCode === null)
      .map((field) => field.sealId ?? mustHave(users, accountId).defaultSealId),
  );
  return [...new Set(ids)];
}

async function findGrantedSeals({ sources, app, request, users, at }: SealSearch): Promise<Map<string, Seal>> {
  const uses = request.parties.flatMap(({ accountId, fields }) =>
    fields.flatMap(({ authorizeCode, sealId }) =>
      authorizeCode === null ? [] : [{ accountId, authorizeCode, sealId: sealId ?? undefined }],
    ),
  );
  if (uses.length > 0 && !app.silentSigning) throw new ApiError('SILENT_SIGNING_OFF', { appId: app.id });
  const distinct = new Map(uses.map((use) => [grantKey(use.accountId, use), use]));
  return sources.database.transaction(async (tx) => {
    const granted = new Map<string, Seal>();
    for (const [key, { accountId, authorizeCode, sealId }] of distinct) {
      const ownerId = mustHave(users, accountId).id;
      granted.set(key, (await sources.seals.grantFor(tx, { appId: app.id, authorizeCode, ownerId, sealId, at })).seal);
    }
    return granted;
  });
}

function usable(seal: Seal | undefined, owner: User): Seal {
  if (!seal || seal.ownerId !== owner.id) throw new ApiError('SEAL_NOT_FOUND', { accountId: owner.accountId });
  // A signature drawn for one contract is for no other.
  const isUsable = seal.status === 'enabled' && seal.listed;
  if (!isUsable) throw new ApiError('SEAL_NOT_USABLE', { sealId: seal.id }, { detail: `${seal.id}` });
  return seal;
}

function grantKey(accountId: string, use: { authorizeCode: string; sealId: number | undefined }): string {
  return JSON.stringify([accountId, use.authorizeCode, use.sealId]);
}

function mustHave<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new TypeError('looked up before it was loaded');
  return value;
}
