/**
 * The private API between the console and the server, below `/console-api`: JSON, a session in an HttpOnly cookie, and the header
 * `X-Signet-Console: 1` on every write, which no foreign page can send. Instants are ISO 8601 in UTC.
 */
import { z } from 'zod';

export const paging = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
};

export interface Page<Item> {
  readonly list: readonly Item[];
  readonly total: number;
}

/**
 * Every refusal: HTTP 4xx (5xx for a fault) and this body. `error` is a name of the error catalogue or one of
 * {@link ConsoleRefusal}.
 */
export interface ConsoleFailure {
  readonly error: string;
  readonly code: string;
  readonly msg: string;
  readonly logKey: string;
  /** While an account is locked. */
  readonly retryAfterSeconds?: number;
}

/**
 * SETUP_NEEDED 409, SETUP_DONE 409, SETUP_CODE_WRONG 403, LOGIN_FAILED 401, TOTP_NEEDED 401, TOTP_WRONG 422, PASSWORD_EXPIRED 401 (a
 * temporary password that was not used in time), PASSWORD_WRONG 422 (of an
 * account that is logged in), PASSWORD_TOO_WEAK 422, PASSWORD_CHANGE_NEEDED 403 (everything but session, logout and the change itself),
 * ACCOUNT_LOCKED 429, TOO_MANY_REQUESTS 429, NOT_LOGGED_IN 401 (also when a session has ended), FORBIDDEN 403, BAD_REQUEST 400 (msg
 * names every wrong field), NOT_FOUND 404, CONFLICT 409. `msg` is always fit to be shown.
 */
export type ConsoleRefusal =
  | 'SETUP_NEEDED'
  | 'SETUP_DONE'
  | 'SETUP_CODE_WRONG'
  | 'LOGIN_FAILED'
  | 'TOTP_NEEDED'
  | 'TOTP_WRONG'
  | 'ACCOUNT_LOCKED'
  | 'PASSWORD_EXPIRED'
  | 'PASSWORD_WRONG'
  | 'PASSWORD_TOO_WEAK'
  | 'PASSWORD_CHANGE_NEEDED'
  | 'NOT_LOGGED_IN'
  | 'FORBIDDEN'
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS';
