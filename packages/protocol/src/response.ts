/** The body of every answer (公共返回), fields in this order. */
export interface ResponseEnvelope<Result = unknown> {
  readonly result: Result | null;
  readonly code: string;
  readonly msg: string;
  /** 8 lower-case hex characters, the same id as in the server's log. */
  readonly logKey: string;
  /** Milliseconds since the epoch, a 13-digit string. */
  readonly ts: string;
  readonly success: boolean;
}

export interface AnswerStamp {
  readonly logKey: string;
  readonly at: Date;
}

export function successEnvelope<Result>(result: Result, stamp: AnswerStamp): ResponseEnvelope<Result> {
  return { result, code: '200', msg: '成功', logKey: stamp.logKey, ts: `${stamp.at.getTime()}`, success: true };
}

export function failureEnvelope(failure: { code: string; msg: string }, stamp: AnswerStamp): ResponseEnvelope<never> {
  const { code, msg } = failure;
  return { result: null, code, msg, logKey: stamp.logKey, ts: `${stamp.at.getTime()}`, success: false };
}
