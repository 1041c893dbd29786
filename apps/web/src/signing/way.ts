import type { ChooseSeal, SigningState } from '@signet/protocol/page-api';

/** What each way of choosing what to sign with is given. */
export interface WayProps {
  readonly state: SigningState;
  readonly isBusy: boolean;
  readonly choose: (wish: ChooseSeal) => void;
}
