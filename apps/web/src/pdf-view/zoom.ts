/** Zooming by pinch, double tap, wheel and keys. While fingers move, the content is only stretched; it is drawn anew afterwards. */

export const MIN_ZOOM = 0.5;
export const MAX_ZOOM = 5;
const DOUBLE_TAP_ZOOM = 2.2;
const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_PIXELS = 30;
const WHEEL_SPEED = 0.0025;
const WHEEL_REST_MS = 140;
const KEY_STEP = 1.25;

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** The same spot of the content stays under the same spot of the screen. */
export interface ZoomChange {
  readonly zoom: number;
  /** In pixels of the content before the change. */
  readonly content: ScreenPoint;
  readonly screen: ScreenPoint;
}

export interface ZoomTarget {
  readonly scroller: HTMLElement;
  readonly content: HTMLElement;
  readonly zoom: () => number;
  readonly commit: (change: ZoomChange) => void;
}

/** What scroller positions follow from a change, given where the content begins in the scroller afterwards. */
export function scrollAfter(change: ZoomChange, zoomBefore: number, contentStart: ScreenPoint, scroller: ScreenPoint) {
  const ratio = change.zoom / zoomBefore;
  return {
    left: contentStart.x + change.content.x * ratio - (change.screen.x - scroller.x),
    top: contentStart.y + change.content.y * ratio - (change.screen.y - scroller.y),
  };
}

/** @returns what stops listening. */
export function listenForZoom(target: ZoomTarget): () => void {
  const { scroller } = target;
  const stretch = createStretch(target);
  const stopper = new AbortController();
  const active = { passive: false, signal: stopper.signal } as const;
  listenForPinch(scroller, stretch, active);
  listenForDoubleTap(target, active);
  listenForWheel(scroller, stretch, active);
  scroller.addEventListener('keydown', (event) => zoomByKey(target, event), { signal: stopper.signal });
  return () => stopper.abort();
}

/** Zooms around the middle of what is seen. */
export function zoomAtCenter(target: ZoomTarget, zoom: number): void {
  const { left, top, width, height } = target.scroller.getBoundingClientRect();
  const screen = { x: left + width / 2, y: top + height / 2 };
  target.commit({ zoom: clampZoom(zoom), content: contentPoint(target.content, screen), screen });
}

function contentPoint(content: HTMLElement, screen: ScreenPoint): ScreenPoint {
  const { left, top } = content.getBoundingClientRect();
  return { x: screen.x - left, y: screen.y - top };
}

type Stretch = ReturnType<typeof createStretch>;

/** The content under moving fingers: a transform, which costs no layout. */
function createStretch({ content, zoom, commit }: ZoomTarget) {
  let begun: { readonly content: ScreenPoint; readonly screen: ScreenPoint } | undefined;
  let latest: ZoomChange | undefined;
  return {
    get isRunning(): boolean {
      return begun !== undefined;
    },
    begin(screen: ScreenPoint): void {
      begun = { content: contentPoint(content, screen), screen };
      content.style.transformOrigin = `${begun.content.x}px ${begun.content.y}px`;
      content.style.willChange = 'transform';
    },
    move(screen: ScreenPoint, ratio: number): void {
      if (!begun) return;
      const next = clampZoom(zoom() * ratio);
      const [dx, dy] = [screen.x - begun.screen.x, screen.y - begun.screen.y];
      content.style.transform = `translate(${dx}px, ${dy}px) scale(${next / zoom()})`;
      latest = { zoom: next, content: begun.content, screen };
    },
    end(): void {
      content.style.transform = '';
      content.style.willChange = '';
      if (latest) commit(latest);
      begun = undefined;
      latest = undefined;
    },
  };
}

function listenForPinch(scroller: HTMLElement, stretch: Stretch, options: AddEventListenerOptions): void {
  let startDistance = 0;
  scroller.addEventListener(
    'touchstart',
    (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      startDistance = fingerDistance(event.touches);
      stretch.begin(middle(event.touches));
    },
    options,
  );
  scroller.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length !== 2 || !stretch.isRunning || startDistance === 0) return;
      event.preventDefault();
      stretch.move(middle(event.touches), fingerDistance(event.touches) / startDistance);
    },
    options,
  );
  const end = (event: TouchEvent): void => {
    if (startDistance === 0 || event.touches.length >= 2) return;
    startDistance = 0;
    stretch.end();
  };
  scroller.addEventListener('touchend', end, options);
  scroller.addEventListener('touchcancel', end, options);
}

function fingerDistance([a, b]: TouchList): number {
  return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
}

function middle([a, b]: TouchList): ScreenPoint {
  return a && b ? { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 } : { x: 0, y: 0 };
}

function listenForDoubleTap(target: ZoomTarget, options: AddEventListenerOptions): void {
  let start: ScreenPoint | undefined;
  let last: (ScreenPoint & { readonly at: number }) | undefined;
  const { scroller } = target;
  scroller.addEventListener(
    'touchstart',
    ({ touches }) => {
      start = touches.length === 1 ? pointOf(touches[0]) : undefined;
    },
    options,
  );
  scroller.addEventListener(
    'touchend',
    (event) => {
      const tap = pointOf(event.changedTouches[0]);
      const isOnControl = event.target instanceof Element && event.target.closest('button, a, input');
      // The end of a flick is no tap.
      if (!start || !tap || isOnControl || !isClose(start, tap)) return;
      const isSecond = last !== undefined && event.timeStamp - last.at < DOUBLE_TAP_MS && isClose(last, tap);
      last = isSecond ? undefined : { ...tap, at: event.timeStamp };
      if (!isSecond) return;
      event.preventDefault();
      const zoom = target.zoom() > 1.05 ? 1 : DOUBLE_TAP_ZOOM;
      target.commit({ zoom, content: contentPoint(target.content, tap), screen: tap });
    },
    options,
  );
}

function pointOf(touch: Touch | undefined): ScreenPoint | undefined {
  return touch && { x: touch.clientX, y: touch.clientY };
}

function isClose(a: ScreenPoint, b: ScreenPoint): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < DOUBLE_TAP_PIXELS;
}

/** Also a pinch on a touchpad, which browsers report as a wheel with Ctrl. */
function listenForWheel(scroller: HTMLElement, stretch: Stretch, options: AddEventListenerOptions): void {
  let ratio = 1;
  let rest: ReturnType<typeof setTimeout> | undefined;
  scroller.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const screen = { x: event.clientX, y: event.clientY };
      if (!stretch.isRunning) {
        ratio = 1;
        stretch.begin(screen);
      }
      ratio *= Math.exp(-event.deltaY * WHEEL_SPEED);
      stretch.move(screen, ratio);
      clearTimeout(rest);
      rest = setTimeout(stretch.end, WHEEL_REST_MS);
    },
    options,
  );
}

function zoomByKey(target: ZoomTarget, event: KeyboardEvent): void {
  // With a modifier they belong to the browser.
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps: Record<string, number> = {
    '+': target.zoom() * KEY_STEP,
    '=': target.zoom() * KEY_STEP,
    '-': target.zoom() / KEY_STEP,
    '0': 1,
  };
  const zoom = steps[event.key];
  if (zoom === undefined) return;
  event.preventDefault();
  zoomAtCenter(target, zoom);
}
