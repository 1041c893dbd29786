import { useEffect, useRef } from 'react';

/** Asks again and again while it is active and somebody looks; at once when the page is looked at again or the network is back. */
export function usePolling(isActive: boolean, everyMs: number, ask: () => Promise<void>): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (!isActive) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const plan = (): void => {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(askNow, everyMs);
    };
    const askNow = (): void => {
      clearTimeout(timer);
      // A failed ask is repeated by the next one.
      if (document.hidden) plan();
      else latest.current().then(plan, plan);
    };
    plan();
    document.addEventListener('visibilitychange', askNow);
    window.addEventListener('online', askNow);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', askNow);
      window.removeEventListener('online', askNow);
    };
  }, [isActive, everyMs]);
}
