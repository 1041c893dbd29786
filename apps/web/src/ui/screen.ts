import { useSyncExternalStore } from 'react';

/** The width from which there is room for thumbnails and a panel; also in the stylesheets. */
const wideScreen = window.matchMedia('(min-width: 900px)');

export function useWideScreen(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      wideScreen.addEventListener('change', onChange);
      return () => wideScreen.removeEventListener('change', onChange);
    },
    () => wideScreen.matches,
  );
}

export const prefersLessMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
