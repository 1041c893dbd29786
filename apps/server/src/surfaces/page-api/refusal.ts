/** From what was thrown to what a page is told. */
import { ApiError } from '@signet/protocol/errors';
import type { PageFailure, PageRefusal } from '@signet/protocol/page-api';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../kernel/log.ts';
import { LinkError } from '../../modules/tickets/index.ts';

const REFUSALS: Readonly<Record<PageRefusal, { readonly status: number; readonly msg: string }>> = {
  LINK_UNKNOWN: { status: 404, msg: '链接不存在,请检查地址是否完整' },
  LINK_EXPIRED: { status: 410, msg: '链接已过期,请联系发送方重新获取' },
  LINK_REVOKED: { status: 410, msg: '链接已失效,请联系发送方重新获取' },
  SESSION_EXPIRED: { status: 401, msg: '页面停留过久,请刷新后继续' },
  WRONG_CODE: { status: 422, msg: '验证码不正确' },
  FACTS_DIFFER: { status: 422, msg: '信息核验不一致,请核对后重试' },
  CAPTURE_UNUSABLE: { status: 422, msg: '未能完成比对,请按提示重新拍摄' },
  BAD_REQUEST: { status: 400, msg: '请求不正确' },
  TOO_MANY_REQUESTS: { status: 429, msg: '操作过于频繁,请稍后再试' },
};

/** A refusal of the page itself, with what helps the person on. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly refusal: PageRefusal;
  readonly help: Partial<Pick<PageFailure, 'msg' | 'remainingAttempts' | 'retryAfterSeconds'>>;

  constructor(refusal: PageRefusal, help: PageError['help'] = {}) {
    super(refusal);
    this.refusal = refusal;
    this.help = help;
  }
}

export function sendPageFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const { status, ...failure } = toFailure(error);
  if (status >= 500) log.error('a page call failed', { logKey: request.id, err: error });
  request.answerCode = failure.code;
  const body: PageFailure = { ...failure, logKey: request.id };
  return reply.code(status).send(body);
}

function toFailure(error: unknown): Omit<PageFailure, 'logKey'> & { readonly status: number } {
  if (error instanceof PageError) return refusalOf(error.refusal, error.help);
  if (error instanceof LinkError) return refusalOf(error.refusal);
  if (error instanceof ApiError) {
    const status = error.error === 'SYSTEM_BUSY' ? 500 : error.error === 'BAD_PARAMETER' ? 400 : 409;
    return { status, error: error.error, code: error.code, msg: error.msg, ...helpOf(error) };
  }
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode === 429) return refusalOf('TOO_MANY_REQUESTS');
  if (statusCode < 500) return refusalOf('BAD_REQUEST');
  const busy = new ApiError('SYSTEM_BUSY');
  return { status: 500, error: busy.error, code: busy.code, msg: busy.msg };
}

function helpOf({ context }: ApiError): PageError['help'] {
  const { retryAfterSeconds } = context;
  return typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {};
}

function refusalOf(refusal: PageRefusal, help: PageError['help'] = {}) {
  const { status, msg } = REFUSALS[refusal];
  return { status, error: refusal, code: String(status), msg, ...help };
}
