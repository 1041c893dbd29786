/** 页面链接: single-purpose tickets and the sessions that pages open with them. */
import { badParameter } from '@signet/protocol/errors';

/** What a link is for. A ticket of one purpose opens nothing of another. */
export type TicketSubject =
  | { readonly purpose: 'sign'; readonly contractId: string; readonly accountId: string }
  | { readonly purpose: 'grant'; readonly authorizeCode: string }
  | { readonly purpose: 'face'; readonly verificationId: string; readonly checkId: string }
  | { readonly purpose: 'verify-person' | 'verify-company'; readonly pageId: string };

export type ClientType = 'h5' | 'pc';

export interface PageTicket {
  readonly appId: string;
  readonly subject: TicketSubject;
  readonly clientType: ClientType;
  readonly redirectUrl: string | null;
  readonly redirectDelaySeconds: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Unlike a known ticket that has expired, which still tells how its purpose ended. */
export type LinkRefusal = 'LINK_UNKNOWN' | 'LINK_REVOKED' | 'LINK_EXPIRED' | 'SESSION_EXPIRED';

/** A page cannot be opened, or not any longer. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly refusal: LinkRefusal;

  constructor(refusal: LinkRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const HTTP = ['http:', 'https:'];

/** Whether a page may return there: http, https or a scheme registered for the app; never `javascript:` and the like. */
export function mayReturnTo(url: string, registeredSchemes: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return HTTP.includes(protocol) || registeredSchemes.includes(protocol.slice(0, -1));
}

/** @throws ApiError 400 that names the field. */
export function requireReturnAddress(url: string, registeredSchemes: readonly string[], field: string): void {
  if (!mayReturnTo(url, registeredSchemes)) throw badParameter({ [field]: '应为http、https地址或应用已登记的scheme' });
}

/** The address a page goes back to, with how it ended; null when the link names none. */
export function returnAddress(
  ticket: Pick<PageTicket, 'redirectUrl' | 'redirectDelaySeconds'>,
  outcome: Readonly<Record<string, string | null>>,
): { readonly url: string; readonly delaySeconds: number } | null {
  if (ticket.redirectUrl === null) return null;
  const url = new URL(ticket.redirectUrl);
  for (const [name, value] of Object.entries(outcome)) if (value !== null) url.searchParams.set(name, value);
  return { url: url.href, delaySeconds: ticket.redirectDelaySeconds ?? DEFAULT_DELAY_SECONDS };
}

const DEFAULT_DELAY_SECONDS = 3;
