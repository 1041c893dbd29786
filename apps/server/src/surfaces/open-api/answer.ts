/** From outcomes to answers: the envelope, the gateway's error headers, one log line a call. */
import { ApiError, GatewayError } from '@signet/protocol/errors';
import { failureEnvelope, type ResponseEnvelope } from '@signet/protocol/response';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/log.ts';

const MAX_HEADER_CHARACTERS = 2_048;
const BUSY = new ApiError('SYSTEM_BUSY');

export interface Failure {
  readonly status: number;
  readonly envelope: ResponseEnvelope<never>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every thrown thing as an answer; what we did not expect says nothing but "busy" and goes to the log with its cause. */
export function toFailure(error: unknown, logKey: string, at: Date): Failure {
  const stamp = { logKey, at };
  if (error instanceof ApiError) {
    return { status: error.code === BUSY.code ? 500 : 200, envelope: failureEnvelope(error, stamp), headers: {} };
  }
  const refusal = error instanceof GatewayError ? error : fromFastify(error);
  if (!refusal) return { status: 500, envelope: failureEnvelope(BUSY, stamp), headers: {} };
  return {
    status: refusal.status,
    envelope: failureEnvelope({ code: String(refusal.status), msg: refusal.hint }, stamp),
    headers: { 'X-Ca-Error-Code': refusal.error, 'X-Ca-Error-Message': headerText(refusal.hint) },
  };
}

export function sendFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  means: { readonly clock: Clock; readonly log: Logger },
): FastifyReply {
  const failure = toFailure(error, request.id, means.clock.now());
  if (!request.raw.complete) letCallerFinish(request, reply);
  if (failure.status === 500) means.log.error('a call failed', { logKey: request.id, err: error });
  request.answerCode = failure.envelope.code;
  return reply.code(failure.status).headers(failure.headers).send(failure.envelope);
}

/**
 * A refusal that comes before the whole body has arrived: many callers listen only after they have sent everything, and
 * closing now would reset the connection under them. What still comes is read and forgotten; the server's request timeout
 * ends whoever never stops.
 */
function letCallerFinish(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  reply.raw.shouldKeepAlive = true;
  request.raw.unpipe();
  request.raw.resume();
}

function fromFastify(error: unknown): GatewayError | undefined {
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>;
  if (code === 'FST_FILES_LIMIT') return new GatewayError('BODY_UNREADABLE', 'one file a request');
  if (statusCode === 413) return new GatewayError('BODY_TOO_LARGE');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return new GatewayError('BODY_UNREADABLE', 'Content-Length');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new GatewayError('BODY_UNREADABLE');
  return undefined;
}

/** ASCII as it is, anything else percent-encoded, at most 2 kB. */
function headerText(text: string): string {
  const encoded = [...text.slice(0, MAX_HEADER_CHARACTERS)]
    .map((c) => (c >= ' ' && c <= '~' ? c : encodeURIComponent(c.toWellFormed())))
    .join('');
  return encoded.slice(0, MAX_HEADER_CHARACTERS).replace(/%[0-9A-F]?$/, '');
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The answer's code, for the log line. */
    answerCode: string;
  }
}
