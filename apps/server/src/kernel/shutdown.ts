import type { Logger } from './log.ts';

const SHUTDOWN_LIMIT_MS = 60_000;
// Ctrl-C reaches us from the terminal and again from npm: only a later signal means impatience.
const SAME_SIGNAL_MS = 1_000;

/**
 * Stops the platform once on SIGTERM or SIGINT, then ends the process: code 0 when `stop` succeeded. A further signal, or a stop
 * that takes too long, ends it at once.
 */
export function stopOnSignal(stop: () => Promise<void>, log: Logger): void {
  let firstSignalAt: number | undefined;

  const onSignal = (): void => {
    if (firstSignalAt !== undefined) {
      if (performance.now() - firstSignalAt > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    firstSignalAt = performance.now();
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    stop().then(
      () => process.exit(0),
      (err) => {
        log.error('the platform did not stop cleanly', { err });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
