import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../kernel/database.ts';
import type { UsersContext } from './dependencies.ts';
import type { UserRow, UserSealing } from './sealed-row.ts';
import * as store from './store.ts';
import type { AnyUser, User, UserKind } from './user.ts';

/** One of them must be given; the account id counts first. */
export interface UserKey {
  readonly accountId?: string | undefined;
  /** Names the newest account of that number. */
  readonly idNumber?: string | undefined;
}

export interface UserDetails<Kind extends AnyUser = AnyUser> {
  readonly user: Kind;
  readonly agentAccountId: string | undefined;
}

export function createQueries({ database, sealing, lookups }: UsersContext) {
  async function getDetails(appId: string, kind: UserKind, key: UserKey): Promise<UserDetails> {
    const { accountId, idNumber = '' } = key;
    const found =
      accountId === undefined
        ? await lookups.byIdNumber({ appId, kind, idNumberHash: sealing.idNumberHash(appId, kind, idNumber) })
        : await lookups.byAccount({ appId, kind, accountId });

    if (!found) throw new ApiError('ACCOUNT_NOT_FOUND', { appId });
    return { user: sealing.toUser(found.user), agentAccountId: found.agentAccountId ?? undefined };
  }

  return {
    /** 查询个人用户 */
    getPerson: async (appId: string, key: UserKey): Promise<AnyUser> => (await getDetails(appId, 'person', key)).user,

    /** 查询企业用户 */
    async getOrganization(appId: string, key: UserKey): Promise<UserDetails<User>> {
      const { user, agentAccountId } = await getDetails(appId, 'organization', key);
      return { user: requireVerified(user), agentAccountId };
    },

    /** An account of either kind. */
    async getByAccount(appId: string, accountId: string): Promise<AnyUser> {
      return openFound(sealing, await store.findByAccount(database.db, appId, accountId), { appId });
    },

    /** A verified user by our own id, as contracts, seals and grants keep it. */
    async get(appId: string, userId: string): Promise<User> {
      return requireVerified(openFound(sealing, await store.findById(database.db, appId, userId), { appId, userId }));
    },

    /** Those among them that are verified, by account: parties of old contracts may have been forgotten. */
    async findKnown(db: Db, appId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, User>> {
      const rows = await store.findByAccounts(db, appId, [...new Set(accountIds)]);
      const users = rows.map((row) => sealing.toUser(row));
      return new Map(users.flatMap((user) => (user.state === 'verified' ? [[user.accountId, user] as const] : [])));
    },

    /** The same for one by our own id. */
    async find(appId: string, userId: string): Promise<User | undefined> {
      const row = await store.findById(database.db, appId, userId);
      return row && requireVerified(sealing.toUser(row));
    },

    /** From here to the end of the transaction these users stay. @throws ApiError for one that has been erased meanwhile. */
    async hold(tx: Tx, appId: string, users: readonly User[]): Promise<void> {
      // With those who act for them.
      const needed = users.flatMap(({ id, agentUserId, accountId }) =>
        [id, agentUserId].flatMap((userId) => (userId === undefined ? [] : [{ userId, accountId }])),
      );
      const userIds = [...new Set(needed.map(({ userId }) => userId))];
      const held = new Set(await store.lockPresence(tx, appId, userIds));
      const gone = needed.find(({ userId }) => !held.has(userId));
      if (gone) throw new ApiError('ACCOUNT_NOT_FOUND', { appId }, { detail: gone.accountId });
    },

    /** Who may sign: an account that exists and is verified. */
    async findVerified(db: Db, appId: string, accountId: string): Promise<User> {
      return requireVerified(openFound(sealing, await store.findByAccount(db, appId, accountId), { appId }));
    },

    /** The same for many accounts in one query; the first one that may not sign is named. */
    async findVerifiedMany(db: Db, appId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, User>> {
      const rows = await store.findByAccounts(db, appId, [...new Set(accountIds)]);
      const found = new Map(rows.map((row) => [row.accountId, row]));
      const users = accountIds.map((accountId) => {
        const row = found.get(accountId);
        if (!row) throw new ApiError('ACCOUNT_NOT_FOUND', { appId }, { detail: accountId });
        return requireVerified(sealing.toUser(row));
      });
      return new Map(users.map((user) => [user.accountId, user]));
    },
  };
}

function openFound(sealing: UserSealing, row: UserRow | undefined, context: Record<string, string>): AnyUser {
  if (!row) throw new ApiError('ACCOUNT_NOT_FOUND', context);
  return sealing.toUser(row);
}

function requireVerified(user: AnyUser): User {
  if (user.state === 'unverified') {
    throw new ApiError('USER_NOT_VERIFIED', { appId: user.appId, userId: user.id }, { detail: user.accountId });
  }
  return user;
}
