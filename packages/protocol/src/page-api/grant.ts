/** The grant page (静默签授权): the owner of a seal lets an app sign with it without asking again. */

import type { PageSetting, Redirect } from './session.ts';
import type { SealChoice } from './signing.ts';

/**
 * `review`: says what the grant means; the owner agrees and asks for a code (`POST /page-api/grant/code` with `{}` → SentCode).
 * `granted`: authorized, can be cancelled. `closed`: cancelled or expired.
 */
export type GrantStep = 'review' | 'granted' | 'closed';

/** `GET /page-api/grant` and the answer of `grant/confirm` (a SmsCode) and `grant/cancel` (`{}`; in `review` it means no). */
export interface GrantState extends PageSetting {
  readonly step: GrantStep;
  readonly status: 'pending' | 'authorized' | 'expired' | 'cancelled';
  readonly owner: { readonly name: string; readonly kind: 'person' | 'organization'; readonly phone: string };
  readonly seal: SealChoice;
  /** Instants in ISO 8601, UTC. */
  readonly beginAt: string;
  readonly endAt: string;
  readonly authorizedAt: string | null;
  readonly cancelledAt: string | null;
  /** False once the grant has ended or the link's own time is over; then only the app can end it. */
  readonly mayCancel: boolean;
  readonly redirect: Redirect | null;
}
