/**
 * The server's log: one JSON line per event, an allow-list of fields.
 *
 * Personal data travels in query strings, bodies, error messages and SQL parameters, so nothing free-form is ever written:
 * the message is a fixed sentence of ours, a field outside `ALLOWED` is dropped, and an error gives its name, code, stack frames and
 * cause. An error's *message* is written only where its origin makes it harmless (`isHarmlessMessage`).
 */
import { type DestinationStream, pino } from 'pino';

/** What a log line may carry. Add a field only when its values can never be personal data or secrets. */
export interface LogFields {
  logKey?: string;
  method?: string;
  /** The route's pattern, never the URL: ids and query strings stay out. */
  route?: string;
  status?: number;
  ms?: number;
  appId?: string;
  code?: string;
  contractId?: string;
  fileId?: string;
  sealId?: string;
  verificationId?: string;
  personId?: string;
  organizationId?: string;
  callbackId?: string;
  action?: string;
  task?: string;
  jobId?: string;
  attempt?: number;
  maxAttempts?: number;
  count?: number;
  bytes?: number;
  pages?: number;
  host?: string;
  port?: number;
  pid?: number;
  version?: string;
  mode?: string;
  setting?: string;
  /** A file or folder of the installation, never the name of an upload. */
  path?: string;
  provider?: string;
  err?: unknown;
}

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds the same fields to each of its lines. */
  with(fields: LogFields): Logger;
}

const ALLOWED = [
  ...['logKey', 'method', 'route', 'status', 'ms', 'appId', 'code', 'contractId', 'fileId', 'sealId', 'verificationId'],
  ...[
    'personId',
    'organizationId',
    'callbackId',
    'action',
    'task',
    'jobId',
    'attempt',
    'maxAttempts',
    'count',
    'bytes',
  ],
  ...['pages', 'host', 'port', 'pid', 'version', 'mode', 'setting', 'path', 'provider'],
] as const satisfies readonly Exclude<keyof LogFields, 'err'>[];

// A write for each line cost a tenth of a short request; kill -9 loses at most this much.
const BUFFERED_BYTES = 8_192;
const FLUSH_EVERY_MS = 100;

const MAX_TEXT = 500;
const MAX_FRAMES = 12;
const MAX_CAUSES = 4;

type Scalar = string | number | boolean;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export function createLogger(options: { logLevel: LogLevel; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // The field is described already; pino's own serializer would take it for an error.
    serializers: { err: (described: unknown) => described },
  };
  return wrap(pino(settings, options.destination ?? bufferedOutput()), {});
}

/** Standard output a few times a second instead of once a line; what is left goes out when the process ends by itself. */
function bufferedOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, minLength: BUFFERED_BYTES });
  setInterval(() => output.flush(), FLUSH_EVERY_MS).unref();
  return output;
}

/** A logger that writes nothing. */
export const silentLog: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
};

function wrap(sink: pino.Logger, bound: LogFields): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}): void =>
      sink[level](pickAllowed({ ...bound, ...fields }), message);

  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => wrap(sink, { ...bound, ...fields }),
  };
}

function pickAllowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = allowedScalars(fields);
  if (fields.err !== undefined) line.err = describeError(fields.err);
  return line;
}

function allowedScalars(source: object): Record<string, Scalar> {
  const picked: Record<string, Scalar> = {};
  for (const name of ALLOWED) {
    const value = (source as Record<string, unknown>)[name];
    if (typeof value === 'string') picked[name] = value.slice(0, MAX_TEXT);
    if (typeof value === 'number' || typeof value === 'boolean') picked[name] = value;
  }
  return picked;
}

/** What the log keeps of an error: no free text that could carry a caller's data. */
export function describeError(thrown: unknown, depth = 0): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { name: typeof thrown };

  const details = thrown as Error & { code?: unknown; constraint?: unknown; table?: unknown; context?: unknown };
  const described: Record<string, unknown> = { name: thrown.name, stack: stackFrames(thrown) };

  if (isHarmlessMessage(thrown)) described.message = thrown.message.slice(0, MAX_TEXT);
  for (const field of ['code', 'constraint', 'table'] as const) {
    if (typeof details[field] === 'string') described[field] = details[field].slice(0, 100);
  }
  if (typeof details.context === 'object' && details.context !== null) {
    described.context = allowedScalars(details.context);
  }
  if (thrown.cause !== undefined && depth < MAX_CAUSES) described.cause = describeError(thrown.cause, depth + 1);
  return described;
}

/**
 * Messages that name code, files and addresses but never a caller's value: faults of the operating system, of our own code as
 * the engine words them, of PostgreSQL outside class 22 (data exceptions quote the value), and our own classes that say so.
 */
function isHarmlessMessage(error: Error): boolean {
  const { code, syscall, severity, hasSafeMessage } = error as Error & Record<string, unknown>;
  if (hasSafeMessage === true) return true;
  if (typeof syscall === 'string') return true;
  if (typeof severity === 'string' && typeof code === 'string')
    return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('22');
  return error.name === 'TypeError' || error.name === 'ReferenceError' || error.name === 'RangeError';
}

/** The `at …` lines only: the head of a stack repeats the message, and a message may itself span lines. */
function stackFrames(error: Error): string[] {
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message);
  const tail = start < 0 ? stack : stack.slice(start + error.message.length);

  return tail
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line))
    .slice(0, MAX_FRAMES);
}
