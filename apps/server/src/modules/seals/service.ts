import { ApiError } from '@signet/protocol/errors';
import type { Db } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { User } from '../users/index.ts';
import { createChoices } from './choices.ts';
import { createErasure } from './erasure.ts';
import { type SealGrant, type SealGrantStatus, statusOf } from './grant.ts';
import type { GrantsDependencies } from './grant-changes.ts';
import * as grantStore from './grant-store.ts';
import { createGrants } from './grants.ts';
import { createHandwriting } from './handwriting.ts';
import type { Seal, SealSummary } from './seal.ts';
import { createSealImages } from './seal-image.ts';
import * as store from './store.ts';

export interface SealsDependencies extends GrantsDependencies {
  readonly secretBox: SecretBox;
}

/** A seal as its app sees it, newest grant first. */
export interface SealDetails {
  readonly seal: SealSummary;
  readonly grants: readonly GrantDetails[];
}

export interface GrantDetails extends SealGrant {
  /** With expiry, as of the moment of the query. */
  readonly status: SealGrantStatus;
}

export type Seals = ReturnType<typeof createSeals>;

/** Seals, who owns them and what their owners have granted. */
export function createSeals(dependencies: SealsDependencies) {
  const { database, clock } = dependencies;

  async function get(db: Db, appId: string, sealId: number): Promise<Seal> {
    const seal = await store.findSeal(db, appId, sealId);
    if (!seal) throw new ApiError('SEAL_NOT_FOUND', { sealId });
    return seal;
  }

  async function withGrants(appId: string, seals: readonly SealSummary[]): Promise<SealDetails[]> {
    const sealIds = seals.map((seal) => seal.id);
    const at = clock.now();
    const grants = (await grantStore.grantsOf(database.db, appId, sealIds)).map((grant) => ({
      ...grant,
      status: statusOf(grant, at),
    }));
    return seals.map((seal) => ({ seal, grants: grants.filter((grant) => grant.sealId === seal.id) }));
  }

  const images = createSealImages(dependencies);

  return {
    ...createGrants(dependencies),
    ...createHandwriting(dependencies),
    ...createChoices(images.imagePathOf),
    ...images,
    ...createErasure(dependencies),
    get,

    /** The seal that a user signs with unless another one is chosen. */
    defaultOf: (db: Db, user: User): Promise<Seal> => get(db, user.appId, user.defaultSealId),

    /** 查询印章详情 */
    async getDetails(appId: string, sealId: number): Promise<SealDetails> {
      const seal = await store.findSummary(database.db, appId, sealId);
      const [details] = await withGrants(appId, seal ? [seal] : []);
      if (!details) throw new ApiError('SEAL_NOT_FOUND', { sealId });
      return details;
    },

    /** 查询印章列表, newest first. */
    async list(appId: string, ownerId: string, page: store.Page): Promise<{ list: SealDetails[]; total: number }> {
      const [found, total] = await Promise.all([
        store.listByOwner(database.db, appId, ownerId, page),
        store.countByOwner(database.db, appId, ownerId),
      ]);
      return { list: await withGrants(appId, found), total };
    },
  };
}
