/**
 * The private API between H5 pages and the server, below `/page-api`. JSON both ways; a page exchanges the ticket of its link for
 * a bearer session, which it keeps in memory and sends as `Authorization: Bearer …`.
 */
import { z } from 'zod';

/** `POST /page-api/sessions` → {@link PageSession}. Repeatable: link scanners and reloads use nothing up. */
export const openSession = z.object({ ticket: z.string().min(1).max(100) });
export type OpenSession = z.infer<typeof openSession>;

/** What a link is for; one page each. */
export type PagePurpose = 'sign' | 'grant' | 'face' | 'verify-person' | 'verify-company';

export interface PageSession {
  /** The bearer token. */
  readonly session: string;
  readonly purpose: PagePurpose;
  /** Seconds until the session must be opened again with the ticket. */
  readonly expiresInSeconds: number;
}

/**
 * Every refusal: HTTP 4xx (5xx for a fault) and this body. `error` is a name of the error catalogue or one of
 * {@link PageRefusal}; `msg` says it in Chinese; `logKey` is what a person reads out on the phone.
 */
export interface PageFailure {
  readonly error: string;
  readonly code: string;
  readonly msg: string;
  readonly logKey: string;
  /** After a wrong SMS code, facts that do not fit, a wrong amount or a picture that cannot be judged. */
  readonly remainingAttempts?: number;
  /** After a code asked for too soon. */
  readonly retryAfterSeconds?: number;
}

/** LINK_UNKNOWN 404; LINK_EXPIRED and LINK_REVOKED 410; SESSION_EXPIRED 401; WRONG_CODE, FACTS_DIFFER and CAPTURE_UNUSABLE 422; anything of the catalogue 409. */
export type PageRefusal =
  | 'LINK_UNKNOWN'
  | 'LINK_EXPIRED'
  | 'LINK_REVOKED'
  | 'SESSION_EXPIRED'
  | 'WRONG_CODE'
  | 'FACTS_DIFFER'
  | 'CAPTURE_UNUSABLE'
  | 'BAD_REQUEST'
  | 'TOO_MANY_REQUESTS';

/** Where the page goes when it is done: the whole address, `businessCode`, `contractId` and `status` appended already. */
export interface Redirect {
  readonly url: string;
  readonly delaySeconds: number;
}

/** What every page knows about where it runs. */
export interface PageSetting {
  readonly sandbox: boolean;
  /** Name of the app that sent the person here. */
  readonly appName: string;
  /** Origins the page may post `{source:"signet", event, …}` to; empty when it is not embedded anywhere. */
  readonly embeddingOrigins: readonly string[];
}

/** An SMS code that is on its way. */
export interface SentCode {
  /** Masked. */
  readonly phone: string;
  readonly expiresInSeconds: number;
  readonly resendAfterSeconds: number;
  /** Sandbox mode only, where no message leaves the machine. */
  readonly sandboxCode?: string;
}

export const smsCode = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
});
export type SmsCode = z.infer<typeof smsCode>;
