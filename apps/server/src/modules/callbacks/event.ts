/**
 * What apps are told (回调). A module that changes something publishes the event in its own transaction; how it looks on the wire
 * is the matter of `surfaces/open-api`.
 */

/** Whose events go out in order: a contract, a seal grant, a verification, a placing page. */
export type CallbackSubject = `${'contract' | 'seal-grant' | 'verification' | 'placing'}:${string}`;

export type DeliveryStatus = 'pending' | 'delivered' | 'dead' | 'unsent';

/** Instants inside `data` are ISO 8601 strings, since it is kept as JSON. */
export type CallbackEvent =
  | {
      readonly type: 'party-settled';
      readonly data: {
        readonly contractId: string;
        readonly accountId: string;
        readonly status: 'signed' | 'declined';
        readonly signedAt: string | null;
        readonly refuseReason: string | null;
      };
    }
  | {
      readonly type: 'contract-status-changed';
      readonly data: {
        readonly contractId: string;
        readonly status: 'signing' | 'completed' | 'declined' | 'withdrawn' | 'expired';
        readonly closedAt: string | null;
        readonly reason: string | null;
      };
    }
  | {
      readonly type: 'seal-grant-changed';
      readonly data: {
        readonly accountId: string;
        readonly sealId: number;
        readonly authorizeCode: string;
        readonly beginAt: string;
        readonly endAt: string;
        readonly status: 'authorized' | 'cancelled';
      };
    }
  | {
      readonly type: 'person-verified' | 'company-verified';
      readonly data: {
        readonly verificationId: string;
        readonly checkId: string | null;
        readonly outcome: 'passed' | 'un_passed' | 'processing';
        readonly compliant: boolean;
        readonly accountId: string | null;
      };
    }
  | {
      readonly type: 'face-finished';
      readonly data: {
        readonly verificationId: string;
        readonly checkId: string;
        readonly outcome: 'passed' | 'un_passed';
      };
    }
  | {
      readonly type: 'authorization-audited';
      readonly data: {
        readonly verificationId: string;
        readonly checkId: string;
        readonly auditStatus: 'passed' | 'un_passed';
        readonly auditRemark: string | null;
      };
    };

/** What is published; the caller holds the lock of its subject, so that the order of events is the order of commits. */
export interface NewCallback {
  readonly appId: string;
  readonly subject: CallbackSubject;
  readonly businessCode: string | null;
  readonly event: CallbackEvent;
}

/** The order is kept within one subject of one app. */
export interface Lane {
  readonly appId: string;
  readonly subject: string;
}

export function distinctLanes(lanes: readonly Lane[]): Lane[] {
  return [...new Map(lanes.map((lane) => [laneKey(lane), lane])).values()];
}

export function laneKey({ appId, subject }: Lane): string {
  return JSON.stringify([appId, subject]);
}

/** An event as it is kept, with how its delivery stands. */
export interface Callback extends Lane {
  readonly transactionId: string;
  readonly event: CallbackEvent;
  readonly businessCode: string | null;
  readonly occurredAt: Date;
  readonly status: DeliveryStatus;
  /** Tries of the present schedule. */
  readonly tries: number;
  /** Of a pending event the next try, of a delivered one the next reminder. */
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly reminders: number;
}

/** One try to deliver: what was sent and what came back. */
export interface Attempt {
  readonly at: Date;
  readonly url: string;
  readonly milliseconds: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number | null;
  /** The beginning of the answer's body. */
  readonly answer: Uint8Array | null;
  /** Why there was no answer. */
  readonly failure: string | null;
}
