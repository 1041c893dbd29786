import type { SealChoice } from '@signet/protocol/page-api';
import type { Seal, Seals } from '../../modules/seals/index.ts';

const MM_PER_POINT = 25.4 / 72;

export type SealImages = Pick<Seals, 'imageNameOf'>;

/** A seal as pages show it, with the address of its picture on this server. */
export function toSealChoice(seal: Seal, images: SealImages): SealChoice {
  const { id, name, kind, artwork } = seal;
  return {
    ...{ sealId: String(id), name, kind, imagePath: `/seal-images/${images.imageNameOf(id)}.svg` },
    ...{ widthMm: toMm(artwork.width), heightMm: toMm(artwork.height) },
  };
}

function toMm(points: number): number {
  return Math.round(points * MM_PER_POINT * 10) / 10;
}
