import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Evidence } from '../evidence/index.ts';
import { type DrawnSignature, drawSignature } from './artwork/drawn-signature.ts';
import { setSignature } from './artwork/typed-signature.ts';
import type { Seal } from './seal.ts';
import * as store from './store.ts';
import { toStoredArtwork } from './stored-artwork.ts';

/** How a person signs by hand (手写签名): strokes of a page, or the person's own name set in a handwriting face. */
export type Handwriting =
  | { readonly by: 'drawing'; readonly drawing: DrawnSignature }
  | { readonly by: 'typing'; readonly name: string };

export type NewHandwriting = Handwriting & { readonly appId: string; readonly ownerId: string };

export interface HandwritingDependencies {
  readonly clock: Clock;
  readonly evidence: Pick<Evidence, 'append'>;
}

export function createHandwriting({ clock, evidence }: HandwritingDependencies) {
  return {
    /**
     * Makes a seal of kind `handwritten`, 40 × 15 mm. Kept, it can be chosen again; otherwise it stands in no list.
     * @throws ApiError HANDWRITING_UNUSABLE for a drawing that is no signature.
     */
    async addHandwriting(tx: Tx, signature: NewHandwriting, { keep }: { readonly keep: boolean }): Promise<Seal> {
      const { appId, ownerId, by } = signature;
      const artwork = by === 'drawing' ? drawSignature(signature.drawing) : setSignature(signature.name);
      const drawn: Omit<Seal, 'id'> = {
        ...{ appId, ownerId, name: '手写签名', kind: 'handwritten', status: 'enabled', listed: keep },
        ...{ artwork: toStoredArtwork(artwork), createdAt: clock.now() },
      };
      const seal = { ...drawn, id: await store.insertSeal(tx, drawn) };

      const pictureSha256 = createHash('sha256').update(artwork.svg).digest('hex');
      await evidence.append(tx, {
        ...{ appId, subject: `user:${ownerId}`, kind: 'seal-made' },
        content: { sealId: seal.id, sealKind: seal.kind, by, listed: keep, pictureSha256 },
      });
      return seal;
    },
  };
}
