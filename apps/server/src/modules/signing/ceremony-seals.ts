/** What a party may put to its places, and what it will put there. */
import { ApiError } from '@signet/protocol/errors';
import type { Db } from '../../kernel/database.ts';
import type { Placement } from '../contracts/index.ts';
import type { SealChoice } from '../seals/index.ts';
import type { User } from '../users/index.ts';
import type { Ceremony } from './ceremony.ts';
import type { SigningDependencies } from './dependencies.ts';

export interface SealNeed {
  readonly user: User;
  readonly ceremony: Ceremony | undefined;
  /** The party's own places. */
  readonly placements: readonly Pick<Placement, 'sealId'>[];
}

/** The party's seals that can be chosen; the default one, the one chosen already and those that the contract names among them. */
export async function sealsOnOffer({ seals }: SigningDependencies, db: Db, need: SealNeed): Promise<SealChoice[]> {
  const { user, ceremony, placements } = need;
  const listed = await seals.choicesFor(db, user.appId, user.id);
  const known = new Set(listed.map((seal) => seal.id));
  const named = placements.flatMap(({ sealId }) => (sealId === null ? [] : [sealId]));
  const others = new Set([ceremony?.chosenSealId ?? user.defaultSealId, ...named].filter((id) => !known.has(id)));

  const offered: SealChoice[] = [];
  for (const sealId of others) {
    const { status, ownerId } = await seals.get(db, user.appId, sealId);
    if (status === 'enabled' && ownerId === user.id) offered.push(await seals.choiceOf(db, user.appId, sealId));
  }
  return [...offered, ...listed];
}

/** The chosen seal or else the default one, while it can be used. */
export function effectiveSealId(offered: readonly Pick<SealChoice, 'id'>[], need: SealNeed): number | null {
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
