import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { drawPage, release, writeText } from './drawing.ts';
import { EngineMissing, type PDFPageProxy } from './engine.ts';
import type { FileSource } from './file-source.ts';
import type { FirstPicture } from './first-picture.ts';
import type { OpenFiles } from './open-files.ts';
import type { RenderQueue } from './render-queue.ts';

const SLOW_MS = 2_500;

/** `outdated`: the page itself must be loaded again, since what draws is no longer there. */
export type Trouble = 'none' | 'slow' | 'failed' | 'outdated';

export interface WantedPage {
  readonly source: FileSource;
  readonly page: number;
  /** Of the page on the screen, in CSS pixels. */
  readonly width: number;
  readonly files: OpenFiles;
  readonly queue: RenderQueue;
  /** One element, so in one place only. */
  readonly early?: FirstPicture;
  /** From the reader, in pixels. */
  readonly distance: () => number;
}

/** Keeps a drawn canvas in the element; a new width or new bytes replace it when they are complete, never before. */
export function usePicture(element: RefObject<HTMLElement | null>, wanted: WantedPage) {
  const { source, page, width, files, queue, distance, early } = wanted;
  const [trouble, setTrouble] = useState<Trouble>('none');
  const [round, setRound] = useState(0);
  const drawn = useRef<PDFPageProxy>(null);
  useEarlyPicture(element, early);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round draws again
  useEffect(() => {
    const stopper = new AbortController();
    const { signal } = stopper;
    const tellSlow = (): void => {
      if (!element.current?.hasChildNodes()) setTrouble('slow');
    };
    const slow = setTimeout(tellSlow, SLOW_MS);
    const end = (next: Trouble): void => {
      clearTimeout(slow);
      if (!signal.aborted) setTrouble(next);
    };
    const draw = async (): Promise<void> => {
      const proxy = await (await files.document(source)).getPage(page);
      const canvas = await drawPage(proxy, width, signal);
      if (signal.aborted) return;
      drawn.current = proxy;
      release(element.current?.querySelector('canvas'));
      element.current?.replaceChildren(canvas);
    };
    queue.add(distance, signal, draw).then(
      () => end('none'),
      (error: unknown) => end(error instanceof EngineMissing ? 'outdated' : 'failed'),
    );
    return () => {
      clearTimeout(slow);
      stopper.abort();
    };
  }, [source.key, page, width, files, queue, round]);

  useEffect(() => {
    const box = element.current;
    return () => {
      release(box?.querySelector('canvas'));
      drawn.current?.cleanup();
    };
  }, [element]);

  const retry = (): void => {
    // The server knows the step, so nothing is lost.
    if (trouble === 'outdated') window.location.reload();
    files.forget(source);
    setTrouble('none');
    setRound(round + 1);
  };
  return { trouble, retry, round };
}

/** What somebody else has drawn, before anything is painted and until the canvas takes its place. */
function useEarlyPicture(element: RefObject<HTMLElement | null>, picture: FirstPicture | undefined): void {
  useLayoutEffect(() => {
    const box = element.current;
    if (!box || !picture) return;
    const show = (image: HTMLImageElement | null): void => {
      if (image && !box.querySelector('canvas')) box.replaceChildren(image);
    };
    show(picture.image);
    void picture.answer.then(show);
  }, [element, picture]);
}

/** Writes the page's text into the element when its picture is there. */
export function useText(element: RefObject<HTMLElement | null>, wanted: WantedPage, round: number): void {
  const { source, page, files, queue, distance } = wanted;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the same at every width
  useEffect(() => {
    const container = element.current;
    if (!container) return;
    const stopper = new AbortController();
    const { signal } = stopper;
    const write = async (): Promise<void> => {
      const proxy = await (await files.document(source)).getPage(page);
      if (signal.aborted) return;
      container.replaceChildren();
      await writeText(proxy, container, signal);
    };
    // A page whose text cannot be read is shown all the same; the picture tells of trouble.
    queue.add(() => distance() + 1, signal, write).catch(() => undefined);
    return () => stopper.abort();
  }, [element, source.key, page, files, queue, round]);
}
