/** The console's own API: operators with a session in a cookie. What each may do is declared with each route. */
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../kernel/log.ts';
import { actorOf, type LoggedIn, type Operators } from '../../modules/operators/index.ts';
import type { ConsoleCall, ConsoleRoute } from './console-route.ts';
import { authorize, requireOwnPage } from './guard.ts';
import { parseInput, parseParams } from './input.ts';
import { networkOf } from './network.ts';
import { sendConsoleFailure } from './refusal.ts';
import type { SessionCookie } from './session-cookie.ts';

const PREFIX = '/console-api';
const MINUTE_MS = 60_000;
/** Of one address. */
const CALLS_PER_MINUTE = 1_200;
const GUESSES_PER_MINUTE = 30;
const LONGEST_BODY_BYTES = 256 * 1024;

export interface ConsoleApiDependencies {
  readonly operators: Operators;
  readonly sessionCookie: SessionCookie;
  readonly routes: readonly ConsoleRoute[];
  readonly publicUrl: string;
  readonly log: Logger;
}

export async function consoleApi(server: FastifyInstance, means: ConsoleApiDependencies): Promise<void> {
  const { routes, log } = means;
  await server.register(cookie);
  await server.register(rateLimit, {
    ...{ max: CALLS_PER_MINUTE, timeWindow: MINUTE_MS },
    keyGenerator: (request: FastifyRequest) => networkOf(request.ip),
  });
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler((error, request, reply) => sendConsoleFailure(error, request, reply, log));
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  const guessable = { rateLimit: { max: GUESSES_PER_MINUTE, timeWindow: MINUTE_MS } };
  for (const route of routes) {
    server.route({
      ...{ method: route.method, url: PREFIX + route.path, bodyLimit: LONGEST_BODY_BYTES },
      config: route.isGuessable ? guessable : {},
      handler: (request, reply) => answer(route, request, reply, means),
    });
  }
}

async function answer(
  route: ConsoleRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  means: ConsoleApiDependencies,
): Promise<unknown> {
  if (route.method === 'POST') requireOwnPage(request, new URL(means.publicUrl).origin);
  const caller = await resume(request, reply, means);
  authorize(route, caller);
  const { ip } = request;
  const call = { params: parseParams(request), input: parseInput(route.input, request), ip, request, reply };
  const result = await route.handle({ ...call, ...callerOf(caller, ip) });
  return reply.sent ? reply : result;
}

/** An open route expects no caller, and every other one has been authorized. */
function callerOf(caller: LoggedIn | undefined, ip: string): Pick<ConsoleCall<unknown>, 'caller' | 'actor'> {
  const actor = caller ? actorOf(caller.operator, ip) : { operatorId: null, name: null, ip };
  return { caller: caller as LoggedIn, actor };
}

async function resume(
  request: FastifyRequest,
  reply: FastifyReply,
  { operators, sessionCookie }: ConsoleApiDependencies,
): Promise<LoggedIn | undefined> {
  const token = sessionCookie.read(request);
  const resumed = token === undefined ? undefined : await operators.sessions.resume(token, request.ip);
  if (resumed?.newToken) sessionCookie.set(reply, resumed.newToken);
  return resumed;
}
