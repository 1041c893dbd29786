import { useSyncExternalStore } from 'react';
import { wideScreen } from './wide-screen.ts';

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
