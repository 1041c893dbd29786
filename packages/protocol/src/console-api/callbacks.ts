import { z } from 'zod';
import type { CallbackType } from '../callbacks.ts';
import { paging } from './paging.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from './statuses.ts';

/** `GET /console-api/callbacks?…` → Page<CallbackSummary>, newest first. */
export const callbackFilter = z.object({
  appId: z.string().max(40).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  type: z.string().max(60).optional(),
  contractId: z.string().max(40).optional(),
  transactionId: z.string().max(60).optional(),
  begin: z.iso.datetime().optional(),
  end: z.iso.datetime().optional(),
  ...paging,
});

export interface CallbackSummary {
  readonly transactionId: string;
  readonly appId: string;
  readonly appName: string;
  readonly type: CallbackType;
  readonly businessCode: string | null;
  /** Events of one subject go out in order, e.g. `contract:1897893172027068416`. */
  readonly subject: string;
  readonly occurredAt: string;
  readonly status: DeliveryStatus;
  readonly tries: number;
  readonly nextTryAt: string | null;
  readonly deliveredAt: string | null;
  readonly confirmedAt: string | null;
}

/** `GET /console-api/callbacks/:transactionId` → CallbackDetail. */
export interface CallbackDetail extends CallbackSummary {
  /** The body as it is sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Newest first. */
  readonly attempts: readonly CallbackAttempt[];
}

export interface CallbackAttempt {
  readonly at: string;
  readonly url: string;
  readonly milliseconds: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number | null;
  /** First 2 kB of what the receiver answered. */
  readonly answer: string | null;
  readonly failure: string | null;
}

/** `POST /console-api/callbacks/resend` → { count }. Named ones, or all of a filter (at most 10,000 at a time). */
export const resendCallbacks = z.union([
  z.object({ transactionIds: z.array(z.string().max(60)).min(1).max(100) }),
  z.object({
    appId: z.string().max(40),
    status: z.enum(['dead', 'unsent', 'delivered']),
    begin: z.iso.datetime(),
    end: z.iso.datetime(),
  }),
]);
export type ResendCallbacks = z.infer<typeof resendCallbacks>;
export interface Resent {
  readonly count: number;
}
