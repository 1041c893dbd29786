/** The open API's front door: one Fastify plugin that serves every route of the catalogue. */
import multipart from '@fastify/multipart';
import { ApiError, GatewayError } from '@signet/protocol/errors';
import { failureEnvelope, type ResponseEnvelope, successEnvelope } from '@signet/protocol/response';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/log.ts';
import type { AppCredentials, Idempotency } from '../../modules/apps/index.ts';
import { sendFailure } from './answer.ts';
import { type AuthenticationDependencies, createAuthentication } from './authentication.ts';
import { answerOnce } from './idempotent-call.ts';
import { readInput, validate } from './input.ts';
import { limitRequests } from './rate-limit.ts';
import { FORM_TYPE, MULTIPART_TYPE, mediaType } from './request.ts';
import type { Route, Upload } from './serve.ts';
import { discard, MAX_UPLOAD_BYTES, readMultipart, receiveBase64 } from './uploads.ts';

const API_PREFIX = '/api';
/** JSON carries at most a 10 MB file in base64. */
const MAX_JSON_BYTES = 15 * 1024 * 1024;
const MAX_MULTIPART_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024;
/** A form is read before its signature can be checked. */
const MAX_FORM_BYTES = 256 * 1024;

export interface GatewayDependencies extends AuthenticationDependencies {
  readonly idempotency: Idempotency;
  readonly log: Logger;
  readonly clock: Clock;
  readonly mode: 'sandbox' | 'production';
  /** Where uploads lie while they are judged. */
  readonly uploadFolder: string;
}

export async function gateway(
  server: FastifyInstance,
  { routes, ...means }: GatewayDependencies & { readonly routes: readonly Route[] },
): Promise<void> {
  const authentication = createAuthentication(means);
  await server.register(multipart, { attachFieldsToBody: false });
  server.decorateRequest('caller');
  readBodiesAsBytes(server);

  server.addHook('onRequest', async (request) => {
    refuseOversized(request);
    request.caller = await authentication.beforeBody(request);
  });
  server.addHook('preValidation', (request) => authentication.afterBody(request, callerOf(request)));
  await limitRequests(server);

  for (const route of routes) {
    if (route.endpoint.sandboxOnly && means.mode !== 'sandbox') continue;
    register(server, route, means);
  }
}

function register(server: FastifyInstance, route: Route, means: GatewayDependencies): void {
  const { endpoint } = route;
  for (const path of [endpoint.path, ...endpoint.aliases]) {
    const url = API_PREFIX + path;
    server.route({
      method: [...endpoint.methods],
      url,
      bodyLimit: MAX_JSON_BYTES,
      // Uncaught HEAD routes would be one more spelling of every GET.
      exposeHeadRoute: false,
      handler: (request, reply) => handle(route, request, reply, means),
    });
  }
}

/** Before anything is read: what says that it is too large need not be sent. */
function refuseOversized(request: FastifyRequest): void {
  const limits: Record<string, number> = { [FORM_TYPE]: MAX_FORM_BYTES, [MULTIPART_TYPE]: MAX_MULTIPART_BYTES };
  const limit = limits[mediaType(request)] ?? MAX_JSON_BYTES;
  if (Number(request.headers['content-length'] ?? 0) <= limit) return;
  throw new GatewayError('BODY_TOO_LARGE', `at most ${limit} bytes of this type`);
}

async function handle(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  means: GatewayDependencies,
): Promise<FastifyReply> {
  try {
    const answer = await answerTo(route, request, means);
    request.answerCode = answer.code;
    return reply.send(answer);
  } catch (error) {
    return sendFailure(error, request, reply, means);
  }
}

/** The answer of a route; when it is there, the upload that came with the call is gone. */
async function answerTo(route: Route, request: FastifyRequest, means: GatewayDependencies): Promise<ResponseEnvelope> {
  let upload: Upload | undefined;
  try {
    const isMultipart = mediaType(request) === MULTIPART_TYPE;
    if (isMultipart && !route.endpoint.multipart) throw new GatewayError('BODY_UNREADABLE', 'multipart is for uploads');
    const parts = isMultipart ? await readMultipart(request, means.uploadFolder) : undefined;
    upload = parts?.upload;
    const { app } = callerOf(request);
    return await answerOnce({ request, parts }, app, means.idempotency, () =>
      toEnvelope(request, means.clock, async () => {
        const input = validate(route.endpoint, readInput(request, parts?.fields ?? {}));
        upload ??= route.endpoint.multipart ? await uploadFromJson(input, means.uploadFolder) : undefined;
        return route.handle({ app, input, upload, address: request.ip });
      }),
    );
  } finally {
    await discard(upload);
  }
}

/** Business refusals are answers like any other; only faults are thrown on. */
async function toEnvelope(
  request: FastifyRequest,
  clock: Clock,
  work: () => Promise<unknown>,
): Promise<ResponseEnvelope> {
  try {
    const result = await work();
    return successEnvelope(result ?? null, { logKey: request.id, at: clock.now() });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failureEnvelope(error, { logKey: request.id, at: clock.now() });
  }
}

async function uploadFromJson(input: unknown, folder: string): Promise<Upload | undefined> {
  const { fileBase64, fileName } = input as { fileBase64?: string; fileName?: string };
  return fileBase64 ? receiveBase64(fileBase64, fileName ?? 'file', folder) : undefined;
}

/** Signatures and digests are over bytes, so bodies stay bytes until they are checked. */
function readBodiesAsBytes(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const isLongForm = mediaType(request) === FORM_TYPE && body.length > MAX_FORM_BYTES;
    done(isLongForm ? new GatewayError('BODY_TOO_LARGE', `at most ${MAX_FORM_BYTES} bytes of this type`) : null, body);
  });
}

export function callerOf(request: FastifyRequest): AppCredentials {
  if (!request.caller) throw new GatewayError('UNKNOWN_APP_KEY');
  return request.caller;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: AppCredentials | undefined;
  }
}
