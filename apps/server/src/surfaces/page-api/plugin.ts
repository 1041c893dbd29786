/** The H5 pages' own API: a ticket is exchanged for a bearer session, which every other call carries. */
import rateLimit from '@fastify/rate-limit';
import { openSession, type PageSession } from '@signet/protocol/page-api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../kernel/log.ts';
import type { App, Apps } from '../../modules/apps/index.ts';
import { LinkError, type Tickets } from '../../modules/tickets/index.ts';
import type { PageRoute } from './page-route.ts';
import { PageError, sendPageFailure } from './refusal.ts';

const PREFIX = '/page-api';
/** Of one address. A page of 200 makes some hundred calls for its document. */
const REQUESTS_PER_MINUTE = 1_200;
const BEARER = /^Bearer ([\w-]{20,100})$/;

export interface PageApiDependencies {
  readonly apps: Pick<Apps, 'find'>;
  readonly tickets: Tickets;
  readonly routes: readonly PageRoute[];
  readonly mode: 'sandbox' | 'production';
  readonly log: Logger;
}

export async function pageApi(server: FastifyInstance, means: PageApiDependencies): Promise<void> {
  const { tickets, routes, log } = means;
  await server.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: 60_000 });
  server.setErrorHandler((error, request, reply) => sendPageFailure(error, request, reply, log));
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('Cache-Control')) reply.header('Cache-Control', 'no-store');
    reply.headers({
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  server.post(`${PREFIX}/sessions`, async (request): Promise<PageSession> => {
    const { ticket } = parse(openSession, request.body);
    const opened = await tickets.openSession(ticket);
    const { session, expiresInSeconds } = opened;
    return { session, purpose: opened.ticket.subject.purpose, expiresInSeconds };
  });
  for (const route of routes) {
    const { method, path, largestBodyBytes } = route;
    server.route({
      ...{ method, url: PREFIX + path },
      ...(largestBodyBytes && { bodyLimit: largestBodyBytes, onRequest: (request) => requireSession(request, means) }),
      handler: (request, reply) => answer(route, request, reply, means),
    });
  }
}

async function answer(
  route: PageRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  { apps, tickets, mode }: PageApiDependencies,
): Promise<unknown> {
  const ticket = await tickets.ticketOf(sessionOf(request));
  const app = await apps.find(ticket.appId);
  if (!app?.enabled || ticket.subject.purpose !== route.purpose) throw new LinkError('LINK_UNKNOWN');

  const input = parse(route.input, route.method === 'GET' ? queryOf(request) : (request.body ?? {}));
  const setting = settingOf(app, mode);
  const call = { app, ticket, isExpired: tickets.hasExpired(ticket), subject: ticket.subject, setting, input };
  const result = await route.handle({ ...call, request, reply });
  return reply.sent ? reply : result;
}

/** Strangers send us no files. */
async function requireSession(request: FastifyRequest, { tickets }: PageApiDependencies): Promise<void> {
  await tickets.ticketOf(sessionOf(request));
}

function sessionOf({ headers }: FastifyRequest): string {
  return BEARER.exec(headers.authorization ?? '')?.[1] ?? '';
}

function settingOf({ name, embeddingOrigins }: App, mode: 'sandbox' | 'production') {
  return { sandbox: mode === 'sandbox', appName: name, embeddingOrigins };
}

function parse<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PageError('BAD_REQUEST');
  return parsed.data as T;
}

/** The server parses no query strings by itself, since the open API signs them as they were sent. */
function queryOf(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
}
