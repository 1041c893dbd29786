/** From what was thrown to what the console is told. */
import type { ConsoleFailure, ConsoleRefusal } from '@signet/protocol/console-api';
import { ApiError } from '@signet/protocol/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../kernel/log.ts';
import { OperatorError } from '../../modules/operators/index.ts';

const REFUSALS: Readonly<Record<ConsoleRefusal, { readonly status: number; readonly msg: string }>> = {
  SETUP_NEEDED: { status: 409, msg: '尚未创建账号,请先完成首次设置' },
  SETUP_DONE: { status: 409, msg: '首次设置已完成,请直接登录' },
  SETUP_CODE_WRONG: { status: 403, msg: '设置码不正确或已失效,请使用服务器启动时显示的链接' },
  LOGIN_FAILED: { status: 401, msg: '账号或密码不正确' },
  TOTP_NEEDED: { status: 401, msg: '请输入两步验证码' },
  TOTP_WRONG: { status: 422, msg: '两步验证码不正确或已使用过' },
  ACCOUNT_LOCKED: { status: 429, msg: '尝试次数过多,账号已暂时锁定,请稍后再试' },
  PASSWORD_EXPIRED: { status: 401, msg: '临时密码已超过72小时,请联系所有者重新生成' },
  PASSWORD_WRONG: { status: 422, msg: '密码不正确' },
  PASSWORD_TOO_WEAK: { status: 422, msg: '密码过于简单' },
  PASSWORD_CHANGE_NEEDED: { status: 403, msg: '请先修改密码' },
  NOT_LOGGED_IN: { status: 401, msg: '请先登录' },
  FORBIDDEN: { status: 403, msg: '没有权限' },
  BAD_REQUEST: { status: 400, msg: '请求不正确' },
  NOT_FOUND: { status: 404, msg: '不存在' },
  CONFLICT: { status: 409, msg: '与现有数据冲突' },
  TOO_MANY_REQUESTS: { status: 429, msg: '操作过于频繁,请稍后再试' },
};

/** A refusal of the console itself. `detail` stands in place of its usual text. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly refusal: ConsoleRefusal;
  readonly detail: string | undefined;

  constructor(refusal: ConsoleRefusal, detail?: string) {
    super(refusal);
    this.refusal = refusal;
    this.detail = detail;
  }
}

export function sendConsoleFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const { status, ...failure } = toFailure(error);
  if (status >= 500) log.error('a console call failed', { logKey: request.id, err: error });
  request.answerCode = failure.code;
  if (failure.retryAfterSeconds !== undefined) reply.header('Retry-After', String(failure.retryAfterSeconds));
  const body: ConsoleFailure = { ...failure, logKey: request.id };
  return reply.code(status).send(body);
}

type Failure = Omit<ConsoleFailure, 'logKey'> & { readonly status: number };

function toFailure(error: unknown): Failure {
  if (error instanceof ConsoleError) return refusalOf(error.refusal, error.detail);
  if (error instanceof OperatorError) {
    const { detail, retryAfterSeconds } = error.details;
    return { ...refusalOf(error.refusal, detail), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  }
  if (error instanceof ApiError)
    return { status: statusOf(error), error: error.error, code: error.code, msg: error.msg };
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode === 429) return refusalOf('TOO_MANY_REQUESTS');
  if (statusCode < 500) return refusalOf('BAD_REQUEST');
  const busy = new ApiError('SYSTEM_BUSY');
  return { status: 500, error: busy.error, code: busy.code, msg: busy.msg };
}

function statusOf({ error }: ApiError): number {
  if (error === 'SYSTEM_BUSY') return 500;
  if (error === 'BAD_PARAMETER') return 400;
  return error.endsWith('_NOT_FOUND') ? 404 : 409;
}

function refusalOf(refusal: ConsoleRefusal, detail?: string): Failure {
  const { status, msg } = REFUSALS[refusal];
  return { status, error: refusal, code: String(status), msg: detail ?? msg };
}
