/** What a party does on its page before it proves its will: it says who it is, agrees, chooses its seal. Or it declines. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import type { DrawnSignature } from '../seals/index.ts';
import { type Ceremony, MAX_HANDWRITINGS } from './ceremony.ts';
import { command, type LockedScene, note, type Visit } from './ceremony-scene.ts';
import { sealsOnOffer } from './ceremony-seals.ts';
import * as store from './ceremony-store.ts';
import type { SigningDependencies } from './dependencies.ts';

export type SealWish =
  | { readonly by: 'seal'; readonly sealId: number }
  /** `keep` makes a seal that can be chosen again, elsewhere too. */
  | { readonly by: 'drawing'; readonly drawing: DrawnSignature; readonly keep: boolean }
  /** The party's own name in a handwriting face. */
  | { readonly by: 'typing'; readonly keep: boolean };

/** Agrees to what the page shows: `version` is that of the text. */
export async function giveConsent(means: SigningDependencies, visit: Visit, version: string): Promise<void> {
  await command(means, visit, 'consent', async (tx, scene) => {
    await store.save(tx, { ...scene.ceremony, consentedAt: means.clock.now(), consentVersion: version });
    await note(means, tx, scene, { kind: 'consent-given', content: { version } });
  });
}

/** For all places whose seal the contract does not name. Until the intent check has passed, another one may be chosen. */
export async function chooseSeal(means: SigningDependencies, visit: Visit, wish: SealWish): Promise<void> {
  await command(means, visit, 'choose-seal', async (tx, scene) => {
    const chosen =
      wish.by === 'seal' ? await pickSeal(means, tx, scene, wish.sealId) : await writeByHand(means, tx, scene, wish);
    if (scene.ceremony.chosenSealId === chosen.chosenSealId) return;
    await store.save(tx, { ...scene.ceremony, ...chosen });
    const content = { sealId: String(chosen.chosenSealId), by: wish.by };
    await note(means, tx, scene, { kind: 'seal-chosen', content });
  });
}

type Chosen = Partial<Ceremony> & { readonly chosenSealId: number };

async function pickSeal(means: SigningDependencies, tx: Tx, scene: LockedScene, sealId: number): Promise<Chosen> {
  const { ceremony, signatory, party } = scene;
  const placements = await means.contracts.placesOf(tx, party);
  const offered = await sealsOnOffer(means, tx, { user: signatory.user, ceremony, placements });
  if (!offered.some((seal) => seal.id === sealId)) throw new ApiError('SEAL_NOT_USABLE', { sealId });
  return { chosenSealId: sealId };
}

async function writeByHand(
  { seals }: SigningDependencies,
  tx: Tx,
  { ceremony, signatory: { user } }: LockedScene,
  wish: Exclude<SealWish, { by: 'seal' }>,
): Promise<Chosen> {
  if (user.kind !== 'person') throw new ApiError('SEAL_NOT_USABLE', {}, { detail: '企业签署方应使用印章' });
  if (ceremony.handwritings >= MAX_HANDWRITINGS) throw new ApiError('HANDWRITING_LIMIT', { partyId: ceremony.partyId });
  const handwriting = wish.by === 'drawing' ? wish : ({ by: 'typing', name: user.name } as const);
  const owner = { appId: user.appId, ownerId: user.id };
  const seal = await seals.addHandwriting(tx, { ...handwriting, ...owner }, { keep: wish.keep });
  return { chosenSealId: seal.id, handwritings: ceremony.handwritings + 1 };
}

/** 拒签 from the page. */
export async function declineOnPage(means: SigningDependencies, visit: Visit, reason: string): Promise<void> {
  const { app, contractId, accountId } = visit;
  const isTime = await command(means, visit, 'decline', async () => true);
  if (!isTime) return;
  await means.contracts.decline(app, { contractId }, accountId, reason).catch((refusal: unknown) => {
    // Closed or confirmed at this very moment: the state says so.
    if (!isStatusConflict(refusal)) throw refusal;
  });
}

export function isStatusConflict(error: unknown): boolean {
  const conflicts = ['PARTY_STATUS_CONFLICT', 'CONTRACT_STATUS_CONFLICT'];
  return error instanceof ApiError && conflicts.includes(error.error);
}
