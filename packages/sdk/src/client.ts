import { type Endpoint, type InputOf, openApi, type ResultOf } from '@signet/protocol/open-api';
import { type Environment, processEnvironment } from './environment.ts';
import { SignetConnectionError } from './errors.ts';
import { type FileEndpoint, SDK_METHODS, type SdkMethods } from './methods.ts';
import { type FilePart, plainRequest } from './signed-request.ts';
import { type CallOptions, send } from './transport.ts';

export interface SignetClientOptions {
  /** Address of the platform, with or without `/api`. */
  readonly baseUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
  /** Of one attempt; 30 seconds unless given. */
  readonly timeoutMs?: number;
  /** Attempts after the first, for a GET and for a POST with an idempotency key; 3 unless given. */
  readonly retries?: number;
  /** Replaces Node's own, for a proxy or a test. */
  readonly fetch?: typeof fetch;
}

type Catalogue = typeof openApi;
type FileInput<Name> = Name extends FileEndpoint ? { readonly file?: FilePart } : unknown;
type Call<Name extends keyof Catalogue> = (
  input: InputOf<Catalogue[Name]> & FileInput<Name>,
  options?: CallOptions,
) => Promise<ResultOf<Catalogue[Name]>>;

/** One method per endpoint, grouped by subject. Wire names throughout; a refusal is thrown as `SignetApiError`. */
export type SignetClient = {
  readonly [Group in keyof SdkMethods]: {
    readonly [Method in keyof SdkMethods[Group]]: SdkMethods[Group][Method] extends keyof Catalogue
      ? Call<SdkMethods[Group][Method]>
      : never;
  };
} & {
  /** The bytes behind a download address that the platform handed out (`fileUrl`, `imageUrl`). */
  readonly fetchFile: (url: string) => Promise<Uint8Array>;
};

type UntypedCall = (input: object, options?: CallOptions) => Promise<unknown>;

export function createSignetClient(options: SignetClientOptions): SignetClient {
  const environment: Environment = { ...processEnvironment(), ...(options.fetch ? { fetch: options.fetch } : {}) };
  const call = caller(options, environment);
  const groups = Object.entries(SDK_METHODS).map(([group, methods]) => [group, callsOf(methods, call)] as const);
  const timeoutMs = options.timeoutMs ?? DEFAULTS.timeoutMs;
  // The table above is built from the same SDK_METHODS that the type is derived from.
  return {
    ...Object.fromEntries(groups),
    fetchFile: (url: string) => fetchFile(url, environment, timeoutMs),
  } as unknown as SignetClient;
}

const DEFAULTS = { timeoutMs: 30_000, retries: 3 };

function caller(options: SignetClientOptions, environment: Environment) {
  const { appKey, appSecret } = options;
  const credentials = { baseUrl: withoutApi(options.baseUrl), appKey, appSecret };
  return async (endpoint: Endpoint, input: object, { idempotencyKey, timeoutMs, signal }: CallOptions) => {
    const policy = {
      timeoutMs: timeoutMs ?? options.timeoutMs ?? DEFAULTS.timeoutMs,
      retries: options.retries ?? DEFAULTS.retries,
    };
    const request = await plainRequest(endpoint, input, idempotencyKey);
    return send({ credentials, environment, policy }, { endpoint: endpoint.path, request, signal });
  };
}

function callsOf(
  methods: Readonly<Record<string, keyof Catalogue>>,
  call: ReturnType<typeof caller>,
): Record<string, UntypedCall> {
  const calls = Object.entries(methods).map(([method, name]): [string, UntypedCall] => [
    method,
    (input, options = {}) => call(openApi[name], input, options),
  ]);
  return Object.fromEntries(calls);
}

async function fetchFile(url: string, environment: Environment, timeoutMs: number): Promise<Uint8Array> {
  const response = await environment.fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) {
    throw new SignetConnectionError('fetchFile', `HTTP ${response.status}`, { httpStatus: response.status });
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Accepts the base address with or without `/api`: both stand in documentation of clients. */
function withoutApi(baseUrl: string): string {
  return new URL(baseUrl).href.replace(/\/+$/, '').replace(/\/api$/, '');
}
