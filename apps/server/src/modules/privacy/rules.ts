/** 留存规则: every kind of data that has an end, when it ends and why. The sweep goes through this table. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Kinds whose time an operator may set; the others are as long as their purpose. */
export type AdjustableKind =
  | 'uploads'
  | 'unusedVerifications'
  | 'usedVerifications'
  | 'callbacks'
  | 'deadCallbacks'
  | 'smsRecords'
  | 'audit';

export interface Adjusted {
  readonly days: number;
  /** By what it was set, or may be. */
  readonly setting: string;
}

export type AdjustedPeriods = Readonly<Record<AdjustableKind, Adjusted>>;

export interface RetentionRule {
  readonly what: string;
  /** What the time is counted from. */
  readonly from: string;
  readonly why: string;
  /** How long after that; absent where an operator may set it. */
  readonly periodMs?: number;
  /** Walks through much that is not due. */
  readonly isCostly?: boolean;
}

export const RETENTION_RULES = {
  nonces: {
    what: 'nonces of signed requests',
    ...{ from: 'the end of their window', periodMs: 0 },
    why: 'an older request cannot be replayed',
  },
  idempotentAnswers: {
    what: 'first answers to repeated requests (Idempotency-Key), sealed',
    ...{ from: 'their end, 24 hours after the request', periodMs: 0 },
    why: 'nobody repeats a request later',
  },
  downloadLinks: {
    what: 'rights to download a file',
    ...{ from: 'their end, 10 minutes after the request', periodMs: 0 },
    why: 'an address that anybody may use must not live long',
  },
  pageSessions: {
    what: 'sessions of signing, grant and verification pages',
    ...{ from: 'their end, two hours after the page was opened', periodMs: 0 },
    why: 'they open nothing any more',
  },
  pageLinks: {
    what: 'links to signing, grant and verification pages',
    ...{ from: 'the end of the link', periodMs: 30 * DAY_MS },
    why: 'a late visitor is told how it ended',
  },
  consoleSessions: {
    what: 'logins to the console',
    ...{ from: 'their end: 12 hours, or 30 minutes without use', periodMs: 0 },
    why: 'they open nothing any more',
  },
  smsTexts: {
    what: 'texts and numbers of messages, sealed (in production a text goes when it has been handed over, a number when its delivery is known)',
    ...{ from: 'the request', periodMs: DAY_MS },
    why: 'the sandbox helper shows what was sent lately; a late notice is not sent any more',
  },
  smsCodes: {
    what: 'SMS codes as keyed hashes, and the counters of the limits',
    ...{ from: 'the request', periodMs: 2 * DAY_MS },
    why: 'the limits of a day look back one day',
  },
  smsRecords: {
    what: 'that a message was sent: keyed hash of the number, kind, parts, time',
    from: 'the request',
    why: 'bills are compared with it, and complaints about unwanted messages',
    isCostly: true,
  },
  callbacks: {
    what: 'callbacks that were delivered or for which nobody listened, with what was sent and answered',
    from: 'the event; a try by its own time',
    why: 'an app may fetch or ask for them again',
  },
  deadCallbacks: {
    what: 'callbacks that were given up, with what was sent and answered',
    from: 'the event; a try by its own time',
    why: 'an operator may send them again once the receiver works',
  },
  prefilled: {
    what: 'facts that an app gave a verification page in advance, and links to a face check, sealed',
    ...{ from: 'the end of the page', periodMs: 0 },
    why: 'the page cannot be opened any more',
  },
  verificationPages: {
    what: 'verification pages and how far the person came there',
    ...{ from: 'the end of the page', periodMs: 30 * DAY_MS },
    why: 'an app may still ask how it ended',
    isCostly: true,
  },
  unusedVerifications: {
    what: 'verification flows that certified nobody: facts, checks, mobile numbers, payouts, letters',
    from: 'the end of the flow',
    why: 'an app may look at what failed; afterwards the facts have no purpose',
    isCostly: true,
  },
  usedVerifications: {
    what: 'verification flows that certified a user, as above',
    from: 'the certification',
    why: 'they show why a certificate was issued: 电子签名法 §24 asks for five years after its end',
    isCostly: true,
  },
  uploads: {
    what: 'uploaded files that no contract and no letter refers to',
    from: 'the upload',
    why: 'a contract may be started with it; afterwards it has no purpose',
    isCostly: true,
  },
  drawings: {
    what: 'signatures drawn for one contract that was not signed with them',
    ...{ from: 'the drawing', periodMs: 30 * DAY_MS },
    why: 'the party may come back to its page',
    isCostly: true,
  },
  layouts: {
    what: 'where parties, by their names, sign in the files of a contract',
    ...{ from: 'the end of the contract', periodMs: 0 },
    why: 'nobody signs any more; what was signed stands in the file',
  },
  audit: {
    what: "operators' actions in the console, with name and address",
    from: 'the action',
    why: 'it must be possible to find out who did what; 网络安全法 §21 asks for six months at least',
  },
  unrecordedBytes: {
    what: 'stored bytes that a killed server never recorded',
    ...{ from: 'the moment they were stored', periodMs: DAY_MS },
    why: 'whoever stored them records them within minutes',
    isCostly: true,
  },
  temporaryFiles: {
    what: 'uploads under way that a killed server left behind',
    ...{ from: 'the last byte', periodMs: HOUR_MS },
    why: 'no upload takes that long',
  },
} as const satisfies Record<string, RetentionRule>;

export type RetentionKind = keyof typeof RETENTION_RULES;

export const RETENTION_KINDS = Object.keys(RETENTION_RULES) as readonly RetentionKind[];

export function periodOf(kind: RetentionKind, periods: AdjustedPeriods): number {
  const rule: RetentionRule = RETENTION_RULES[kind];
  return rule.periodMs ?? periods[kind as AdjustableKind].days * DAY_MS;
}

/** What is kept without an end, and why; a person can still be forgotten (`npx signet forget-person`). */
export const KEPT_FOR_GOOD: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'contracts, their signed files and parties',
    why: 'they are what the parties agreed on; the app decides how long it needs them',
  },
  {
    what: 'evidence: steps with masked or hashed facts, linked by hashes',
    why: 'it proves who signed what and when; nothing in it can be taken out unseen',
  },
  { what: 'certificates of parties', why: 'signatures are verified with them, and they stand in the signed files' },
  { what: 'accounts with their identity facts, sealed', why: 'their owners sign with them, until they are forgotten' },
];
