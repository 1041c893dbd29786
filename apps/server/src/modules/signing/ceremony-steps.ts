/** What a party does on its page before it proves its will: it says who it is, agrees, chooses its seal. Or it declines. */

import { ApiError } from '@signet/protocol/errors';
import { command, note, type Visit } from './ceremony-scene.ts';
import { sealsOnOffer } from './ceremony-seals.ts';
import * as store from './ceremony-store.ts';
import type { SigningDependencies } from './dependencies.ts';

export type SealWish =
  | { readonly by: 'seal'; readonly sealId: number }
  | { readonly by: 'drawing' | 'typing'; readonly keep: boolean };

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
    const { ceremony, signatory, party } = scene;
    if (wish.by !== 'seal') throw new ApiError('FEATURE_UNAVAILABLE', { by: wish.by });
    const placements = await means.contracts.placesOf(tx, party);
    const offered = await sealsOnOffer(means, tx, { user: signatory.user, ceremony, placements });
    const { sealId } = wish;
    if (!offered.some((seal) => seal.id === sealId)) throw new ApiError('SEAL_NOT_USABLE', { sealId });
    if (ceremony.chosenSealId === sealId) return;
    await store.save(tx, { ...ceremony, chosenSealId: sealId });
    await note(means, tx, scene, { kind: 'seal-chosen', content: { sealId: String(sealId), by: wish.by } });
  });
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
