import type { SigningState } from '@signet/protocol/page-api';
import type { FirstPicture } from '../pdf-view/first-picture.ts';

/** Under way before the page is. */
export interface FirstState {
  readonly answer: Promise<SigningState>;
  /** As soon as it has come. */
  known: SigningState | null;
  /** Of the first file, by its key. */
  picture: { readonly key: string; readonly picture: FirstPicture } | null;
}
