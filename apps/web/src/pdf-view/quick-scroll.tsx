import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { boxAt, type DocumentLayout } from './geometry.ts';

const FEWEST_PAGES = 6;
const REST_MS = 1_600;
/** Of the handle, as in the stylesheet. */
const HANDLE_HEIGHT = 48;

interface QuickScrollProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly layout: DocumentLayout;
  readonly zoom: number;
}

/** A handle that shows while one scrolls and drags through a long document. Keyboards have Page Down, Home and End. */
export function QuickScroll({ scroller, layout, zoom }: QuickScrollProps) {
  const [part, setPart] = useState(0);
  const [isShown, setIsShown] = useState(false);
  const [isDragged, setIsDragged] = useState(false);
  const track = useRef<HTMLDivElement>(null);
  const isLong = layout.boxes.length >= FEWEST_PAGES;

  useEffect(() => {
    const element = scroller.current;
    if (!element || !isLong) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const follow = (): void => {
      const room = element.scrollHeight - element.clientHeight;
      setPart(room > 0 ? element.scrollTop / room : 0);
      setIsShown(true);
      clearTimeout(rest);
      rest = setTimeout(() => setIsShown(false), REST_MS);
    };
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      clearTimeout(rest);
      element.removeEventListener('scroll', follow);
    };
  }, [scroller, isLong]);

  if (!isLong) return null;
  const drag = (event: PointerEvent): void => {
    const [element, rail] = [scroller.current, track.current?.getBoundingClientRect()];
    if (!isDragged || !element || !rail) return;
    const wanted = (event.clientY - rail.top - HANDLE_HEIGHT / 2) / (rail.height - HANDLE_HEIGHT);
    const bounded = Math.min(1, Math.max(0, wanted));
    element.scrollTo({ top: bounded * (element.scrollHeight - element.clientHeight), behavior: 'instant' });
  };
  const middle = ((scroller.current?.scrollTop ?? 0) + (scroller.current?.clientHeight ?? 0) / 3) / zoom;
  return (
    <div
      ref={track}
      className={isShown || isDragged ? 'quick-scroll quick-scroll-shown' : 'quick-scroll'}
      aria-hidden="true"
    >
      <div
        className="quick-scroll-handle"
        style={{ top: `calc((100% - ${HANDLE_HEIGHT}px) * ${part})` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setIsDragged(true);
        }}
        onPointerMove={drag}
        onPointerUp={() => setIsDragged(false)}
        onPointerCancel={() => setIsDragged(false)}
      >
        {isDragged && <span className="quick-scroll-page">{boxAt(layout.boxes, middle)?.number}</span>}
      </div>
    </div>
  );
}
