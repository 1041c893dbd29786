/** All surfaces on one Fastify server. */
import { GatewayError } from '@signet/protocol/errors';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { newLogKey } from '../kernel/ids.ts';
import type { Logger } from '../kernel/log.ts';
import { downloadRoutes } from './downloads/routes.ts';
import { sendFailure } from './open-api/answer.ts';
import { type GatewayDependencies, gateway } from './open-api/gateway.ts';
import type { Route } from './open-api/serve.ts';
import { observeRequests, operationsRoutes } from './operations/routes.ts';

type Plugin = (server: FastifyInstance) => Promise<void>;

export interface HttpServerDependencies extends GatewayDependencies {
  readonly routes: readonly Route[];
  readonly trustedProxies: readonly string[];
  readonly downloads: Parameters<typeof downloadRoutes>[1]['downloads'];
  readonly checks: Parameters<typeof operationsRoutes>[1]['checks'];
  /** Public pages and files of other surfaces. */
  readonly plugins: readonly Plugin[];
  readonly clock: Clock;
  readonly log: Logger;
}

export async function createHttpServer(dependencies: HttpServerDependencies): Promise<FastifyInstance> {
  const { clock, log, trustedProxies } = dependencies;
  const server = Fastify({
    logger: false,
    genReqId: newLogKey,
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // Slow uploads on phones are fine; a client that never ends its headers is not.
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256, querystringParser: () => ({}) },
  });
  server.decorateRequest('answerCode', '');
  observeRequests(server);
  logRequests(server, log);
  server.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, { clock, log }));
  server.setNotFoundHandler((request, reply) => {
    const error = new GatewayError(isKnownPath(server, request.raw.url) ? 'METHOD_NOT_ALLOWED' : 'NO_SUCH_API');
    return sendFailure(error, request, reply, { clock, log });
  });

  await server.register((scope) => gateway(scope, dependencies));
  await server.register((scope) => downloadRoutes(scope, dependencies));
  await server.register((scope) => operationsRoutes(scope, dependencies));
  for (const plugin of dependencies.plugins) await server.register(plugin);
  return server;
}

/** One line a request: never the URL, since personal data travels in query strings. */
function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onResponse', async (request, reply) => {
    const { app } = request.caller ?? {};
    log.info('request', {
      logKey: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(app ? { appId: app.id } : {}),
      ...(request.answerCode ? { code: request.answerCode } : {}),
    });
  });
}

function isKnownPath(server: FastifyInstance, url = ''): boolean {
  const path = url.split('?', 1)[0] ?? '';
  return (['GET', 'POST'] as const).some((method) => server.findRoute({ method, url: path }) !== null);
}
