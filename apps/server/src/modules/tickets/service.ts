import { createHash } from 'node:crypto';
import { lt } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import { endingRows } from '../../kernel/retention.ts';
import type { App } from '../apps/index.ts';
import { pageSessions, pageTickets } from './schema.ts';
import * as store from './store.ts';
import { type ClientType, LinkError, type PageTicket, requireReturnAddress, type TicketSubject } from './ticket.ts';

/** 144 bits; short, since links travel by SMS. */
const TICKET_BYTES = 18;
const SESSION_BYTES = 32;
const SESSION_SECONDS = 2 * 3_600;

export interface NewTicket {
  readonly subject: TicketSubject;
  readonly clientType: ClientType;
  readonly redirect: { readonly url: string; readonly delaySeconds: number | null } | null;
  readonly expiresAt: Date;
}

export interface IssuedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface OpenedSession {
  readonly session: string;
  readonly ticket: PageTicket;
  readonly expiresInSeconds: number;
}

export interface TicketsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** Base of every link we hand out. */
  readonly publicUrl: string;
}

export type Tickets = ReturnType<typeof createTickets>;

/** Links to pages: a random ticket for one purpose, stored as a hash, exchanged by the page for a session of its own. */
export function createTickets({ database, clock, publicUrl }: TicketsDependencies) {
  return {
    /** @throws ApiError 400 when the page must not return to the given address. */
    issue(app: Pick<App, 'id' | 'redirectSchemes'>, wanted: NewTicket): Promise<IssuedLink> {
      const { subject, clientType, redirect, expiresAt } = wanted;
      if (redirect) requireReturnAddress(redirect.url, app.redirectSchemes, 'redirectConfig.redirectUrl');
      const ticket = opaqueToken(TICKET_BYTES);
      return database.transaction(async (tx) => {
        await store.insertTicket(tx, {
          ...{ ticketHash: hashOf(ticket), appId: app.id, purpose: subject.purpose, subject, clientType },
          ...{ redirectUrl: redirect?.url ?? null, redirectDelaySeconds: redirect?.delaySeconds ?? null },
          ...{ createdAt: clock.now(), expiresAt, revokedAt: null },
        });
        return { url: `${publicUrl}/${subject.purpose}/${ticket}`, expiresAt };
      });
    },

    /** Repeatable, so that link scanners and reloads use nothing up. @throws LinkError */
    openSession(ticket: string): Promise<OpenedSession> {
      const session = opaqueToken(SESSION_BYTES);
      return database.transaction(async (tx) => {
        const found = await store.findTicket(tx, hashOf(ticket));
        if (!found) throw new LinkError('LINK_UNKNOWN');
        if (found.revokedAt) throw new LinkError('LINK_REVOKED');
        const now = clock.now();
        const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1_000);
        const row = { sessionHash: hashOf(session), ticketHash: hashOf(ticket), createdAt: now, expiresAt };
        await store.insertSession(tx, row);
        return { session, ticket: found, expiresInSeconds: SESSION_SECONDS };
      });
    },

    /** What a session may see and do. @throws LinkError */
    async ticketOf(session: string): Promise<PageTicket> {
      const found = await store.findBySession(database.db, hashOf(session), clock.now());
      if (!found) throw new LinkError('SESSION_EXPIRED');
      if (found.revokedAt) throw new LinkError('LINK_REVOKED');
      return found;
    },

    /** A ticket that has expired opens nothing; what its page may still say is how its purpose ended. */
    hasExpired: (ticket: PageTicket): boolean => ticket.expiresAt <= clock.now(),

    /** Without opening it: whose page this is, e.g. to say who may embed it. */
    find: (ticket: string): Promise<PageTicket | undefined> => store.findTicket(database.db, hashOf(ticket)),

    /** Links to this subject work no longer. */
    revoke: (tx: Tx, appId: string, subject: TicketSubject): Promise<void> =>
      store.revoke(tx, appId, subject, clock.now()),

    /** Links to any purpose whose subject has these parts work no longer, e.g. all of one account. */
    revokeAll: (tx: Tx, appId: string, parts: Readonly<Record<string, string>>): Promise<void> =>
      store.revokeAll(tx, { appId, parts }, clock.now()),

    /** A link that has expired still tells for a while how its purpose ended; what was opened with it has an end of its own. */
    ending: {
      sessions: endingRows(database, { table: pageSessions, isDue: (before) => lt(pageSessions.expiresAt, before) }),
      tickets: endingRows(database, { table: pageTickets, isDue: store.isOver }),
    },
  };
}

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
