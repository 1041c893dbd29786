/** 应用 as the rest of the server sees it: its choices, never its secrets. */
export interface App {
  readonly id: string;
  readonly appKey: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Timestamp, nonce and Content-MD5 are required and signed. */
  readonly strict: boolean;
  /** 自身认证方式: users may be created without a compliant verification. */
  readonly selfCertification: boolean;
  /** 无感签署. */
  readonly silentSigning: boolean;
  /** psnGet and corpGet answer id numbers and phones in clear. */
  readonly plainIdentity: boolean;
  readonly pathWithoutApi: boolean;
  readonly smsLimits: boolean;
  readonly requestsPerMinute: number | null;
  /** Addresses and networks that may call; empty means all. */
  readonly allowedIps: readonly string[];
  /** Parties are checked by SMS before they see a document. */
  readonly checkBeforeReading: boolean;
  readonly callbackUrl: string | null;
  /** businessTypes that are switched on. */
  readonly callbackTypes: readonly string[];
  /** Schemes besides http and https that pages may return to. */
  readonly redirectSchemes: readonly string[];
  /** Origins that may embed our pages. */
  readonly embeddingOrigins: readonly string[];
  /** The receiver answered 410: nothing is sent until the address is set again. */
  readonly callbackStoppedAt: Date | null;
  readonly previousSecretUntil: Date | null;
  readonly previousCallbackSecretUntil: Date | null;
  readonly createdAt: Date;
}

/** What an operator chooses; everything safe is the default. */
export type AppSettings = Omit<
  App,
  'id' | 'appKey' | 'createdAt' | 'callbackStoppedAt' | 'previousSecretUntil' | 'previousCallbackSecretUntil'
>;

export const DEFAULT_SETTINGS: AppSettings = {
  name: '',
  enabled: true,
  strict: false,
  selfCertification: false,
  silentSigning: false,
  plainIdentity: false,
  pathWithoutApi: false,
  smsLimits: true,
  requestsPerMinute: null,
  allowedIps: [],
  checkBeforeReading: false,
  callbackUrl: null,
  callbackTypes: [],
  redirectSchemes: [],
  embeddingOrigins: [],
};

/** How long the old secret still works after a rotation. */
export const ROTATION_OVERLAP_HOURS = 24;
