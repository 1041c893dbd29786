import { randomInt, randomUUID } from 'node:crypto';

/** What the client takes from outside; the only file of the packages that reads a clock or the network. */
export interface Environment {
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now(): number;
  nonce(): string;
  /** From 0 to 1: spreads retries of many clients. */
  jitter(): number;
  wait(milliseconds: number): Promise<void>;
}

export function processEnvironment(): Environment {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    nonce: () => randomUUID(),
    jitter: () => randomInt(1_000) / 1_000,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
