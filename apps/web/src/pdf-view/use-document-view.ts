import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { prefersLessMotion } from '../ui/screen.ts';
import { boxAt, type DocumentLayout, horizontalCenter, layOut, type PageBox, verticalCenter } from './geometry.ts';
import { useNearness } from './nearness.ts';
import type { Documents } from './use-documents.ts';
import type { DocumentHandle, ViewFile, ViewPosition } from './view-file.ts';
import { listenForZoom, scrollAfter, type ZoomChange, type ZoomTarget, zoomAtCenter } from './zoom.ts';

/** How many screens away a place may be to be scrolled to; farther ones are jumped to, since nobody wants what lies between. */
const SMOOTH_SCREENS = 2;
/** Left above a page that is jumped to, in pixels. */
const PAGE_AIR = 8;

interface Wanted {
  readonly files: readonly ViewFile[];
  readonly documents: Documents;
  readonly onPosition?: OnPosition | undefined;
}

type OnPosition = (position: ViewPosition) => void;

/** Everything that moves in a document's view. */
export function useDocumentView({ files, documents, onPosition }: Wanted) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const width = useWidth(scroller);
  const layout = useMemo(() => layOut(sizesOf(files), width), [files, width]);
  const latest = useRef({ layout, zoom, files });
  latest.current = { layout, zoom, files };

  const target = useMemo(() => zoomTarget(scroller, content, latest, setZoom), []);
  useEffect(() => {
    const found = target();
    if (found) return listenForZoom(found);
  }, [target]);

  const nearness = useNearness(scroller, '100%');
  const { files: opened, queue } = documents;
  const means = useMemo(() => {
    const distanceTo = (box: PageBox) => distanceFromMiddle(scroller.current, box, latest.current.zoom);
    return { files: opened, queue, nearness, distanceTo };
  }, [opened, queue, nearness]);

  usePosition(scroller, latest, onPosition);
  useAnchor(scroller, layout, zoom);
  const handle = useMemo(() => createHandle(scroller, latest), []);
  const zoomTo = (wanted: number): void => {
    const found = target();
    if (found) zoomAtCenter(found, wanted);
  };
  return { scroller, content, layout, zoom, means, handle, zoomTo };
}

const sizesOf = (files: readonly ViewFile[]) => files.map(({ pages }) => pages);

type Scroller = RefObject<HTMLElement | null>;
type Latest = RefObject<{
  readonly layout: DocumentLayout;
  readonly zoom: number;
  readonly files: readonly ViewFile[];
}>;

function useWidth(scroller: Scroller): number {
  const [width, setWidth] = useState(() => document.documentElement.clientWidth);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      // What opens with a motion is not laid out at first; pages without a width would all lie at the top.
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return width;
}

function zoomTarget(
  scroller: Scroller,
  content: Scroller,
  latest: Latest,
  setZoom: (zoom: number) => void,
): () => ZoomTarget | undefined {
  const commit = (change: ZoomChange): void => {
    const [outer, inner] = [scroller.current, content.current];
    if (!outer || !inner) return;
    const before = latest.current.zoom;
    flushSync(() => setZoom(change.zoom));
    const start = { x: inner.offsetLeft, y: inner.offsetTop };
    const { left: x, top: y } = outer.getBoundingClientRect();
    outer.scrollTo({ ...scrollAfter(change, before, start, { x, y }), behavior: 'instant' });
  };
  return () => {
    const [outer, inner] = [scroller.current, content.current];
    return outer && inner ? { scroller: outer, content: inner, zoom: () => latest.current.zoom, commit } : undefined;
  };
}

function distanceFromMiddle(scroller: HTMLElement | null, box: PageBox, zoom: number): number {
  if (!scroller) return box.number;
  const middle = scroller.scrollTop + scroller.clientHeight / 2;
  return Math.abs((box.top + box.height / 2) * zoom - middle);
}

/** Tells which page is being read: the one a third down the screen. */
function usePosition(scroller: Scroller, latest: Latest, onPosition: OnPosition | undefined): void {
  const told = useRef('');
  const tell = useRef(onPosition);
  tell.current = onPosition;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => {
      const { layout, zoom, files } = latest.current;
      const box = boxAt(layout.boxes, (element.scrollTop + element.clientHeight / 3) / zoom);
      const fileId = files[box?.fileIndex ?? 0]?.fileId;
      if (!box || !fileId || told.current === `${fileId}/${box.number}`) return;
      told.current = `${fileId}/${box.number}`;
      tell.current?.({ fileId, number: box.number, total: layout.boxes.length });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller, latest]);
}

/** When the screen turns, the same part of the same page stays in sight. */
function useAnchor(scroller: Scroller, layout: DocumentLayout, zoom: number): void {
  const anchor = useRef({ number: 1, part: 0 });
  const shown = useRef(layout);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const box = layout.boxes[anchor.current.number - 1];
    if (shown.current.width !== layout.width && box) {
      element.scrollTop = (box.top + anchor.current.part * box.height) * zoom;
    }
    shown.current = layout;
    const remember = (): void => {
      const y = element.scrollTop / zoom;
      const top = boxAt(layout.boxes, y);
      if (top) anchor.current = { number: top.number, part: (y - top.top) / top.height };
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [scroller, layout, zoom]);
}

function createHandle(scroller: Scroller, latest: Latest): DocumentHandle {
  const scrollTo = (top: number, left: number): void => {
    const element = scroller.current;
    if (!element) return;
    const isFar = Math.abs(element.scrollTop - top) > SMOOTH_SCREENS * element.clientHeight;
    element.scrollTo({ top, left, behavior: isFar || prefersLessMotion() ? 'instant' : 'smooth' });
  };
  return {
    reveal(fileId, page, rect) {
      const { layout, zoom, files } = latest.current;
      const fileIndex = files.findIndex((file) => file.fileId === fileId);
      const box = layout.boxes.find((candidate) => candidate.fileIndex === fileIndex && candidate.page === page);
      const size = files[fileIndex]?.pages[page - 1];
      const element = scroller.current;
      if (!box || !size || !element) return;
      if (!rect) return scrollTo(box.top * zoom, 0);
      const top = verticalCenter(rect, size, box) * zoom - element.clientHeight / 2;
      scrollTo(top, horizontalCenter(rect, box) * zoom - element.clientWidth / 2);
    },
    revealPage(number) {
      const { layout, zoom } = latest.current;
      const box = layout.boxes[number - 1];
      if (box) scrollTo((box.top - PAGE_AIR) * zoom, scroller.current?.scrollLeft ?? 0);
    },
  };
}
