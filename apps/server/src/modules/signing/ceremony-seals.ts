/** What a party may put to its places, and what it will put there. */

import { ApiError } from '@signet/protocol/errors';
import type { Db } from '../../kernel/database.ts';
import type { Placement } from '../contracts/index.ts';
import type { Seal } from '../seals/index.ts';
import type { User } from '../users/index.ts';
import type { Ceremony } from './ceremony.ts';
import type { SigningDependencies } from './dependencies.ts';

const MOST_CHOICES = 50;

export interface SealNeed {
  readonly user: User;
  readonly ceremony: Ceremony | undefined;
  /** The party's own places. */
  readonly placements: readonly Pick<Placement, 'sealId'>[];
}

/** The party's seals that can be chosen; the default one, the one chosen already and those that the contract names among them. */
export async function sealsOnOffer({ seals }: SigningDependencies, db: Db, need: SealNeed): Promise<Seal[]> {
  const { user, ceremony, placements } = need;
  const { list } = await seals.list(user.appId, user.id, { number: 1, size: MOST_CHOICES });
  const named = placements.flatMap(({ sealId }) => (sealId === null ? [] : [sealId]));
  const ids = new Set([ceremony?.chosenSealId ?? user.defaultSealId, ...list.map(({ seal }) => seal.id), ...named]);
  const found = await Promise.all([...ids].map((sealId) => seals.get(db, user.appId, sealId)));
  return found.filter((seal) => seal.status === 'enabled' && seal.ownerId === user.id);
}

/** The chosen seal or else the default one, while it can be used. */
export function effectiveSealId(offered: readonly Pick<Seal, 'id'>[], need: SealNeed): number | null {
  const wanted = need.ceremony?.chosenSealId ?? need.user.defaultSealId;
  return offered.some((seal) => seal.id === wanted) ? wanted : null;
}

/** What will be put to the places that name no seal; every seal that will be shown can be used now. @throws SEAL_NOT_USABLE */
export async function mustHaveSeal(means: SigningDependencies, db: Db, need: SealNeed): Promise<number | null> {
  const offered = await sealsOnOffer(means, db, need);
  const chosen = effectiveSealId(offered, need);
  for (const { sealId } of need.placements) {
    const shown = sealId ?? chosen;
    if (!offered.some((seal) => seal.id === shown)) throw new ApiError('SEAL_NOT_USABLE', { sealId: shown });
  }
  return chosen;
}
