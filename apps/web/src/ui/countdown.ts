import { useEffect, useState } from 'react';

const TICK_MS = 250;

/** Whole seconds left until `endsAt` (milliseconds of `Date.now`), 0 when it has passed or is null. */
export function useCountdown(endsAt: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  const secondsLeft = endsAt === null ? 0 : Math.max(0, Math.ceil((endsAt - now) / 1_000));
  const isRunning = secondsLeft > 0;
  useEffect(() => {
    if (endsAt === null) return;
    setNow(Date.now());
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [endsAt, isRunning]);
  return secondsLeft;
}
