import { useRef, useState } from 'react';
import { type PageCallError, toCallError } from './page-error.ts';

export interface Action {
  readonly isBusy: boolean;
  readonly error: PageCallError | null;
  /** Runs one piece of work at a time; a second press while it runs does nothing. @returns whether it succeeded. */
  run(work: () => Promise<void>): Promise<boolean>;
  clear(): void;
}

/** What a button does: busy while it runs, an error when it failed. */
export function useAction(): Action {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<PageCallError | null>(null);
  const isRunning = useRef(false);

  async function run(work: () => Promise<void>): Promise<boolean> {
    if (isRunning.current) return false;
    isRunning.current = true;
    setIsBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(toCallError(failure));
      return false;
    } finally {
      isRunning.current = false;
      setIsBusy(false);
    }
  }
  return { isBusy, error, run, clear: () => setError(null) };
}
