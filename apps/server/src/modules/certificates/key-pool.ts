import { generateKeyPair, type KeyAlgorithm, type KeyPair } from '@signet/pki';

/** Where a new party's key comes from. */
export interface KeyPool {
  take(): Promise<KeyPair>;
  /** Begins to make keys ahead of need; a no-op where a key takes no time. */
  warmUp(): void;
  /** Stops making keys; what is ready is forgotten. */
  close(): void;
}

const READY_KEYS = 8;

/** P-256 keys are made on the spot (30 µs); an RSA key takes 150 ms and more, so some lie ready. */
export function createKeyPool(algorithm: KeyAlgorithm, readyKeys = READY_KEYS): KeyPool {
  if (algorithm === 'p256') {
    return { take: () => generateKeyPair('p256'), warmUp: () => undefined, close: () => undefined };
  }

  const ready: KeyPair[] = [];
  let isRefilling = false;
  let isClosed = false;

  // One key at a time: the thread pool also serves signatures and files.
  async function refill(): Promise<void> {
    if (isRefilling) return;
    isRefilling = true;
    try {
      while (!isClosed && ready.length < readyKeys) ready.push(await generateKeyPair(algorithm));
    } finally {
      isRefilling = false;
    }
  }

  return {
    async take() {
      const pair = ready.pop() ?? (await generateKeyPair(algorithm));
      void refill();
      return pair;
    },
    warmUp: () => void refill(),
    close() {
      isClosed = true;
      ready.length = 0;
    },
  };
}
