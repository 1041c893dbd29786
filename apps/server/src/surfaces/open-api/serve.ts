import type { Endpoint, InputOf, ResultOf } from '@signet/protocol/open-api';
import type { App } from '../../modules/apps/index.ts';

/** A file as it came, not yet judged: lies in a temporary place that the gateway clears after the call. */
export interface Upload {
  readonly fileName: string;
  readonly path: string;
  readonly size: number;
}

export interface Call<E extends Endpoint> {
  readonly app: App;
  readonly input: InputOf<E>;
  readonly upload: Upload | undefined;
  /** Where the call comes from, proxies that are trusted looked through. */
  readonly address: string;
}

export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: (call: Call<Endpoint>) => Promise<unknown>;
}

/** Binds an endpoint of the catalogue to the domain call behind it; input is validated, the result goes into the envelope. */
export function serve<E extends Endpoint>(endpoint: E, handle: (call: Call<E>) => Promise<ResultOf<E>>): Route {
  // The gateway parses with this very endpoint's schema before it calls, so the cast only forgets the type.
  return { endpoint, handle: handle as Route['handle'] };
}
