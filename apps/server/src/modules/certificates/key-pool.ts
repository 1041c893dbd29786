import { generateKeyPair, type KeyAlgorithm, type KeyPair } from '@signet/pki';

/** Where a new party's key comes from. */
export interface KeyPool {
  take(): Promise<KeyPair>;
  /** Makes keys ahead of need; done when enough of them lie ready. */
  warmUp(): Promise<void>;
  /** Stops making keys; what is ready is forgotten. */
  close(): void;
}

const READY_KEYS = 8;

/** P-256 keys are made on the spot (30 µs); an RSA key takes 150 ms and more, so some lie ready. */
export function createKeyPool(algorithm: KeyAlgorithm, readyKeys = READY_KEYS): KeyPool {
  if (algorithm === 'p256') {
    return { take: () => generateKeyPair(algorithm), warmUp: async () => undefined, close: () => undefined };
  }

  const ready: KeyPair[] = [];
  let refilling: Promise<void> | undefined;
  let isClosed = false;

  // One key at a time: the thread pool also serves signatures and files.
  async function refill(): Promise<void> {
    while (!isClosed && ready.length < readyKeys) ready.push(await generateKeyPair(algorithm));
  }

  function refillOnce(): Promise<void> {
    refilling ??= refill().finally(() => {
      refilling = undefined;
    });
    return refilling;
  }

  return {
    async take() {
      const pair = ready.pop() ?? (await generateKeyPair(algorithm));
      // What stops a refill stops the next `take` as well, and that one has a caller to tell.
      refillOnce().catch(() => undefined);
      return pair;
    },
    warmUp: refillOnce,
    close() {
      isClosed = true;
      ready.length = 0;
    },
  };
}
