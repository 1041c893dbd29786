import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { API_ERRORS, ApiError, badParameter } from '@signet/protocol/errors';
import type { ResponseEnvelope } from '@signet/protocol/response';
import type { FastifyRequest } from 'fastify';
import type { App, Idempotency } from '../../modules/apps/index.ts';
import type { MultipartBody } from './uploads.ts';

const MAX_KEY_LENGTH = 255;
const POLL_MS = 50;
const MAX_WAIT_MS = 30_000;

/** Answers that say "try again": keeping them would answer the second try with the first one's bad luck. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  API_ERRORS.SYSTEM_BUSY.code,
  API_ERRORS.IDENTITY_SOURCE_UNAVAILABLE.code,
  API_ERRORS.SEALING_PENDING.code,
]);

export interface RepeatableCall {
  readonly request: FastifyRequest;
  readonly parts: MultipartBody | undefined;
}

/** Runs the call once per Idempotency-Key; an equal call gets the first answer, also when both arrive at once. */
export async function answerOnce(
  call: RepeatableCall,
  app: App,
  idempotency: Idempotency,
  run: () => Promise<ResponseEnvelope>,
): Promise<ResponseEnvelope> {
  const { request } = call;
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string' || key === '') return run();
  if (key.length > MAX_KEY_LENGTH) throw badParameter({ 'Idempotency-Key': `最长${MAX_KEY_LENGTH}个字符` });

  const requestHash = hashOf(call);
  for (let waited = 0; waited <= MAX_WAIT_MS; waited += POLL_MS) {
    const start = await idempotency.start(app.id, key, requestHash);
    if (start.state === 'first') return runFirst(app, key, idempotency, run);
    if (start.state === 'answered') return JSON.parse(start.answer);
    if (start.state === 'other-request') throw badParameter({ 'Idempotency-Key': '已用于另一个请求' });
    await pause(POLL_MS);
  }
  throw new ApiError('SYSTEM_BUSY');
}

async function runFirst(
  app: App,
  key: string,
  idempotency: Idempotency,
  run: () => Promise<ResponseEnvelope>,
): Promise<ResponseEnvelope> {
  try {
    const answer = await run();
    if (TRANSIENT_CODES.has(answer.code)) await idempotency.abandon(app.id, key);
    else await idempotency.finish(app.id, key, JSON.stringify(answer));
    return answer;
  } catch (error) {
    await idempotency.abandon(app.id, key);
    throw error;
  }
}

/** Multipart bodies count by their parts: a client makes up a new boundary when it sends the same file again. */
function hashOf({ request, parts }: RepeatableCall): Uint8Array {
  const hash = createHash('sha256').update(`${request.method} ${request.raw.url}\n`);
  if (Buffer.isBuffer(request.body)) hash.update(request.body);
  if (parts) hash.update(JSON.stringify([parts.fields, parts.upload?.fileName, parts.upload?.size, parts.sha256]));
  return hash.digest();
}
