import { CALLBACK_TYPES } from '@signet/protocol/callbacks';
import type { CallbackTiming } from '../../apps/server/src/modules/callbacks/index.ts';

export const ALL_TYPES: readonly string[] = Object.keys(CALLBACK_TYPES);

/** As many tries as in life, within seconds; no reminders in between. */
export const QUICK_TIMING: CallbackTiming = {
  deadlineMs: 10_000,
  claimMs: 12_000,
  retryMs: [50, 100, 150, 200, 250, 300, 350, 400],
  reminderMs: [3_600_000],
};
