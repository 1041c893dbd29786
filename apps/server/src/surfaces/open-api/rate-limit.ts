import rateLimit from '@fastify/rate-limit';
import { GatewayError } from '@signet/protocol/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Requests per minute of each app (`npx signet app set --limit`), counted after the signature has held, so that nobody
 * else can use up an app's share. Each server counts for itself.
 */
export async function limitRequests(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    global: true,
    hook: 'preHandler',
    timeWindow: 60_000,
    max: (request: FastifyRequest) => request.caller?.app.requestsPerMinute ?? Number.MAX_SAFE_INTEGER,
    keyGenerator: (request: FastifyRequest) => request.caller?.app.id ?? request.ip,
    allowList: (request: FastifyRequest) => request.caller?.app.requestsPerMinute == null,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, context) =>
      new GatewayError('TOO_MANY_REQUESTS', `retry after ${Math.ceil(context.ttl / 1000)} s`),
  });
}
