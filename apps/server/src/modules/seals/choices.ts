import { ApiError } from '@signet/protocol/errors';
import type { Db } from '../../kernel/database.ts';
import type { SealKind } from './seal.ts';
import * as store from './store.ts';

/** More than anybody looks through on a phone. */
const MOST_CHOICES = 50;

/** A seal as a person chooses it. */
export interface SealChoice {
  readonly id: number;
  readonly name: string;
  readonly kind: SealKind;
  /** Path of its SVG on this server. */
  readonly imagePath: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

export type Choices = ReturnType<typeof createChoices>;

export function createChoices(imagePathOf: (sealId: number) => string) {
  const withImage = (found: Omit<SealChoice, 'imagePath'>): SealChoice => ({
    ...found,
    imagePath: imagePathOf(found.id),
  });

  return {
    /** What the owner may sign with: enabled and listed, newest first. */
    async choicesFor(db: Db, appId: string, ownerId: string): Promise<SealChoice[]> {
      return (await store.listChoices(db, appId, ownerId, MOST_CHOICES)).map(withImage);
    },

    /** One seal as a choice shows it, also when it stands in no list. */
    async choiceOf(db: Db, appId: string, sealId: number): Promise<SealChoice> {
      const found = await store.findChoice(db, appId, sealId);
      if (!found) throw new ApiError('SEAL_NOT_FOUND', { sealId });
      return withImage(found);
    },
  };
}
