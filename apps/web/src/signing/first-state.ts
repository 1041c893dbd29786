import type { SigningState } from '@signet/protocol/page-api';

/** Under way before the page is. */
export interface FirstState {
  readonly answer: Promise<SigningState>;
  /** As soon as it has come. */
  known: SigningState | null;
}
