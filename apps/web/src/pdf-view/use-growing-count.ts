import { startTransition, useEffect, useState } from 'react';

/** More than any screen shows at once. */
const AT_FIRST = 6;
/** The rest is not put off for longer, whatever else there is to do. */
const LONGEST_WAIT_MS = 1_500;

/** How many of a long row to render: the first ones at once, since they are looked at, all of them when there is time. */
export function useGrowingCount(total: number): number {
  const [isComplete, setIsComplete] = useState(false);
  useEffect(() => whenIdle(() => startTransition(() => setIsComplete(true))), []);
  return isComplete ? total : Math.min(total, AT_FIRST);
}

function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, LONGEST_WAIT_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: LONGEST_WAIT_MS });
  return () => cancelIdleCallback(request);
}
