import type { PagePurpose, PageSetting } from '@signet/protocol/page-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { App } from '../../modules/apps/index.ts';
import type { PageTicket, TicketSubject } from '../../modules/tickets/index.ts';

/** One call of a page: the session has been checked, the ticket is of the route's purpose, the input has been parsed. */
export interface PageCall<Purpose extends PagePurpose, Input> {
  readonly app: App;
  readonly ticket: PageTicket;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
  readonly subject: Extract<TicketSubject, { readonly purpose: Purpose }>;
  readonly setting: PageSetting;
  readonly input: Input;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface PageRoute {
  readonly purpose: PagePurpose;
  readonly method: 'GET' | 'POST';
  /** Below `/page-api`. */
  readonly path: string;
  readonly input: z.ZodType;
  /** The answer's JSON; a reply that has been sent already is left alone. */
  /** Where a file comes in; its body is read only for the holder of a session. */
  readonly largestBodyBytes?: number;
  readonly handle: (call: PageCall<PagePurpose, unknown>) => Promise<unknown>;
}

interface Declaration<Purpose extends PagePurpose, Schema extends z.ZodType> {
  readonly purpose: Purpose;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Of the body of a POST, of the query of a GET. */
  readonly input: Schema;
  readonly largestBodyBytes?: number;
  readonly handle: (call: PageCall<Purpose, z.output<Schema>>) => Promise<unknown>;
}

export function pageRoute<Purpose extends PagePurpose, Schema extends z.ZodType>(
  declaration: Declaration<Purpose, Schema>,
): PageRoute {
  // The plugin checks purpose and input by this very declaration before it calls, so the cast only forgets the types.
  return declaration as unknown as PageRoute;
}
