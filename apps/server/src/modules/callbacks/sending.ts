/** One exchange with a receiver, outside any transaction. */
import type { Clock } from '../../kernel/clock.ts';
import { type HttpClient, OutgoingRequestError } from '../../kernel/http-client.ts';
import type { TryResult } from './delivery.ts';
import type { Claim } from './lanes.ts';
import type { CallbackRenderer } from './ports.ts';
import type { CallbackTiming } from './schedule.ts';

/** What is kept of a receiver's answer. */
const KEPT_BYTES = 2_048;

export interface SendingParts {
  readonly clock: Clock;
  readonly httpClient: HttpClient;
  readonly renderer: CallbackRenderer;
  readonly timing: CallbackTiming;
}

export async function sendCallback(parts: SendingParts, claim: Claim): Promise<TryResult> {
  const { httpClient, renderer, timing } = parts;
  const at = parts.clock.now();
  const { url, secrets } = claim;
  const { headers, body } = renderer.requestFor(claim.callback, { secrets, at });
  const outgoing = { url, method: 'POST', headers, body, deadlineMs: timing.deadlineMs } as const;
  const answered = await exchange(httpClient, { ...outgoing, maxResponseBytes: KEPT_BYTES, truncate: true });
  const { milliseconds, status, failure, answer } = answered;
  return {
    attempt: { at, url, milliseconds, requestHeaders: headers, status, answer, failure },
    retryAfter: answered.retryAfter,
  };
}

export interface ProbeResult {
  readonly ok: boolean;
  readonly status: number | null;
  /** Why there was no answer: `no-address`, or a word of the guarded client such as `address-refused`. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

/** 回调连通性测试: a GET to the address as it stands, without parameters. */
export async function probeReceiver({ httpClient, timing }: SendingParts, url: string): Promise<ProbeResult> {
  const { deadlineMs } = timing;
  const answered = await exchange(httpClient, { url, deadlineMs, maxResponseBytes: KEPT_BYTES, truncate: true });
  const { status, failure, milliseconds } = answered;
  return { ok: status !== null && status >= 200 && status < 300, status, failure, milliseconds };
}

async function exchange(httpClient: HttpClient, outgoing: Parameters<HttpClient['send']>[0]) {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  try {
    const { status, body, headers } = await httpClient.send(outgoing);
    const retryAfter = headers['retry-after'] ?? null;
    return { status, answer: body, failure: null, retryAfter, milliseconds: elapsed() };
  } catch (error) {
    if (!(error instanceof OutgoingRequestError)) throw error;
    return { status: null, answer: null, failure: error.message, retryAfter: null, milliseconds: elapsed() };
  }
}
