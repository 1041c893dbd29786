import { type RefObject, useEffect, useMemo, useState } from 'react';

/** Tells elements of a scroller when they come near to what is seen, and when they are far again. */
export interface Nearness {
  watch(element: Element, onChange: (isNear: boolean) => void): () => void;
}

/** @param margin how far "near" reaches beyond the scroller, as a CSS length. */
export function useNearness(scroller: RefObject<HTMLElement | null>, margin: string): Nearness {
  return useMemo(() => {
    let observer: IntersectionObserver | undefined;
    const listeners = new Map<Element, (isNear: boolean) => void>();
    // Children watch before their parent's effects run, but after the scroller is there.
    const start = (): IntersectionObserver =>
      new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
        },
        { root: scroller.current, rootMargin: `${margin} 0px` },
      );
    return {
      watch(element, onChange) {
        observer ??= start();
        listeners.set(element, onChange);
        observer.observe(element);
        return () => {
          listeners.delete(element);
          observer?.unobserve(element);
        };
      },
    };
  }, [scroller, margin]);
}

/** @param isNearAtFirst until it is known. */
export function useIsNear(element: RefObject<Element | null>, nearness: Nearness, isNearAtFirst: boolean): boolean {
  const [isNear, setIsNear] = useState(isNearAtFirst);
  useEffect(() => {
    if (element.current) return nearness.watch(element.current, setIsNear);
  }, [element, nearness]);
  return isNear;
}
