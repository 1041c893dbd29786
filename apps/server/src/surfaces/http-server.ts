/** All surfaces on one Fastify server. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { GatewayError } from '@signet/protocol/errors';
import { failureEnvelope } from '@signet/protocol/response';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { newLogKey } from '../kernel/ids.ts';
import type { Logger } from '../kernel/log.ts';
import { downloadRoutes } from './downloads/routes.ts';
import { sendFailure } from './open-api/answer.ts';
import { type GatewayDependencies, gateway } from './open-api/gateway.ts';
import type { Route } from './open-api/serve.ts';
import { observeRequests, operationsRoutes, type ReadGauge } from './operations/routes.ts';

/** Node's codes for requests that it cannot read. */
const BROKEN_REQUESTS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

type Plugin = (server: FastifyInstance) => Promise<void>;

export interface HttpServerDependencies extends GatewayDependencies {
  readonly routes: readonly Route[];
  readonly trustedProxies: readonly string[];
  readonly downloads: Parameters<typeof downloadRoutes>[1]['downloads'];
  readonly checks: Parameters<typeof operationsRoutes>[1]['checks'];
  readonly gauges: readonly ReadGauge[];
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
    // A path that cannot be decoded or is endless names nothing of ours.
    frameworkErrors: (_error, request, reply) => {
      sendFailure(new GatewayError('NO_SUCH_API'), request, reply, { clock, log });
      // No hook runs for what never reached the router.
      log.info('request', { logKey: request.id, method: request.method, route: 'none', status: 404, code: '404' });
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, { clock, log }),
  });
  server.decorateRequest('answerCode', '');
  observeRequests(server, dependencies.gauges);
  logRequests(server, log);
  server.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, { clock, log }));
  function refuseUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const allowed = methodsOf(server, request.raw.url);
    // A route may find nothing under an address of its own.
    const isOtherMethod = allowed.length > 0 && !allowed.some((method) => method === request.method);
    const error = new GatewayError(isOtherMethod ? 'METHOD_NOT_ALLOWED' : 'NO_SUCH_API');
    if (isOtherMethod) reply.header('Allow', allowed.join(', '));
    return sendFailure(error, request, reply, { clock, log });
  }
  // Before the body is read: what is wrong with a body that nobody takes does not matter.
  server.addHook('onRequest', async (request, reply) => (request.is404 ? refuseUnknown(request, reply) : undefined));
  server.setNotFoundHandler(refuseUnknown);

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

function methodsOf(server: FastifyInstance, url = ''): string[] {
  const path = url.split('?', 1)[0] ?? '';
  return (['GET', 'POST'] as const).filter((method) => server.findRoute({ method, url: path }) !== null);
}

/** What is no HTTP request never reaches a route; it is answered in the envelope all the same. */
function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Socket,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = BROKEN_REQUESTS[error.code ?? ''] ?? 400;
  const logKey = newLogKey();
  const msg = STATUS_CODES[status] ?? '';
  const body = JSON.stringify(failureEnvelope({ code: `${status}`, msg }, { logKey, at: clock.now() }));
  log.info('request', { logKey, route: 'none', status, code: `${status}` });
  const head = [
    `HTTP/1.1 ${status} ${msg}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Ca-Error-Code: BROKEN_REQUEST',
    `X-Ca-Error-Message: ${msg}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
