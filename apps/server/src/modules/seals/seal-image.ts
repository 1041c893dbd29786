import { timingSafeEqual } from 'node:crypto';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { toSvg } from './artwork/svg.ts';
import * as store from './store.ts';
import { toDrawing } from './stored-artwork.ts';

/** Where a surface serves the pictures. */
export const sealImagePath = (imageName: string): string => `/seal-images/${imageName}.svg`;

/** 128 bits of the MAC: not to be guessed, and short enough for a link. */
const MAC_BYTES = 16;

/**
 * Pictures of seals under names that nobody can guess: `<sealId>-<MAC>`. The MAC is the whole right to see the picture, as an
 * app shows it in pages of its own, where no signature can be sent; nothing is stored for it.
 */
export function createSealImages({ database, secretBox }: { database: Database; secretBox: SecretBox }) {
  const macOf = (sealId: number): Buffer =>
    Buffer.from(secretBox.keyedHash(String(sealId), 'seal.image').subarray(0, MAC_BYTES));

  const imageNameOf = (sealId: number): string => `${sealId}-${macOf(sealId).toString('base64url')}`;

  return {
    imageNameOf,

    /** Path of the picture on this server. */
    imagePathOf: (sealId: number): string => sealImagePath(imageNameOf(sealId)),

    /** The SVG behind such a name; undefined for any other. */
    async findImage(imageName: string): Promise<string | undefined> {
      const [, digits = '', mac = ''] = /^(\d{9,15})-([\w-]{22})$/.exec(imageName) ?? [];
      const sealId = Number(digits);
      if (!mac || !timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(sealId))) return undefined;

      const artwork = await store.findArtwork(database.db, sealId);
      return artwork && toSvg(toDrawing(artwork));
    },
  };
}
