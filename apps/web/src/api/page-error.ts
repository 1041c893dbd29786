import type { PageFailure } from '@signet/protocol/page-api';

/**
 * Why a call brought nothing: the server refused and says why; it failed; nothing came in time; there is no network. `unknown` is
 * a fault of the page itself.
 */
export type CallTrouble = 'refused' | 'fault' | 'timeout' | 'offline' | 'unknown';

export class PageCallError extends Error {
  override readonly name = 'PageCallError';
  readonly trouble: CallTrouble;
  /** Null when no answer of ours arrived. */
  readonly failure: PageFailure | null;

  constructor(trouble: CallTrouble, failure: PageFailure | null = null, cause?: unknown) {
    super(failure?.error ?? trouble, { cause });
    this.trouble = trouble;
    this.failure = failure;
  }

  /** Whether the same call may well succeed a moment later. */
  get isPassing(): boolean {
    return this.trouble === 'timeout' || this.trouble === 'offline' || this.trouble === 'fault';
  }
}

/** The link itself opens nothing; no command can change that. */
const DEAD_LINK = ['LINK_UNKNOWN', 'LINK_EXPIRED', 'LINK_REVOKED'];

export const isDeadLink = ({ failure }: PageCallError): boolean => DEAD_LINK.includes(failure?.error ?? '');

export function toCallError(error: unknown): PageCallError {
  return error instanceof PageCallError ? error : new PageCallError('unknown', null, error);
}
