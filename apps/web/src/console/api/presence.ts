/** Whether somebody is at the page: what refreshes by itself must not keep a session alive that nobody uses. */
import { useSyncExternalStore } from 'react';

const AWAY_AFTER_MS = 5 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;

const watchers = new Set<() => void>();
let isPresent = true;
let timer = 0;

function noteSign(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => show(false), AWAY_AFTER_MS);
  show(true);
}

function show(present: boolean): void {
  if (present === isPresent) return;
  isPresent = present;
  for (const notify of watchers) notify();
}

/** Called once, before the first page. */
export function startPresence(): void {
  for (const sign of SIGNS) window.addEventListener(sign, noteSign, { passive: true, capture: true });
  noteSign();
}

export function useIsPresent(): boolean {
  return useSyncExternalStore(
    (notify) => {
      watchers.add(notify);
      return () => watchers.delete(notify);
    },
    () => isPresent,
  );
}
