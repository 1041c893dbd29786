/** What the page and its worker say to each other. */
import type { FaceSeen, Light } from '../sight.ts';

/** To the worker: one picture of the camera; its bytes are handed over. */
export interface PictureToLookAt {
  readonly data: ArrayBuffer;
  readonly width: number;
  readonly height: number;
}

export interface Look {
  readonly faces: readonly FaceSeen[];
  readonly light: Light;
  readonly sharpness: number;
}

/** From the worker: once that it can begin, then an answer for each picture, in order. */
export type EngineNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'seen'; readonly look: Look }
  | { readonly kind: 'failed'; readonly reason: string };
