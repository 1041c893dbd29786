/** The first page of a sandbox: one button makes a sample contract and opens its signing page. */
import { z } from 'zod';

/** `POST /trial/contracts` → TrialContract; sandbox mode only. */
export const startTrial = z.object({
  /** How the visitor signs; letters, 汉字 and the dots of names. */
  name: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}·. ]{1,20}$/u),
});
export type StartTrial = z.infer<typeof startTrial>;

export interface TrialContract {
  readonly contractId: string;
  readonly signUrl: string;
}

/** `GET /trial` → TrialSetting: what the page shows before anything is made. */
export interface TrialSetting {
  readonly mode: 'sandbox' | 'production';
  /** Whether another device can reach the links that we hand out. */
  readonly reachableFromPhone: boolean;
}
