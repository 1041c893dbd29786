import type { ResponseEnvelope } from '@signet/protocol/response';

/** Both strings to sign of a refused request, line ends shown as `#`. */
export interface SignatureMismatch {
  readonly server: string;
  readonly client: string;
  /** Where they begin to differ: with equal strings it is the secret that is wrong. */
  readonly difference: string;
}

interface ApiErrorFacts {
  readonly endpoint: string;
  readonly httpStatus: number;
  readonly answer: Pick<ResponseEnvelope, 'code' | 'msg' | 'logKey'>;
  readonly signatureMismatch?: SignatureMismatch | undefined;
}

/** The platform answered, and the answer is no. `logKey` is what its operator finds in the log. */
export class SignetApiError extends Error {
  override readonly name = 'SignetApiError';
  readonly endpoint: string;
  readonly httpStatus: number;
  readonly code: string;
  readonly msg: string;
  readonly logKey: string;
  readonly signatureMismatch: SignatureMismatch | undefined;

  constructor(facts: ApiErrorFacts) {
    const { code, msg, logKey } = facts.answer;
    const hint = facts.signatureMismatch ? `\n${facts.signatureMismatch.difference}` : '';
    super(`${facts.endpoint}: ${code} ${msg} (logKey ${logKey})${hint}`);
    this.endpoint = facts.endpoint;
    this.httpStatus = facts.httpStatus;
    this.code = code;
    this.msg = msg;
    this.logKey = logKey;
    this.signatureMismatch = facts.signatureMismatch;
  }
}

/** No answer of the platform came: unreachable, too slow, or something else answered in its place. */
export class SignetConnectionError extends Error {
  override readonly name = 'SignetConnectionError';
  readonly endpoint: string;
  /** The HTTP status when something answered. */
  readonly httpStatus: number | undefined;

  constructor(endpoint: string, problem: string, options: { cause?: unknown; httpStatus?: number } = {}) {
    super(`${endpoint}: ${problem}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.endpoint = endpoint;
    this.httpStatus = options.httpStatus;
  }
}

/** What of a callback cannot be trusted. */
export type CallbackProblem = 'header' | 'timestamp' | 'signature' | 'body';

/** A request to the callback address is not the platform's, was changed on its way, or is an old one sent again. */
export class SignetCallbackError extends Error {
  override readonly name = 'SignetCallbackError';
  readonly problem: CallbackProblem;

  constructor(problem: CallbackProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
